"""Forgetting: one parent at once, and everything that is past its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.wechat import addresses, choices, consents, inbox, mass, waiting

# After an unfollow nobody can be answered any more; a month's grace for those who come back.
GONE_AFTER = timedelta(days=30)


def erase(session: Session, parent_key: str) -> int:
    """Remove the parent from every table of the wire; returns the number of rows."""
    return sum(room.erase(session, parent_key) for room in (addresses, inbox, choices, waiting, consents, mass))


def purge(session: Session, now: datetime, retention_days: int) -> dict[str, int]:
    """Delete raw words past their retention, stale answers and choices, and those who left long ago.

    To be run daily; returns how many rows went, by what they were.
    """
    gone = addresses.left_before(session, now - GONE_AFTER)
    return {
        "inbox": inbox.purge(session, now - timedelta(days=retention_days)),
        "waiting": waiting.purge(session, now),
        "choices": choices.purge(session, now),
        "left": sum(erase(session, parent_key) for parent_key in gone),
    }
