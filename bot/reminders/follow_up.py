"""Asking whether it was done: a row of its own, planned when the step before it has reached the parent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.reminders import trail
from bot.reminders.context import PushedContext
from bot.reminders.outbox import PLANNED
from bot.reminders.tables import outbox

# Asked later than this nobody remembers.
WORTH_ASKING = timedelta(days=4)
# Parents in one statement.
_AT_ONCE = 500


def plan(session: Session, parent_key: str, pushed: PushedContext, after: timedelta, now: datetime) -> None:
    """Plan the question about what was pushed, once."""
    plan_many(session, [parent_key], pushed, after, now)


def plan_many(session: Session, keys: Sequence[str], pushed: PushedContext, after: timedelta, now: datetime) -> None:
    """The same for all these parents, to whom the same was pushed."""
    due = now + after
    name = f"{pushed.step}?"
    values = {
        "campaign": pushed.campaign,
        "occurrence": pushed.occurrence,
        "step": name,
        "state": PLANNED,
        "due_at": due,
        "not_before": due,
        "stale_at": due + WORTH_ASKING,
        "trail": trail.add("", "asks", now, pushed.step),
    }
    same = (outbox.c.campaign == pushed.campaign, outbox.c.occurrence == pushed.occurrence, outbox.c.step == name)
    for begin in range(0, len(keys), _AT_ONCE):
        some = list(dict.fromkeys(keys[begin : begin + _AT_ONCE]))
        mine = (outbox.c.parent_key.in_(some), *same)
        there = set(session.execute(select(outbox.c.parent_key).where(*mine)).scalars())
        new = [{"parent_key": key, **values} for key in some if key not in there]
        if new:
            session.execute(outbox.insert(), new)
