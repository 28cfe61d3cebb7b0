"""Plans as rows of the outbox: new ones by thousands, and those of a parent whose facts have changed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import bindparam, or_, select, text, update
from sqlalchemy.orm import Session

from bot.reminders import trail
from bot.reminders.outbox import CANCELLED, KEPT, PLANNED, REFUSED, STALE
from bot.reminders.plan import Planned
from bot.reminders.tables import outbox

_COLUMNS = ("parent_key", "campaign", "occurrence", "step", "state", "due_at", "not_before", "stale_at", "trail")
# A reunion, or a vacation, that was put off by more than that begins with other rows.
MAY_COME_BACK = timedelta(days=60)


@dataclass(frozen=True)
class Written:
    """What a pass did."""

    parents: int = 0
    new: int = 0
    changed: int = 0
    cancelled: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.parents + other.parents,
            self.new + other.new,
            self.changed + other.changed,
            self.cancelled + other.cancelled,
        )


def insert(session: Session, plans: Iterable[tuple[str, tuple[Planned, ...]]], now: datetime) -> int:
    """Write new rows; those that are there already, in whatever state, stay as they are. Returns how many came in."""
    if session.get_bind().dialect.name == "postgresql":
        return _copy(session, plans, now)
    rows = [_values(key, row, now) for key, planned in plans for row in planned]
    if not rows:
        return 0
    marks = ", ".join("?" for _ in _COLUMNS)
    # Past SQLAlchemy, which spends five times as long on each row as the database. Names are our own, values are bound.
    statement = f"INSERT INTO {outbox.name} ({', '.join(_COLUMNS)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    return int(session.connection().connection.cursor().executemany(statement, rows).rowcount)


def rewrite(session: Session, plans: Mapping[str, tuple[Planned, ...]], now: datetime) -> Written:
    """Make the unsent rows of these parents what the plans say. What was sent stays.

    What is kept for the next contact, and what was missed, is planned again when its day has moved.
    """
    columns = (outbox.c.id, outbox.c.parent_key, outbox.c.campaign, outbox.c.occurrence, outbox.c.step)
    more = (outbox.c.state, outbox.c.due_at, outbox.c.stale_at, outbox.c.trail)
    lately = outbox.c.state.in_((STALE, REFUSED)) & (outbox.c.due_at >= now - MAY_COME_BACK)
    mine = (outbox.c.parent_key.in_(list(plans)), outbox.c.state.in_((PLANNED, CANCELLED, KEPT)) | lately)
    there = {(row.parent_key, row.campaign, row.occurrence, row.step): row for row in session.execute(select(*columns, *more).where(*mine))}

    changes: list[dict[str, object]] = []
    new: list[tuple[str, tuple[Planned, ...]]] = []
    for key, planned in plans.items():
        unknown = tuple(row for row in planned if (key, *row.key) not in there)
        new.append((key, unknown))
        for row in planned:
            found = there.pop((key, *row.key), None)
            if found is not None and _has_moved(found, row):
                changes.append(_moved(found.id, found.trail, row, now))
    gone = [row for row in there.values() if _ours(row.step) and (row.state == PLANNED or (row.state == KEPT and row.stale_at > now))]
    changes += [_cancelled(row.id, row.trail, row.due_at, row.stale_at, now) for row in gone]
    if changes:
        session.execute(_REWRITE, changes)
    return Written(new=insert(session, new, now), changed=len(changes) - len(gone), cancelled=len(gone))


_UNSENT = (PLANNED, CANCELLED, KEPT, STALE, REFUSED)
_REWRITE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), or_(*(outbox.c.state == name for name in _UNSENT)))
    .values(
        state=bindparam("becomes"),
        way=None,
        words=None,
        due_at=bindparam("due"),
        not_before=bindparam("due"),
        stale_at=bindparam("stale"),
        trail=bindparam("marks"),
    )
)


def _has_moved(there: Any, row: Planned) -> bool:
    if there.state in (KEPT, STALE, REFUSED):
        return bool(there.due_at != row.due_at)
    return there.state == CANCELLED or (there.due_at, there.stale_at) != (row.due_at, row.stale_at)


def _ours(step: str) -> bool:
    """A follow-up is planned by what was sent before it, not by the calendar."""
    return not step.endswith("?")


def _moved(row_id: int, before: str, row: Planned, now: datetime) -> dict[str, object]:
    marks = trail.add(before, "replanned", now)
    return {"row": row_id, "becomes": PLANNED, "due": row.due_at, "stale": row.stale_at, "marks": marks}


def _cancelled(row_id: int, before: str, due: datetime, stale: datetime, now: datetime) -> dict[str, object]:
    marks = trail.add(before, "not_meant", now)
    return {"row": row_id, "becomes": CANCELLED, "due": due, "stale": stale, "marks": marks}


def _first_mark(row: Planned, now: datetime) -> str:
    return trail.add(trail.add("", "planned", now), "hours", now) if row.moved else trail.add("", "planned", now)


def _values(key: str, row: Planned, now: datetime) -> tuple[str, ...]:
    due, stale = _in_text(row.due_at), _in_text(row.stale_at)
    return key, row.campaign, row.occurrence, row.step, PLANNED, due, due, stale, _first_mark(row, now)


def _in_text(moment: datetime) -> str:
    """As SQLAlchemy writes times into SQLite; PostgreSQL reads the same, in a session that is told UTC."""
    return f"{moment.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S.%f}"


def _copy(session: Session, plans: Iterable[tuple[str, tuple[Planned, ...]]], now: datetime) -> int:
    """COPY into a table of this transaction, then one INSERT … SELECT. Our keys and codes hold no tab, line or backslash."""
    lines = io.StringIO()
    for key, planned in plans:
        for row in planned:
            due, stale, mark = f"{_in_text(row.due_at)}+00", f"{_in_text(row.stale_at)}+00", _first_mark(row, now)
            lines.write(f"{key}\t{row.campaign}\t{row.occurrence}\t{row.step}\t{PLANNED}\t{due}\t{due}\t{stale}\t{mark}\n")
    if not lines.tell():
        return 0
    lines.seek(0)
    names = ", ".join(_COLUMNS)
    session.execute(text("CREATE TEMPORARY TABLE IF NOT EXISTS reminders_coming (LIKE reminders_outbox) ON COMMIT DELETE ROWS"))
    session.execute(text("ALTER TABLE reminders_coming ALTER COLUMN id DROP NOT NULL, ALTER COLUMN attempts DROP NOT NULL"))
    cursor = session.connection().connection.cursor()
    cursor.copy_expert(f"COPY reminders_coming ({names}) FROM STDIN", lines)
    into = text(f"INSERT INTO reminders_outbox ({names}) SELECT {names} FROM reminders_coming ON CONFLICT DO NOTHING")  # noqa: S608
    return int(session.execute(into).rowcount)
