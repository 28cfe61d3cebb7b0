"""What campaigns send in a year: their steps on the days of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar import ANCHORS, FIRST_YEAR, LAST_YEAR, Calendar
from bot.reminders.campaigns import Campaign, Step


@dataclass(frozen=True)
class Sending:
    """One step on its day or days, for whomever it fits; `last` differs from `day` for a step of each day."""

    day: date
    last: date
    campaign: Campaign
    step: Step


def sendings(
    calendar: Calendar, campaigns: Iterable[Campaign], year: int, province: str | None = None
) -> tuple[Sending, ...]:
    """Every step of a campaign on a calendar anchor whose day is in `year`, in order."""
    found = (
        sending
        for campaign in campaigns
        if campaign.anchor in ANCHORS
        for step in campaign.steps
        # A step before New Year's days may lie in the December before, one after a vacation in the January after.
        for each in (year - 1, year, year + 1)
        for sending in _sendings(calendar, campaign, step, each, province)
    )
    inside = (each for each in found if each.day.year == year)
    return tuple(sorted(inside, key=lambda each: (each.day, each.step.at, each.campaign.slug, each.step.name)))


def _sendings(calendar: Calendar, campaign: Campaign, step: Step, year: int, province: str | None) -> Iterable[Sending]:
    found = calendar.occurrence(campaign.anchor, year, province) if FIRST_YEAR <= year <= LAST_YEAR else None
    if found is None:
        return
    day = (found.end if step.from_end else found.start) + timedelta(days=step.offset)
    yield Sending(day, max(day, found.end) if step.each_day else day, campaign, step)
