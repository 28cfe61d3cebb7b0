"""C006: questions of two lessons that differ by a character or two; the classifier cannot tell such lessons apart."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.content.lint.corpus import Corpus, Question
from bot.content.lint.findings import Finding, Level, Rule

# Jaccard index of the two sets of character pairs. 0.85: one character changed in a sentence of about 25, one word left out.
NEAR = 0.85


def near_copies(corpus: Corpus) -> Iterator[Finding]:
    """Pairs of questions from different lessons that are 0.85 alike or more, without those that C005 finds.

    An inverted index over the rarest pairs only (prefix filtering: Chaudhuri, Ganti and Kaushik, "A Primitive Operator for
    Similarity Joins in Data Cleaning", 2006): two sets that are alike share one of their first |A| - ceil(0.85 |A|) + 1 pairs
    when all sets are sorted by one order.
    """
    lessons = sorted(corpus.lessons, key=lambda each: each.page.draft)
    questions = [question for each in lessons for question in each.questions]
    pairs = [_pairs(question.squashed) for question in questions]
    counts = Counter(pair for each in pairs for pair in each)
    index: dict[str, list[int]] = defaultdict(list)
    for number, (question, mine) in enumerate(zip(questions, pairs, strict=True)):
        ordered = sorted(mine, key=lambda pair: (counts[pair], pair))
        rarest = ordered[: len(mine) - math.ceil(NEAR * len(mine)) + 1]
        for other in sorted({candidate for pair in rarest for candidate in index[pair]}):
            if _is_near(question, questions[other], mine, pairs[other]):
                yield _near(question, questions[other])
        for pair in rarest:
            index[pair].append(number)


RULES = (Rule("C006", "两课里的问题别太像", Level.WARNING, near_copies),)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


def _is_near(one: Question, other: Question, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    if one.page.path == other.page.path or one.squashed == other.squashed:
        return False
    return len(mine & theirs) >= NEAR * len(mine | theirs)


def _near(question: Question, before: Question) -> Finding:
    message = f"“{question.text}”和 {before.page.path}:{before.line} 的“{before.text}”几乎一样，只留一处，或者改成各课自己的意思"
    return Finding("C006", question.page.path, question.line, message, before.page.path)
