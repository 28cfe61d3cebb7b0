"""Who read and changed what: rows that are only added, shown to admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.desk.tables import AuditRow

# Long enough to look into an incident after a year, and no longer.
KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Entry:
    """One line of the trail."""

    id: int
    at: datetime
    who: str
    action: str
    subject: str


def note(session: Session, now: datetime, user_id: int | None, who: str, action: str, subject: str = "") -> None:
    """Add a line. `subject` names a pseudonym, a lesson or an account, never anybody's words."""
    row = AuditRow(at=now, user_id=user_id, who=who[:40], action=action[:60], subject=subject[:200])
    session.add(row)


def entries(
    session: Session, who: str = "", action: str = "", before: int | None = None, limit: int = 100
) -> list[Entry]:
    """The newest lines first; `before` is the id below which to go on."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if who:
        query = query.where(AuditRow.who == who)
    if action:
        query = query.where(AuditRow.action == action)
    if before is not None:
        query = query.where(AuditRow.id < before)
    rows = session.execute(query).scalars()
    return [Entry(row.id, row.at, row.who, row.action, row.subject) for row in rows]


def purge(session: Session, now: datetime) -> int:
    """Delete what is past its time; return how many lines."""
    return int(session.execute(delete(AuditRow).where(AuditRow.at < now - KEPT)).rowcount)
