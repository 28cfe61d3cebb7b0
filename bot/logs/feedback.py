"""Was it useful? Asked seldom: of a parent once a week at most, of one lesson once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.logs.tables import feedback, parents
from bot.logs.writing import parent_id

APART = timedelta(days=7)
# The scale of the surveys before us: very, partly, not.
SCORES = (100, 50, 0)
# An answer to a question of ours that is older says little.
COUNTS_FOR = timedelta(days=2)


# Made once: building a statement costs more than the database needs for it, and many answers ask for this one.
_ASKED = (
    select(feedback.c.lesson, feedback.c.asked_at)
    .join(parents, parents.c.id == feedback.c.parent_id)
    .where(parents.c.parent_key == bindparam("whose"))
)


def may_ask(session: Session, parent_key: str, lesson: str, now: datetime) -> bool:
    """Whether this parent may be asked about this lesson now; reads only."""
    rows = session.execute(_ASKED, {"whose": parent_key}).all()
    return all(row.lesson != lesson and row.asked_at <= now - APART for row in rows)


def ask(session: Session, parent_key: str, lesson: str, now: datetime, key: str) -> bool:
    """Note that it is asked now; False: it may not be. `key`: of pseudonyms, for a parent who is new here."""
    if not may_ask(session, parent_key, lesson, now):
        return False
    values = {"parent_id": parent_id(session, parent_key, now, key), "lesson": lesson, "asked_at": now}
    session.execute(feedback.insert().values(**values))
    return True


def take(session: Session, parent_key: str, lesson: str, score: int, now: datetime) -> bool:
    """Keep the answer, the first one; False: it was not asked, or answered before.

    Raises:
        ValueError: a score that is none.
    """
    if score not in SCORES:
        raise ValueError(f"a score is one of {SCORES}")
    whose = select(parents.c.id).where(parents.c.parent_key == parent_key).scalar_subquery()
    asked = (feedback.c.parent_id == whose, feedback.c.lesson == lesson, feedback.c.score.is_(None))
    change = update(feedback).where(*asked).values(score=score, scored_at=now)
    return bool(session.execute(change.execution_options(synchronize_session=False)).rowcount)
