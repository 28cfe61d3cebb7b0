"""Which lessons make up the course, in which order, and which one comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.content.lessons import Lesson

SERIES = "course"


def syllabus(lessons: Mapping[str, Lesson]) -> tuple[Lesson, ...]:
    """The published lessons of the course by their `order`."""
    return tuple(sorted((each for each in lessons.values() if each.series == SERIES), key=lambda each: each.order))


def next_undone(course: Sequence[Lesson], done: Collection[str], after: str = "") -> Lesson | None:
    """The first lesson that is not done, from the one after `after` on, then from the beginning; None when all are done."""
    slugs = [lesson.slug for lesson in course]
    start = slugs.index(after) + 1 if after in slugs else 0
    turned = [*course[start:], *course[:start]]
    return next((lesson for lesson in turned if lesson.slug not in done), None)
