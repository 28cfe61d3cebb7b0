"""Forgetting: one parent at once, who left long ago, and everything that is past its time."""

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
    """Delete raw words past their retention, stale answers and choices.

    To be run daily; returns how many rows went, by what they were.
    """
    return {
        "inbox": inbox.purge(session, now - timedelta(days=retention_days)),
        "waiting": waiting.purge(session, now),
        "choices": choices.purge(session, now),
    }


def left_long_ago(session: Session, now: datetime, most: int = 100) -> list[str]:
    """Parent keys of some who unfollowed and did not come back: unfollowing starts deletion (PIPL Art. 47)."""
    return addresses.left_before(session, now - GONE_AFTER, most)
