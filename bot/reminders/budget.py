"""The push budget, computed before anything is scheduled: what parents of each kind would get, and what is too much."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.reminders.audience import why_not
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.hours import MIDNIGHT, at_hour
from bot.reminders.plan import Moment, Plan, Window
from bot.reminders.ways import MASS, MASS_A_MONTH

ONE_DAY = timedelta(days=1)
# One parent for each age of a child, in steps that no audience is narrower than, and one of whom nothing is known.
_AGES = (None, *range(3, 216, 9))


@dataclass(frozen=True)
class Pushed:
    """One step of one occurrence, on its day."""

    campaign: str
    occurrence: str
    step: str
    day: date

    @property
    def key(self) -> tuple[str, str, str]:
        return self.campaign, self.occurrence, self.step

    @property
    def name(self) -> str:
        return f"{self.campaign}/{self.step}"


@dataclass(frozen=True)
class Overrun:
    """Steps of one month that one parent would get as mass messages, more than WeChat delivers; `merge`: the two to join."""

    month: date
    steps: tuple[Pushed, ...]
    merge: tuple[Pushed, Pushed]

    @property
    def refused(self) -> tuple[Pushed, ...]:
        """What goes by no mass message in that month: all behind the first four."""
        return self.steps[MASS_A_MONTH:]


class Budget:
    """Of one plan. `by_list`: a service account, whose users get four mass messages a month."""

    def __init__(self, plan: Plan, by_list: bool = True) -> None:
        self._plan = plan
        self._by_list = by_list
        self._of_month = lru_cache(maxsize=36)(self._month)

    def over(self, day: date) -> Mapping[tuple[str, str, str], str]:
        """Steps of this month that are refused as mass messages, each with what it should be merged with."""
        if not self._by_list:
            return {}
        return {
            step.key: _partner(step, overrun).name for overrun in self.overruns(day) for step in overrun.refused
        }

    def overruns(self, day: date) -> tuple[Overrun, ...]:
        """Of the month that `day` is in, one for each different set of steps."""
        return self._of_month(day.replace(day=1))

    def _month(self, first: date) -> tuple[Overrun, ...]:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        window = Window(at_hour(first, MIDNIGHT), at_hour(last + ONE_DAY, MIDNIGHT))
        sets = {self._pushed_to(facts, window) for facts in _typical_parents(first)}
        return tuple(_overrun(first, steps) for steps in sorted(sets, key=_by_day) if len(steps) > MASS_A_MONTH)

    def _pushed_to(self, facts: Facts, window: Window) -> tuple[Pushed, ...]:
        found = {_pushed(moment) for moment in self._moments(facts, window)}
        return tuple(sorted(found, key=lambda each: (each.day, each.campaign, each.step)))

    def _moments(self, facts: Facts, window: Window) -> Iterator[Moment]:
        for campaign in self._plan.campaigns.all:
            for step in campaign.steps:
                # Personal occasions are other people's on other days; the last resort for them is the next contact.
                if MASS not in step.ways:
                    continue
                for moment in self._plan.moments(campaign, step, facts, window):
                    if why_not(campaign, step, facts, moment.day, moment.occasion.child) is None:
                        yield moment


def _typical_parents(day: date) -> Iterator[Facts]:
    for months in _AGES:
        if months is None:
            yield Facts()
            continue
        number = day.year * 12 + day.month - 1 - months
        yield Facts(children=(ChildFacts(date(number // 12, number % 12 + 1, 1)),))


def _pushed(moment: Moment) -> Pushed:
    return Pushed(moment.campaign.slug, moment.occurrence, moment.step.name, moment.day)


def _overrun(month: date, steps: tuple[Pushed, ...]) -> Overrun:
    pairs = zip(steps, steps[1:], strict=False)
    return Overrun(month, steps, min(pairs, key=lambda pair: pair[1].day - pair[0].day))


def _partner(step: Pushed, overrun: Overrun) -> Pushed:
    """The step nearest in time that it could be one message with."""
    return min((each for each in overrun.steps if each != step), key=lambda each: abs(each.day - step.day))


def _by_day(steps: tuple[Pushed, ...]) -> tuple[date, int]:
    return (steps[0].day if steps else date.min), len(steps)
