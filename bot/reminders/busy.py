"""Parents who are in the middle of a form: nothing is pushed at them, and nothing is added to the form's questions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from bot.reminders.tables import busy

# A form left open that long is left for good.
FOR = timedelta(minutes=30)
# Made once, as in outbox.py.
_AMONG = select(busy.c.parent_key).where(busy.c.parent_key.in_(bindparam("keys", expanding=True)), busy.c.until > bindparam("moment"))


def enter(session: Session, parent_key: str, now: datetime) -> None:
    """A form is open after this turn."""
    leave(session, parent_key)
    session.execute(busy.insert().values(parent_key=parent_key, until=now + FOR))


def leave(session: Session, parent_key: str) -> None:
    """No form is open any more."""
    session.execute(delete(busy).where(busy.c.parent_key == parent_key))


def among(session: Session, keys: Collection[str], now: datetime) -> set[str]:
    """Those of these parents who are in a form."""
    return set(session.execute(_AMONG, {"keys": list(keys), "moment": now}).scalars())


def purge(session: Session, now: datetime) -> int:
    """Delete what is over; returns how many."""
    return int(session.execute(delete(busy).where(busy.c.until <= now)).rowcount)
