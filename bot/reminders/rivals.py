"""Which message of today goes first: a parent gets one a day, and the digest must not take the place of the journey's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.reminders.campaigns import Campaigns
from bot.reminders.hours import EVENING, at_hour, beijing_day
from bot.reminders.outbox import PLANNED
from bot.reminders.tables import outbox

# Made once, as in outbox.py.
_COMING = select(outbox.c.parent_key, outbox.c.campaign, outbox.c.step).where(
    outbox.c.parent_key.in_(bindparam("keys", expanding=True)),
    outbox.c.state == PLANNED,
    outbox.c.not_before > bindparam("moment"),
    outbox.c.not_before < bindparam("tonight"),
)


@dataclass(frozen=True)
class Rival:
    """The most important row that is still to come today; `name`: campaign/step."""

    priority: int
    name: str


def of_today(session: Session, keys: Collection[str], campaigns: Campaigns, now: datetime) -> dict[str, Rival]:
    """For each of these parents the most important planned row between now and this evening, if there is one."""
    tonight = max(at_hour(beijing_day(now), EVENING), now + timedelta(seconds=1))
    best: dict[str, Rival] = {}
    for key, campaign, step in session.execute(_COMING, {"keys": list(keys), "moment": now, "tonight": tonight}):
        found = campaigns.step(campaign, step)
        if found and (key not in best or found[0].priority < best[key].priority):
            best[key] = Rival(found[0].priority, f"{campaign}/{step}")
    return best
