"""How reminders fare, in numbers without persons, for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.reminders.outbox import CANCELLED, CONFIRMED, FAILED, SENT
from bot.reminders.tables import outbox


@dataclass(frozen=True)
class CampaignCount:
    """A campaign: messages that went out, that WeChat reported as delivered, that failed, and parents who told us that they did it.

    WeChat tells nobody whether a message was read. `done` counts the questions "did you?" that an answer made needless.
    """

    campaign: str
    sent: int
    confirmed: int
    failed: int
    done: int


def counts(session: Session, since: datetime) -> tuple[CampaignCount, ...]:
    """The campaigns of which something was due since then, by name."""
    found = select(outbox.c.campaign, outbox.c.state, func.count()).where(outbox.c.due_at >= since)
    states: dict[str, dict[str, int]] = {}
    for campaign, state, number in session.execute(found.group_by(outbox.c.campaign, outbox.c.state)):
        states.setdefault(campaign, {})[state] = number
    done = _answered(session, since)
    return tuple(_count(campaign, by_state, done.get(campaign, 0)) for campaign, by_state in sorted(states.items()))


def _answered(session: Session, since: datetime) -> dict[str, int]:
    # context.answered leaves this mark on the question that need not be asked any more.
    needless = (outbox.c.due_at >= since, outbox.c.state == CANCELLED, outbox.c.trail.like("%answered@%"))
    found = select(outbox.c.campaign, func.count()).where(*needless).group_by(outbox.c.campaign)
    return dict(session.execute(found).all())


def _count(campaign: str, by_state: dict[str, int], done: int) -> CampaignCount:
    confirmed = by_state.get(CONFIRMED, 0)
    return CampaignCount(campaign, by_state.get(SENT, 0) + confirmed, confirmed, by_state.get(FAILED, 0), done)
