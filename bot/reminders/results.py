"""WeChat's later reports on what it took: they confirm rows, or say that these did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.reminders import trail
from bot.reminders.outbox import CONFIRMED, FAILED, GATHERED, SENT, UNSURE
from bot.reminders.tables import early, mass_jobs, outbox

# "success", "send success", "sendsuccess", "0"; all else is a reason: "failed:user block", "err(10001)".
_GOOD = ("success", "0")
_KEEP_EARLY = timedelta(days=2)


def note(session: Session, message_id: str, status: str, now: datetime) -> int:
    """A report by message id; returns how many rows it closed. One that comes before its row is written waits for it."""
    if not message_id:
        return 0
    closed = _close(session, message_id, status, now)
    if not closed:
        _keep(session, message_id, status, now)
    return closed


def note_notification(session: Session, parent_key: str, status: str, now: datetime) -> int:
    """A report on the parent's last subscription notification, where WeChat names it by no id that we know."""
    mine = (outbox.c.parent_key == parent_key, outbox.c.way == "subscription", outbox.c.state == SENT)
    newest = select(outbox.c.id).where(*mine).order_by(outbox.c.sent_at.desc()).limit(1)
    row_id = session.execute(newest).scalar()
    if row_id is not None:
        return _settle(session, [row_id], status, now)
    _keep(session, _of(parent_key), status, now)
    return 0


def take_early_notifications(session: Session, keys: Sequence[str], now: datetime) -> None:
    """The same for notifications to these parents, which were just written down as sent."""
    if not keys:
        return
    names = {_of(key): key for key in keys}
    found = session.execute(select(early.c.message_id, early.c.status).where(early.c.message_id.in_(list(names)))).all()
    for name, status in found:
        session.execute(delete(early).where(early.c.message_id == name))
        note_notification(session, names[name], status, now)


def take_early(session: Session, message_ids: Sequence[str], now: datetime) -> None:
    """Reports that were there before these ids were written down."""
    if not message_ids:
        return
    found = session.execute(select(early.c.message_id, early.c.status).where(early.c.message_id.in_(list(message_ids)))).all()
    for message_id, status in found:
        _close(session, message_id, status, now)
    if found:
        session.execute(delete(early).where(early.c.message_id.in_([row.message_id for row in found])))


def _keep(session: Session, name: str, status: str, now: datetime) -> None:
    session.execute(delete(early).where((early.c.message_id == name) | (early.c.at < now - _KEEP_EARLY)))
    session.execute(early.insert().values(message_id=name, status=status[:64], at=now))


def _of(parent_key: str) -> str:
    """Under which a report waits that names a parent and no message."""
    return f"to:{parent_key}"[:32]


def _close(session: Session, message_id: str, status: str, now: datetime) -> int:
    jobs = update(mass_jobs).where(mass_jobs.c.message_id == message_id)
    session.execute(jobs.values(state=CONFIRMED if _is_good(status) else FAILED))
    ids = select(outbox.c.id).where(outbox.c.message_id == message_id, outbox.c.state.in_((SENT, UNSURE, GATHERED)))
    return _settle(session, list(session.execute(ids).scalars()), status, now)


def _settle(session: Session, ids: Sequence[int], status: str, now: datetime) -> int:
    good = _is_good(status)
    mark = trail.add("", "confirmed" if good else "failed", now, "" if good else _short(status))
    for begin in range(0, len(ids), 500):
        some = update(outbox).where(outbox.c.id.in_(ids[begin : begin + 500]))
        session.execute(some.values(state=CONFIRMED if good else FAILED, trail=outbox.c.trail + f" {mark}"))
    return len(ids)


def _is_good(status: str) -> bool:
    return status.strip().lower().endswith(_GOOD)


def _short(status: str) -> str:
    return "".join(char if char.isalnum() else "_" for char in status)[:30]
