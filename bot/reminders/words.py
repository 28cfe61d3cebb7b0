"""The words of a row that are told at the next contact, with what is needed to tell them there: one JSON column."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from bot.reminders.campaigns import Campaign, Step
from bot.reminders.facts import Facts
from bot.reminders.whose import which_day


@dataclass(frozen=True)
class Words:
    """`ask_hours`: after how many hours it is asked whether it was done; 0 for never. `day`: see `whose.which_day`."""

    text: str
    kind: str
    cheerful: bool
    expect: str
    ask_hours: int
    day: str = ""

    @property
    def ask_after(self) -> timedelta | None:
        return timedelta(hours=self.ask_hours) if self.ask_hours else None


def words_of(campaign: Campaign, step: Step, text: str, facts: Facts) -> str:
    """As they are kept."""
    asks = int(step.ask_after.total_seconds() // 3600) if step.ask_after else 0
    kept = Words(text, campaign.kind, step.cheerful, step.expect, asks, which_day(campaign.anchor, facts))
    return json.dumps(vars(kept), ensure_ascii=False)


def read_words(kept: str) -> Words:
    """What `words_of` wrote."""
    return Words(**json.loads(kept))
