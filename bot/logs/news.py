"""What a parent asked in vain has an answer now: told once, at the next contact, after that contact's own answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.logs.tables import notices, parents, turns

QUESTION = 40
# Who asked longer ago has found another way, or has forgotten that they asked.
STALE = timedelta(days=90)

# Made once: building a statement costs more than the database needs for it, and many answers ask for this one.
_UNTOLD = (
    select(notices.c.question, notices.c.lesson)
    .join(parents, parents.c.id == notices.c.parent_id)
    .where(parents.c.parent_key == bindparam("whose"), notices.c.told_at.is_(None))
    .order_by(notices.c.id)
    .limit(1)
)


@dataclass(frozen=True)
class News:
    """`question`: as it was asked; empty where it holds a placeholder, which means nothing to the parent."""

    question: str
    lesson: str


def tell(session: Session, turn_ids: Collection[int], lesson: str, now: datetime) -> int:
    """Keep a notice for everybody who asked in these turns; nobody gets two on one lesson. Returns how many were kept."""
    if not turn_ids:
        return 0
    asked = select(turns.c.parent_id, turns.c.text).where(turns.c.id.in_(list(turn_ids)), turns.c.at > now - STALE)
    latest = {row.parent_id: row.text for row in session.execute(asked.order_by(turns.c.id))}
    known = set(session.scalars(select(notices.c.parent_id).where(notices.c.lesson == lesson)))
    rows = [
        {"parent_id": parent_id, "question": "" if "〈" in text else text[:QUESTION], "lesson": lesson, "at": now}
        for parent_id, text in latest.items()
        if parent_id not in known
    ]
    if rows:
        session.execute(notices.insert(), rows)
    return len(rows)


def due_news(session: Session, parent_key: str) -> News | None:
    """The oldest piece of news that this parent has not heard; it stays due until `told`."""
    row = session.execute(_UNTOLD, {"whose": parent_key}).one_or_none()
    return News(row.question, row.lesson) if row else None


def told(session: Session, parent_key: str, lesson: str, now: datetime) -> bool:
    """It is said now; False: it was said already, by a turn at the same time."""
    mine = select(parents.c.id).where(parents.c.parent_key == parent_key).scalar_subquery()
    change = update(notices).where(notices.c.parent_id == mine, notices.c.lesson == lesson, notices.c.told_at.is_(None))
    return bool(session.execute(change.values(told_at=now).execution_options(synchronize_session=False)).rowcount)
