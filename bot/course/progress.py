"""Where a parent is in the course. Every function takes a session and belongs inside `Database.run` or `read`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.course.pace import OWN, PACES, next_due
from bot.course.tables import CourseLessonRow, CourseRow


@dataclass(frozen=True)
class Progress:
    """What is remembered: the pace (a key of `PACES`), lessons done and opened in the order in which they were, times in UTC."""

    pace: str
    started_at: datetime
    next_at: datetime | None
    finished_at: datetime | None
    opened: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def at(self) -> str:
        """The lesson that was opened last; "" before the first."""
        return self.opened[-1] if self.opened else ""


@dataclass(frozen=True)
class LessonCount:
    """How many parents opened a lesson of the course and how many did its quiz."""

    lesson: str
    opened: int
    done: int


def progress(session: Session, parent_key: str) -> Progress | None:
    """The parent's place in the course; None for who never began."""
    row: CourseRow | None = session.get(CourseRow, parent_key)
    if row is None:
        return None
    lessons = _lessons(session, parent_key)
    done = sorted((each for each in lessons if each.done_at), key=lambda each: (each.done_at, each.lesson))
    return Progress(
        pace=row.pace,
        started_at=row.started_at,
        next_at=row.next_at,
        finished_at=row.finished_at,
        opened=tuple(each.lesson for each in lessons),
        done=tuple(each.lesson for each in done),
    )


def choose_pace(session: Session, parent_key: str, pace: str, now: datetime) -> None:
    """Begin the course, or go on with another pace. An unknown pace is a bug and raises ValueError."""
    if pace not in PACES:
        raise ValueError(f"no pace is called {pace}")
    row = _row(session, parent_key, now)
    row.pace = pace
    row.next_at = None if row.finished_at else next_due(pace, now)
    session.flush()


def open_lesson(session: Session, parent_key: str, lesson: str, now: datetime) -> None:
    """The parent reads a lesson; opened again it is the last one again. Who never chose a pace goes their own."""
    row = _row(session, parent_key, now)
    read: CourseLessonRow | None = session.get(CourseLessonRow, (parent_key, lesson))
    if read is None:
        session.add(CourseLessonRow(parent_key=parent_key, lesson=lesson, opened_at=now))
    else:
        read.opened_at = now
    # Whoever reads today is not reminded today.
    row.next_at = None if row.finished_at else next_due(row.pace, now)
    session.flush()


def finish_lesson(session: Session, parent_key: str, lesson: str, course: Collection[str], now: datetime) -> bool:
    """The lesson's quiz is done; True when this was the last of `course` that was missing. Nothing for who never began."""
    row: CourseRow | None = session.get(CourseRow, parent_key)
    if row is None or lesson not in course:
        return False
    read: CourseLessonRow | None = session.get(CourseLessonRow, (parent_key, lesson))
    if read is None:
        read = CourseLessonRow(parent_key=parent_key, lesson=lesson, opened_at=now)
        session.add(read)
    read.done_at = read.done_at or now
    session.flush()
    if row.finished_at is None and _all_done(_lessons(session, parent_key), course):
        row.finished_at, row.next_at = now, None
        session.flush()
        return True
    return False


def counts(session: Session) -> tuple[LessonCount, ...]:
    """Parents who opened and who finished each lesson, without persons. For the desk."""
    rows = session.execute(
        select(CourseLessonRow.lesson, func.count(), func.count(CourseLessonRow.done_at))
        .group_by(CourseLessonRow.lesson)
        .order_by(CourseLessonRow.lesson)
    )
    return tuple(LessonCount(*row) for row in rows)


def erase(session: Session, parent_key: str) -> int:
    """Delete everything of this room about a parent; return how many rows went."""
    return sum(
        session.execute(delete(table).where(table.parent_key == parent_key)).rowcount
        for table in (CourseLessonRow, CourseRow)
    )


def _lessons(session: Session, parent_key: str) -> list[CourseLessonRow]:
    found: Iterable[CourseLessonRow] = session.scalars(
        select(CourseLessonRow)
        .where(CourseLessonRow.parent_key == parent_key)
        .order_by(CourseLessonRow.opened_at, CourseLessonRow.lesson)
    )
    return list(found)


def _all_done(lessons: Iterable[CourseLessonRow], course: Collection[str]) -> bool:
    return {each.lesson for each in lessons if each.done_at} >= set(course)


def _row(session: Session, parent_key: str, now: datetime) -> CourseRow:
    row: CourseRow | None = session.get(CourseRow, parent_key)
    if row is None:
        row = CourseRow(parent_key=parent_key, pace=OWN, started_at=now)
        session.add(row)
        session.flush()
    return row
