"""Of thousands of questions those that could be near copies of a few: what the rules about two lessons have to look at while somebody types."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.content.lint.corpus import LessonPage, Question
from bot.content.lint.near_copies import NEAR

# Which question of which lesson holds a pair of characters.
Index = Mapping[str, list[tuple[int, int]]]


def index_of(lessons: Sequence[LessonPage]) -> Index:
    """Where each pair of characters stands; a question of a single character stands under that."""
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lesson, page in enumerate(lessons):
        for number, question in enumerate(page.questions):
            for pair in _pairs(question.squashed) or {question.squashed}:
                index[pair].append((lesson, number))
    return index


def those_like(mine: Iterable[LessonPage], lessons: Sequence[LessonPage], index: Index, but: Path) -> tuple[LessonPage, ...]:
    """The lessons of other files than `but`, with only those questions that share enough pairs of characters with one of mine.

    Two sets that are 0.85 alike (Jaccard) share at least 0.85 of either, so nothing that rule C005 or C006 finds is lost.
    """
    wanted: dict[int, set[int]] = defaultdict(set)
    for page in mine:
        for question in page.questions:
            for lesson, number in _like(question, index):
                wanted[lesson].add(number)
    found = ((lessons[lesson], sorted(numbers)) for lesson, numbers in sorted(wanted.items()))
    return tuple(replace(page, questions=tuple(page.questions[number] for number in numbers)) for page, numbers in found if page.page.path != but)


def _like(question: Question, index: Index) -> Iterator[tuple[int, int]]:
    pairs = _pairs(question.squashed)
    if not pairs:  # a single character: it can only be the same
        yield from index.get(question.squashed, ())
        return
    shared = Counter(place for pair in pairs for place in index.get(pair, ()))
    yield from (place for place, both in shared.items() if both >= NEAR * len(pairs))


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}
