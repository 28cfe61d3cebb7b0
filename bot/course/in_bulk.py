"""Where many parents are in the course at once, for the plan of reminders: two queries for thousands of parents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.lessons import Lesson
from bot.course.syllabus import next_undone
from bot.course.tables import CourseLessonRow, CourseRow

_BEIJING = timezone(timedelta(hours=8))
# The lessons in their order; asked for only when somebody began, because reading them takes a second.
Course = Callable[[], Sequence[Lesson]]
# The condition on a table's parent_key. (SQLAlchemy 1.4 has no types.)
_Of = Callable[[Any], Any]


@dataclass(frozen=True)
class CoursePlace:
    """`state`: started or finished. `lesson` is what comes next, "" at the end; `due_on` its day in Beijing, None without reminders."""

    state: str
    lesson: str
    due_on: date | None


def places_between(session: Session, first: str, last: str, course: Course) -> dict[str, CoursePlace]:
    """Of all parents who began, with keys from `first` to `last`, both included."""
    return _places(session, lambda table: table.parent_key.between(first, last), course)


def places_of(session: Session, keys: Collection[str], course: Course) -> dict[str, CoursePlace]:
    """Of those of these parents who began."""
    wanted = list(keys)
    return _places(session, lambda table: table.parent_key.in_(wanted), course)


def _places(session: Session, of: _Of, course: Course) -> dict[str, CoursePlace]:
    columns = (CourseRow.parent_key, CourseRow.next_at, CourseRow.finished_at)
    parents = list(session.execute(select(*columns).where(of(CourseRow))))
    if not parents:
        return {}
    opened: dict[str, str] = {}
    done: dict[str, set[str]] = {}
    read = select(CourseLessonRow.parent_key, CourseLessonRow.lesson, CourseLessonRow.done_at).where(of(CourseLessonRow))
    lessons = session.execute(read.order_by(CourseLessonRow.opened_at, CourseLessonRow.lesson))
    in_order = course()
    for key, lesson, done_at in lessons:
        opened[key] = lesson
        if done_at:
            done.setdefault(key, set()).add(lesson)
    return {
        key: CoursePlace(
            state="finished" if finished_at else "started",
            lesson="" if finished_at else _next(in_order, opened.get(key, ""), done.get(key, set())),
            due_on=next_at.astimezone(_BEIJING).date() if next_at and not finished_at else None,
        )
        for key, next_at, finished_at in parents
    }


def _next(course: Sequence[Lesson], at: str, done: set[str]) -> str:
    """The lesson after the one that was opened last, so that who reads on but skips a quiz hears of the next one too."""
    following = next_undone(course, done | {at}, after=at)
    return following.slug if following else at
