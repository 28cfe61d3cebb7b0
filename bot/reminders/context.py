"""What a reply is about: the last message that was pushed to a parent, as long as an answer to it can be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from bot.reminders import trail
from bot.reminders.outbox import CANCELLED, PLANNED
from bot.reminders.tables import contexts, outbox

# "买了" two days later still means the gift; later than that it is about something else.
OPEN_FOR = timedelta(hours=48)

# Made once: building a statement costs more than the database needs for it, and this one is asked for with many answers.
_OPEN = select(
    contexts.c.campaign, contexts.c.occurrence, contexts.c.step, contexts.c.expect, contexts.c.at
).where(contexts.c.parent_key == bindparam("whose"), contexts.c.until > bindparam("moment"))
_CLOSE_ALL = delete(contexts).where(contexts.c.parent_key.in_(bindparam("keys", expanding=True)))
_OPEN_ALL = contexts.insert()


@dataclass(frozen=True)
class PushedContext:
    """The message that reached the parent last. `step` of a follow-up ("做了吗？") ends with "?"; `expect`: see the campaign."""

    campaign: str
    occurrence: str
    step: str
    expect: str
    at: datetime


def open_for(session: Session, parent_key: str, now: datetime) -> PushedContext | None:
    """What a short reply of the parent would be about now; None: nothing was pushed lately, or it was answered."""
    row = session.execute(_OPEN, {"whose": parent_key, "moment": now}).one_or_none()
    return PushedContext(*row) if row else None


def open_context(session: Session, parent_key: str, pushed: PushedContext) -> None:
    """A message reached the parent: from now on a reply is about it, not about an earlier one."""
    open_contexts(session, [parent_key], pushed)


def open_contexts(session: Session, keys: Sequence[str], pushed: PushedContext) -> None:
    """The same for some hundred parents."""
    session.execute(_CLOSE_ALL, {"keys": list(keys)})
    values = {
        "campaign": pushed.campaign,
        "occurrence": pushed.occurrence,
        "step": pushed.step,
        "expect": pushed.expect,
        "at": pushed.at,
        "until": pushed.at + OPEN_FOR,
    }
    # As a list of rows to one statement: written as one long VALUES it would be compiled anew for every length.
    session.execute(_OPEN_ALL, [{"parent_key": key, **values} for key in keys])


def close(session: Session, parent_key: str) -> None:
    """The reply was understood, or the parent went on to something else."""
    session.execute(delete(contexts).where(contexts.c.parent_key == parent_key))


def answered(session: Session, parent_key: str, pushed: PushedContext, now: datetime) -> None:
    """The parent said whether it was done: the context is closed and nobody asks again."""
    close(session, parent_key)
    follow_up = (
        outbox.c.parent_key == parent_key,
        outbox.c.campaign == pushed.campaign,
        outbox.c.occurrence == pushed.occurrence,
        outbox.c.step == f"{pushed.step.removesuffix('?')}?",
        outbox.c.state == PLANNED,
    )
    for row in session.execute(select(outbox.c.id, outbox.c.trail).where(*follow_up)).all():
        values = {"state": CANCELLED, "trail": trail.add(row.trail, "answered", now)}
        session.execute(update(outbox).where(outbox.c.id == row.id).values(**values))


def purge(session: Session, now: datetime) -> int:
    """Delete what is over; returns how many."""
    return int(session.execute(delete(contexts).where(contexts.c.until <= now)).rowcount)
