"""What a parent was given already. Every function takes a session and belongs inside `Database.run`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.coach.tables import CallRow, GivenRow

STARTER, PHOTO = "starter", "photo"
# An opener is new again after two months; a photo task after a year.
FRESH_AFTER = {STARTER: timedelta(days=60), PHOTO: timedelta(days=365)}


def recently(session: Session, parent_key: str, kind: str, now: datetime) -> frozenset[str]:
    """The keys of the entries that were given too short a time ago to be given again."""
    found = session.scalars(
        select(GivenRow.entry).where(
            GivenRow.parent_key == parent_key, GivenRow.kind == kind, GivenRow.at > now - FRESH_AFTER[kind]
        )
    )
    return frozenset(found)


def latest(session: Session, parent_key: str, kind: str, now: datetime, within: timedelta) -> str | None:
    """The key of what was given last, when that is not longer ago than `within`."""
    row = session.scalars(
        select(GivenRow)
        .where(GivenRow.parent_key == parent_key, GivenRow.kind == kind)
        .order_by(GivenRow.id.desc())
        .limit(1)
    ).first()
    return str(row.entry) if row and row.at > now - within else None


def note(session: Session, parent_key: str, kind: str, keys: Iterable[str], now: datetime) -> None:
    """Remember what was given; what is new again is forgotten by the way."""
    session.execute(
        delete(GivenRow).where(
            GivenRow.parent_key == parent_key, GivenRow.kind == kind, GivenRow.at <= now - FRESH_AFTER[kind]
        )
    )
    session.add_all(GivenRow(parent_key=parent_key, kind=kind, entry=key, at=now) for key in keys)


def erase(session: Session, parent_key: str) -> int:
    """Delete everything of this room about a parent; return how many rows went."""
    return sum(
        session.execute(delete(table).where(table.parent_key == parent_key)).rowcount for table in (GivenRow, CallRow)
    )
