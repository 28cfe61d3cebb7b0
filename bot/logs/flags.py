"""Danger signs: kept for staff, and the queue in which they are followed up."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.logs.paging import row_id
from bot.logs.reading import PAGE, replies
from bot.logs.shapes import Flag, Page
from bot.logs.tables import SafetyFlagRow, parents, talks, turns

log = structlog.get_logger(__name__)

_WITH_TURN = (
    select(
        SafetyFlagRow,
        parents.c.name.label("parent"),
        parents.c.ref.label("parent_ref"),
        talks.c.ref.label("talk"),
        turns.c.text,
        turns.c.answers,
    )
    .join(turns, turns.c.id == SafetyFlagRow.turn_id, isouter=True)
    .join(talks, talks.c.id == turns.c.talk_id, isouter=True)
    .join(parents, parents.c.id == turns.c.parent_id, isouter=True)
)


def raise_flag(session: Session, parent_key: str, script: str, found_by: str, now: datetime) -> None:
    """Keep a flag; also a warning in the log, so that whoever is on duty sees it without looking at the desk."""
    session.add(SafetyFlagRow(parent_key=parent_key, script=script, found_by=found_by, at=now))
    log.warning("safety.flag", parent=parent_key, script=script, found_by=found_by)


def flags_page(session: Session, closed: bool = False, after: str = "", limit: int = PAGE) -> Page[Flag]:
    """Flags that nobody closed, the oldest first; or closed ones, the newest first."""
    found = _WITH_TURN.where(SafetyFlagRow.closed_at.isnot(None) if closed else SafetyFlagRow.closed_at.is_(None))
    last = row_id(after)
    if last is not None:
        found = found.where(SafetyFlagRow.id < last if closed else SafetyFlagRow.id > last)
    ordered = found.order_by(SafetyFlagRow.id.desc() if closed else SafetyFlagRow.id)
    rows = session.execute(ordered.limit(limit + 1)).all()
    items = _flags(session, rows[:limit])
    return Page(items, str(items[-1].id) if len(rows) > limit else "")


def open_count(session: Session) -> int:
    """How many flags nobody has closed."""
    found = select(func.count(SafetyFlagRow.id)).where(SafetyFlagRow.closed_at.is_(None))
    return int(session.execute(found).scalar_one())


def flag(session: Session, flag_id: int) -> Flag | None:
    """One flag."""
    rows = session.execute(_WITH_TURN.where(SafetyFlagRow.id == flag_id)).all()
    return next(iter(_flags(session, rows)), None)


def look(session: Session, flag_id: int, now: datetime) -> None:
    """A human has opened it; only the first look counts."""
    _change(session, flag_id, SafetyFlagRow.looked_at.is_(None), looked_at=now)


def take_flag(session: Session, flag_id: int, by: str, now: datetime) -> bool:
    """Somebody follows it up; False: another does already, or it is closed."""
    look(session, flag_id, now)
    free = SafetyFlagRow.taken_by.is_(None) & SafetyFlagRow.closed_at.is_(None)
    return _change(session, flag_id, free, taken_by=by, taken_at=now)


def release_flag(session: Session, flag_id: int) -> None:
    """Whoever had it cannot follow it up after all."""
    _change(session, flag_id, SafetyFlagRow.closed_at.is_(None), taken_by=None, taken_at=None)


def close_flag(session: Session, flag_id: int, by: str, now: datetime) -> None:
    """It was followed up, or was no danger."""
    look(session, flag_id, now)
    _change(session, flag_id, SafetyFlagRow.closed_at.is_(None), closed_by=by, closed_at=now)


def reopen_flag(session: Session, flag_id: int) -> None:
    """It was closed too early."""
    _change(session, flag_id, SafetyFlagRow.closed_at.isnot(None), closed_by=None, closed_at=None)


def erase(session: Session, parent_key: str) -> int:
    """Delete a parent's flags; return how many."""
    return int(session.execute(delete(SafetyFlagRow).where(SafetyFlagRow.parent_key == parent_key)).rowcount)


def _change(session: Session, flag_id: int, only: Any, **values: object) -> bool:
    change = update(SafetyFlagRow).where(SafetyFlagRow.id == flag_id, only).values(**values)
    return bool(session.execute(change.execution_options(synchronize_session=False)).rowcount)


def _flags(session: Session, rows: list[Any]) -> tuple[Flag, ...]:
    given = [json.loads(row.answers) if row.answers else [] for row in rows]
    texts = replies(session, [each for ids in given for each in ids])
    return tuple(_flag(row, ids, texts) for row, ids in zip(rows, given, strict=True))


def _flag(row: Any, ids: list[int], texts: dict[int, str]) -> Flag:
    kept = row.SafetyFlagRow
    return Flag(
        id=kept.id,
        at=kept.at,
        script=kept.script,
        found_by=kept.found_by,
        parent=row.parent or "",
        parent_ref=row.parent_ref or "",
        talk=row.talk or "",
        text=row.text or "",
        reply=tuple(texts[each] for each in ids if each in texts),
        looked_at=kept.looked_at,
        taken_by=kept.taken_by or "",
        taken_at=kept.taken_at,
        closed_by=kept.closed_by or "",
        closed_at=kept.closed_at,
    )
