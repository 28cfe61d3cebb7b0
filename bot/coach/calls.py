"""The call that openers were given for, and how it went. Every function takes a session and belongs inside `Database.run`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.coach.tables import CallRow

GOOD, SO_SO, NONE = "good", "so_so", "none"
OUTCOMES = (GOOD, SO_SO, NONE)
# Asked the next day: not while the call may still be going on, and not when it is long forgotten.
ASK_AFTER, ASK_BEFORE = timedelta(hours=8), timedelta(hours=36)
# Asking for other openers is still the same call.
_SAME_CALL = timedelta(hours=6)
# Told without being asked, it belongs to a call of this week.
_TOLD_WITHIN = timedelta(days=7)
# Made once: building a statement costs more than the database needs for it, and every answer asks for this one.
_LAST = select(CallRow).where(CallRow.parent_key == bindparam("whose")).order_by(CallRow.id.desc()).limit(1)


def prepare(session: Session, parent_key: str, now: datetime) -> None:
    """Openers were given: there will be a call."""
    last = _last(session, parent_key)
    if last is None or last.prepared_at <= now - _SAME_CALL:
        session.add(CallRow(parent_key=parent_key, prepared_at=now))


def take_question(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether to ask now how the last call went; True once a call."""
    last = _last(session, parent_key)
    if last is None or not _to_ask(last, now):
        return False
    last.asked_at = now
    return True


def may_be_asked(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether `take_question` would say True; changes nothing."""
    last = _last(session, parent_key)
    return last is not None and _to_ask(last, now)


def tell(session: Session, parent_key: str, went: str, now: datetime) -> bool:
    """Keep how the last call went (one of OUTCOMES); False when there was no call this week."""
    last = _last(session, parent_key)
    if last is None or last.prepared_at <= now - _TOLD_WITHIN:
        return False
    last.went, last.went_at = went, now
    return True


def last_went(session: Session, parent_key: str, now: datetime) -> str | None:
    """How the last call of this week went, if that was told."""
    last = _last(session, parent_key)
    return str(last.went) if last and last.went and last.prepared_at > now - _TOLD_WITHIN else None


def counts(session: Session) -> dict[str, int]:
    """How many calls were prepared, and how many went how: numbers without persons."""
    told = dict(session.execute(select(CallRow.went, func.count()).group_by(CallRow.went)).all())
    return {"prepared": sum(told.values()), **{outcome: told.get(outcome, 0) for outcome in OUTCOMES}}


def _to_ask(last: CallRow, now: datetime) -> bool:
    open_yet = not last.asked_at and not last.went
    return open_yet and now - ASK_BEFORE <= last.prepared_at <= now - ASK_AFTER


def _last(session: Session, parent_key: str) -> CallRow | None:
    found: CallRow | None = session.scalars(_LAST, {"whose": parent_key}).first()
    return found
