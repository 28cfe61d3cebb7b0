"""Where many parents stand in the course, for the plan of reminders: two queries for thousands of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import BEIJING
from bot.course.tables import CourseLessonRow, CourseRow


@dataclass(frozen=True)
class Standing:
    """`started` or `finished`; `lesson` names the next one by its number, `due_on` its day in China by the chosen pace."""

    state: str
    lesson: str = ""
    due_on: date | None = None


def of(session: Session, keys: Collection[str]) -> dict[str, Standing]:
    """Those of these parents who began."""
    wanted = list(keys)
    return _read(session, lambda key: key.in_(wanted))


def between(session: Session, first: str, last: str) -> dict[str, Standing]:
    """All parents who began, with keys from `first` to `last`, both included."""
    return _read(session, lambda key: key.between(first, last))


def _read(session: Session, chosen: Callable[[Any], Any]) -> dict[str, Standing]:
    begun = select(CourseRow.parent_key, CourseRow.next_at, CourseRow.finished_at).where(chosen(CourseRow.parent_key))
    rows = session.execute(begun).all()
    if not rows:
        return {}
    done = select(CourseLessonRow.parent_key, func.count(CourseLessonRow.done_at)).where(chosen(CourseLessonRow.parent_key))
    counted = dict(session.execute(done.group_by(CourseLessonRow.parent_key)).all())
    return {row.parent_key: _standing(row, counted.get(row.parent_key, 0)) for row in rows}


def _standing(row: Any, done: int) -> Standing:
    if row.finished_at:
        return Standing("finished")
    due = row.next_at.astimezone(BEIJING).date() if row.next_at else None
    return Standing("started", f"lesson-{done + 1}", due)
