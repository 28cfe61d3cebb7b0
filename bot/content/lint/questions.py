"""C004 and C005: enough questions, and each of them only once."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.lint.corpus import Corpus, Question
from bot.content.lint.findings import Finding, Level, Rule

# content/STYLE.md: fewer wordings than this and parents do not find the lesson.
LEAST_QUESTIONS = 25


def too_few(corpus: Corpus) -> Iterator[Finding]:
    """A lesson with fewer than 25 questions."""
    for each in corpus.lessons:
        count = len(each.questions)
        if count < LEAST_QUESTIONS:
            message = f"只有 {count} 个问题，至少写 {LEAST_QUESTIONS} 个：换角色、换年龄、换方言、换长短"
            yield Finding("C004", each.page.path, each.page.line("questions"), message)


def asked_twice(corpus: Corpus) -> Iterator[Finding]:
    """One sentence in two places. Safety examples come first, so that the complaint stands at the lesson that must give way.

    A near miss may well be a lesson's question, or a near miss of another script: both say that nobody is in danger.
    """
    first: dict[str, Question] = {}
    for question in _examples_and_questions(corpus):
        yield from _twice(question, first.setdefault(question.squashed, question))
    for script in corpus.scripts:
        here: dict[str, Question] = {}
        for near_miss in script.near_misses:
            yield from _twice(near_miss, here.setdefault(near_miss.squashed, near_miss))
            before = first.get(near_miss.squashed, near_miss)
            if before.where.startswith("examples"):
                yield from _twice(near_miss, before)


RULES = (
    Rule("C004", f"问题不少于 {LEAST_QUESTIONS} 个", Level.ERROR, too_few),
    Rule("C005", "同一句话不写两遍", Level.ERROR, asked_twice),
)


def _examples_and_questions(corpus: Corpus) -> Iterator[Question]:
    for script in corpus.scripts:
        yield from script.examples
    # Drafts last: a finished lesson does not give way to one that is being written.
    for lesson in sorted(corpus.lessons, key=lambda each: each.page.draft):
        yield from lesson.questions


def _twice(question: Question, before: Question) -> Iterator[Finding]:
    if before is question:
        return
    place = f"{before.page.path}:{before.line}"
    if question.page.path == before.page.path:
        message = f"“{question.text}”和第 {before.line} 行一样（标点、空格不算），删掉一句"
    elif before.where.startswith("examples"):
        message = f"“{question.text}”是急救文案里的求救话（{place}），从这里删掉"
    else:
        message = f"“{question.text}”在 {place} 也有，只留在答得更好的那一处"
    yield Finding("C005", question.page.path, question.line, message, before.page.path)
