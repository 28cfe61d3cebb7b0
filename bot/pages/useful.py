"""How useful lessons were on the page, in numbers without persons. Functions take a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.pages.tables import votes

# As in the surveys of such accounts: very / partly / not = 100 / 50 / 0.
SCORES = {"very": 100, "partly": 50, "not": 0}


@dataclass(frozen=True)
class Usefulness:
    """A lesson's votes in a span of days; `score` is their mean on the scale 0–100."""

    lesson: str
    votes: int
    score: float


def add(session: Session, lesson: str, vote: str, day: date) -> None:
    """Count one vote (a key of `SCORES`) on that day."""
    if _added(session, lesson, vote, day):
        return
    try:
        with session.begin_nested():
            session.execute(votes.insert().values(lesson=lesson, day=day, vote=vote, count=1))
    except IntegrityError:
        # Another process was first with the first vote of the day.
        _added(session, lesson, vote, day)


def counted(session: Session, first: date, last: date) -> tuple[Usefulness, ...]:
    """Every lesson that got a vote from `first` to `last`, the least useful first. For the desk."""
    rows = session.execute(
        select(votes.c.lesson, votes.c.vote, func.sum(votes.c.count))
        .where(votes.c.day >= first, votes.c.day <= last)
        .group_by(votes.c.lesson, votes.c.vote)
    )
    by_lesson: dict[str, dict[str, int]] = {}
    for lesson, vote, count in rows:
        by_lesson.setdefault(lesson, {})[vote] = int(count)
    return tuple(sorted((_judged(*pair) for pair in by_lesson.items()), key=lambda each: (each.score, each.lesson)))


def _judged(lesson: str, counts: dict[str, int]) -> Usefulness:
    total = sum(counts.values())
    return Usefulness(lesson, total, sum(SCORES[vote] * count for vote, count in counts.items()) / total)


def _added(session: Session, lesson: str, vote: str, day: date) -> bool:
    # In the database, not in Python: two readers may vote at the same moment.
    done = session.execute(
        update(votes)
        .where(votes.c.lesson == lesson, votes.c.day == day, votes.c.vote == vote)
        .values(count=votes.c.count + 1)
    )
    return bool(done.rowcount)
