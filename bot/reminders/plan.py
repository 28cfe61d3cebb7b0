"""The plan, a pure function: facts × campaigns × calendar × window → rows for the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import Calendar
from bot.reminders.audience import why_not
from bot.reminders.campaigns import Campaign, Campaigns, Step
from bot.reminders.facts import NOTHING_KNOWN, Facts
from bot.reminders.hours import at_hour, beijing_day
from bot.reminders.occasions import BY_PROVINCE, OF_THE_PARENT, Occasion, Occasions

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Steps whose own time (before it is moved out of quiet hours) is in [first, last)."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class Planned:
    """A row to be. `moved`: the due time is not the step's own, because the parent sleeps then."""

    campaign: str
    occurrence: str
    step: str
    due_at: datetime
    stale_at: datetime
    moved: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return self.campaign, self.occurrence, self.step


@dataclass(frozen=True)
class Moment:
    """One time at which a step comes up for a parent, whether it is for that parent or not."""

    campaign: Campaign
    step: Step
    occurrence: str
    day: date
    at: datetime
    occasion: Occasion


class Plan:
    """Plans for one set of campaigns and one calendar."""

    def __init__(self, campaigns: Campaigns, calendar: Calendar) -> None:
        self.campaigns = campaigns
        self._occasions = Occasions(calendar)
        self._window: Window | None = None
        self._shared: tuple[Moment, ...] = ()
        self._own: tuple[tuple[Campaign, Step], ...] = ()

    @property
    def longest(self) -> timedelta:
        """After that every step of these campaigns is stale."""
        return max((step.stale_after for each in self.campaigns.all for step in each.steps), default=ONE_DAY) + ONE_DAY

    def rows(self, facts: Facts, window: Window, now: datetime) -> tuple[Planned, ...]:
        """What this parent is to get of the window and is not stale `now`, in order of time; depends on nothing else."""
        if window != self._window:
            self._prepare(window)
        moments = [moment for moment in self._shared if facts.wants(moment.campaign.kind)]
        for campaign, step in self._own:
            if facts.wants(campaign.kind) and _has_occasions(campaign.anchor, facts):
                moments += self.moments(campaign, step, facts, window)
        rows = [_row(moment, facts) for moment in moments if _for_parent(moment, facts)]
        fresh = {row.key: row for row in rows if row.stale_at > now}
        return tuple(sorted(fresh.values(), key=lambda row: row.due_at))

    def moments(self, campaign: Campaign, step: Step, facts: Facts, window: Window) -> Iterator[Moment]:
        """When a step comes up for the parent in the window, whether it is for that parent or not."""
        first, last = beijing_day(window.first), beijing_day(window.last)
        away = timedelta(days=step.offset)
        for occasion in self._occasions.near(campaign.anchor, facts, step.audience, first - away, last - away):
            for number in _days(step, occasion, first, last):
                moment = _moment(campaign, step, occasion, number)
                if window.first <= moment.at < window.last and _have_met(moment):
                    yield moment

    def _prepare(self, window: Window) -> None:
        """What is the same for all parents is worked out once a window: most steps come up in none."""
        steps = [(campaign, step) for campaign in self.campaigns.all for step in campaign.steps]
        shared = [each for each in steps if each[0].anchor not in (*BY_PROVINCE, *OF_THE_PARENT)]
        self._shared = tuple(moment for pair in shared for moment in self.moments(*pair, NOTHING_KNOWN, window))
        by_province = [each for each in steps if each[0].anchor in BY_PROVINCE and self._anywhere(*each, window)]
        self._own = (*by_province, *(each for each in steps if each[0].anchor in OF_THE_PARENT))
        self._window = window

    def _anywhere(self, campaign: Campaign, step: Step, window: Window) -> bool:
        """Whether the step may come up for anybody: if no province has an occasion near the window, nobody has."""
        away = timedelta(days=step.offset)
        return self._occasions.anywhere(campaign.anchor, beijing_day(window.first) - away, beijing_day(window.last) - away)


def _has_occasions(anchor: str, facts: Facts) -> bool:
    if anchor in ("reunion", "departure"):
        return facts.reunion is not None
    if anchor == "course_pace":
        return facts.course_due is not None
    if anchor == "call":
        return False
    return anchor != "child_birthday" or any(not child.estimated for child in facts.children)


def _days(step: Step, occasion: Occasion, first: date, last: date) -> range:
    """Numbers of the days on which the step comes: one, or each from the offset to the occasion's end."""
    if not step.each_day:
        return range(1)
    begin = occasion.start + step.offset * ONE_DAY
    most = (occasion.end - begin).days + 1
    return range(max(0, (first - begin).days), max(0, min(most, (last - begin).days + 1)))


def _moment(campaign: Campaign, step: Step, occasion: Occasion, number: int) -> Moment:
    anchor = occasion.end if step.from_end else occasion.start
    day = anchor + (step.offset + number) * ONE_DAY
    occurrence = f"{occasion.key}+{number}" if step.each_day else occasion.key
    return Moment(campaign, step, occurrence, day, at_hour(day, step.at), occasion)


def _have_met(moment: Moment) -> bool:
    """What prepares for the parting is nothing to say before they have met, where the time together is that short."""
    met, step = moment.occasion.met, moment.step
    if step.from_end and not moment.occasion.ends:
        return False
    if met is None or step.offset >= 0:
        return True
    if moment.campaign.anchor == "departure":
        return moment.day >= met
    return moment.day > met if step.from_end else True


def _for_parent(moment: Moment, facts: Facts) -> bool:
    return why_not(moment.campaign, moment.step, facts, moment.day, moment.occasion.child) is None


def _row(moment: Moment, facts: Facts) -> Planned:
    due = facts.hours.next(moment.at)
    # Moved by hours must not make it stale before it could be sent once.
    stale = max(moment.at + moment.step.stale_after, due + timedelta(hours=1)).astimezone(due.tzinfo)
    return Planned(moment.campaign.slug, moment.occurrence, moment.step.name, due, stale, due != moment.at)
