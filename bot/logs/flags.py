"""Danger signs, kept for staff: which script was answered and when."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.logs.tables import SafetyFlagRow

log = structlog.get_logger(__name__)


def raise_flag(session: Session, parent_key: str, script: str, found_by: str, now: datetime) -> None:
    """Keep a flag; also a warning in the log, so that whoever is on duty sees it before a desk exists."""
    session.add(SafetyFlagRow(parent_key=parent_key, script=script, found_by=found_by, at=now))
    log.warning("safety.flag", parent=parent_key, script=script, found_by=found_by)


def erase(session: Session, parent_key: str) -> int:
    """Delete a parent's flags; return how many."""
    return int(session.execute(delete(SafetyFlagRow).where(SafetyFlagRow.parent_key == parent_key)).rowcount)
