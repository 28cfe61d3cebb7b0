"""A human takes over a conversation, and hands it back: by a button, or by itself after two hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.logs.shapes import Takeover
from bot.logs.tables import parents, takeovers

LONGEST = timedelta(hours=2)


class TakenError(Exception):
    """Somebody else has this conversation; the message says who."""


def begin(session: Session, parent_ref: str, by: str, now: datetime) -> Takeover:
    """From now on the assistant is silent towards this parent, but for danger. Taking it again begins the two hours anew.

    Raises:
        TakenError: another human has it.
        LookupError: there is no such parent (any more).
    """
    parent_id = id_of(session, parent_ref)
    held = current(session, parent_id, now)
    if held and held.by != by:
        raise TakenError(held.by)
    end(session, parent_ref, by, now)
    taken = Takeover(by, held.began_at if held else now, now + LONGEST)
    row = {"parent_id": parent_id, "by": by, "began_at": taken.began_at, "until": taken.until}
    session.execute(takeovers.insert().values(**row))
    return taken


def end(session: Session, parent_ref: str, by: str, now: datetime) -> bool:
    """Hand it back; False: nobody had it."""
    open_ones = (takeovers.c.parent_id == id_of(session, parent_ref), takeovers.c.ended_at.is_(None), takeovers.c.until > now)
    return bool(session.execute(update(takeovers).where(*open_ones).values(ended_at=now, ended_by=by)).rowcount)


def current(session: Session, parent_id: int, now: datetime | None = None) -> Takeover | None:
    """Who has it; without `now` one that has run out may be given too (`until` tells)."""
    found = select(takeovers).where(takeovers.c.parent_id == parent_id, takeovers.c.ended_at.is_(None))
    if now is not None:
        found = found.where(takeovers.c.until > now)
    row = session.execute(found.order_by(takeovers.c.id.desc()).limit(1)).one_or_none()
    return Takeover(row.by, row.began_at, row.until) if row else None


def taken_over(session: Session, now: datetime) -> frozenset[str]:
    """The parent_keys towards whom the assistant is silent."""
    found = select(parents.c.parent_key).join(takeovers, takeovers.c.parent_id == parents.c.id)
    return frozenset(session.scalars(found.where(takeovers.c.ended_at.is_(None), takeovers.c.until > now)))


def id_of(session: Session, parent_ref: str) -> int:
    """The row of a parent.

    Raises:
        LookupError: there is no such parent (any more).
    """
    found = session.execute(select(parents.c.id).where(parents.c.ref == parent_ref)).scalar_one_or_none()
    if found is None:
        raise LookupError("这位家长的记录已经不在了")
    return int(found)
