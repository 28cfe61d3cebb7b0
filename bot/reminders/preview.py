"""What one parent would get from the campaigns: each step's next day with its words, or why it is not for that parent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.reminders.audience import why_not
from bot.reminders.campaigns import Campaign, Step
from bot.reminders.compose import Composer
from bot.reminders.facts import Facts
from bot.reminders.hours import MIDNIGHT, at_hour
from bot.reminders.plan import Moment, Plan, Window

# A year, and the weeks by which a lunar festival may be later in the next one.
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Shown:
    """One step. `at`: when it may come, moved out of the parent's sleep, None when no such day is near; `reason`: why it is
    not sent (a code of `why.WORDS`, "" when it is); `text`: its words, "" when it is not."""

    campaign: Campaign
    step: Step
    at: datetime | None
    reason: str
    text: str


def preview(
    plan: Plan, composer: Composer, campaigns: Iterable[Campaign], facts: Facts, parent_key: str, today: date
) -> list[Shown]:
    """Every step of `campaigns` in the order in which it comes from `today` on; what has no day, last.

    What is decided when it is sent (ways, one a day, three a week) depends on all else that happens and is not in here.
    """
    window = Window(at_hour(today, MIDNIGHT), at_hour(today + AHEAD, MIDNIGHT))
    found = [
        _shown(composer, campaign, step, facts, parent_key, _next(plan, campaign, step, facts, window))
        for campaign in campaigns
        for step in campaign.steps
    ]
    return sorted(found, key=lambda each: (each.at is None, each.at or window.last))


def _next(plan: Plan, campaign: Campaign, step: Step, facts: Facts, window: Window) -> Moment | None:
    """The first time it comes up; of the days of one occasion the first that is for this parent, if one is."""
    moments = sorted(plan.moments(campaign, step, facts, window), key=lambda each: each.at)
    near = [each for each in moments if each.occasion.key == moments[0].occasion.key]
    meant = (each for each in near if why_not(campaign, step, facts, each.day, each.occasion.child) is None)
    return next(meant, near[0] if near else None)


def _shown(
    composer: Composer, campaign: Campaign, step: Step, facts: Facts, parent_key: str, moment: Moment | None
) -> Shown:
    if moment is None:
        return Shown(campaign, step, None, "no_day", "")
    reason = why_not(campaign, step, facts, moment.day, moment.occasion.child)
    if reason:
        return Shown(campaign, step, moment.at, reason, "")
    message = composer.message(campaign, step, facts, parent_key, moment.occurrence, moment.day)
    return Shown(campaign, step, facts.hours.next(moment.at), "", message.text)
