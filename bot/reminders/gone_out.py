"""What of one campaign has gone out, step by step: whoever takes a step out of it should know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.reminders.outbox import PLANNED, REACHED
from bot.reminders.tables import outbox


@dataclass(frozen=True)
class StepCount:
    """Messages of a step: those that went out, and those that are planned, its question "did you?" included."""

    out: int
    planned: int


def by_step(session: Session, campaign: str) -> dict[str, StepCount]:
    """Every step of the campaign of which there is anything in the outbox, also one that is in its file no more."""
    found = select(outbox.c.step, outbox.c.state, func.count()).where(outbox.c.campaign == campaign)
    counts: dict[str, StepCount] = {}
    for name, state, number in session.execute(found.group_by(outbox.c.step, outbox.c.state)):
        step = name.removesuffix("?")
        before = counts.get(step, StepCount(0, 0))
        went_out = number if state in REACHED and step == name else 0
        counts[step] = StepCount(before.out + went_out, before.planned + (number if state == PLANNED else 0))
    return counts
