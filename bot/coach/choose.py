"""Choose from a table: pure functions. The order is a shuffle that stays the same for one parent on one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from typing import Protocol, TypeVar

from bot.coach.wanted import Wanted
from bot.content.tables.activities import Activity
from bot.content.tables.gifts import Gift
from bot.content.tables.milestones import Milestone
from bot.content.tables.photos import PhotoTask
from bot.content.tables.starters import Starter

BATCH = 3
# Openers of the next band are fit too when a child's own are used up: three years to either side.
_NEIGHBOUR_MONTHS = 36
# Openers that end below three years are for babies; who talks at two can be asked what is for three, but not the other way round.
_BABY_UNTIL = 36
_TALKS_FROM, _BABY_TALK_UNTIL = 24, 48
# A child of school age, for parents who have not said how old theirs is.
_USUAL_AGE = 84
_SHORT_CALL = 15


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def shuffled(entries: Iterable[K], seed: str) -> list[K]:
    """The entries in an order that depends on the seed alone."""
    return sorted(entries, key=lambda each: sha256(f"{seed}/{each.key}".encode()).digest())


def openers(starters: Iterable[Starter], wanted: Wanted, used: Collection[str], seed: str) -> list[Starter]:
    """Up to three fresh openers on different topics: the mood's own first, then those for any mood, then those of neighbouring ages."""
    age = _USUAL_AGE if wanted.age is None else wanted.age
    fresh = [each for each in shuffled(starters, seed) if each.key not in used and _in_time(each, wanted.minutes)]
    own = [each for each in fresh if each.fits(age)]
    near = [each for each in fresh if not each.fits(age) and _near(each, age)]
    return _on_different_topics([*_by_mood(own, wanted.mood), *_by_mood(near, wanted.mood)])


def gifts(table: Iterable[Gift], wanted: Wanted, shown: Collection[str], seed: str) -> list[Gift]:
    """Up to three gifts for the age, sex and budget; without an age those that fit the most ages first."""
    found = [each for each in shuffled(table, seed) if each.key not in shown and _suits(each, wanted)]
    if wanted.age is None:
        found.sort(key=lambda each: each.ages[0] - each.ages[1])
    return found[:BATCH]


def activities(table: Iterable[Activity], wanted: Wanted, shown: Collection[str], seed: str) -> list[Activity]:
    """Up to three activities for the age, place, budget, time and weather."""
    found = [each for each in shuffled(table, seed) if each.key not in shown and _possible(each, wanted)]
    if wanted.age is None:
        found.sort(key=lambda each: each.ages[0] - each.ages[1])
    return found[:BATCH]


def milestone_rows(table: Collection[Milestone], age_months: int) -> list[Milestone]:
    """The row of the age (the last one that was passed) and the one that comes next."""
    passed = [each for each in table if each.month <= age_months]
    coming = [each for each in table if each.month > age_months]
    return [*passed[-1:], *coming[:1]]


def photo_task(table: Iterable[PhotoTask], age_months: int | None, used: Collection[str], seed: str) -> PhotoTask | None:
    """A task that this parent has not had this year; None when all were given."""
    age = _USUAL_AGE if age_months is None else age_months
    fitting = (each for each in shuffled(table, seed) if each.ages[0] <= age < each.ages[1] and each.key not in used)
    return next(fitting, None)


def _by_mood(starters: list[Starter], mood: str | None) -> list[Starter]:
    """Those for the mood, then those for any, then, when no mood was said, those that do no harm in any mood."""
    order = (mood, "any") if mood else ("any", "quiet", "happy")
    return list(dict.fromkeys(each for wanted in order for each in starters if wanted in each.moods))


def _on_different_topics(starters: list[Starter]) -> list[Starter]:
    """The first three, no two of them on one topic unless nothing else is left."""
    chosen: list[Starter] = []
    for each in starters:
        if len(chosen) < BATCH and each.topic not in {one.topic for one in chosen}:
            chosen.append(each)
    rest = [each for each in starters if each not in chosen]
    return [*chosen, *rest[: BATCH - len(chosen)]]


def _in_time(starter: Starter, minutes: int | None) -> bool:
    return minutes is None or minutes > _SHORT_CALL or starter.short


def _near(starter: Starter, age: int) -> bool:
    least, most = starter.ages
    can_follow = age < _BABY_TALK_UNTIL if most <= _BABY_UNTIL else age >= _TALKS_FROM
    return can_follow and least - _NEIGHBOUR_MONTHS <= age < most + _NEIGHBOUR_MONTHS


def _suits(gift: Gift, wanted: Wanted) -> bool:
    age_fits = wanted.age is None or gift.ages[0] <= wanted.age < gift.ages[1]
    cheap_enough = wanted.most is None or gift.cost[0] <= wanted.most
    dear_enough = wanted.least is None or gift.cost[1] >= wanted.least
    return age_fits and cheap_enough and dear_enough and gift.whom in ("any", wanted.sex)


def _possible(activity: Activity, wanted: Wanted) -> bool:
    checks: tuple[Callable[[], bool], ...] = (
        lambda: wanted.age is None or activity.ages[0] <= wanted.age < activity.ages[1],
        lambda: wanted.place is None or wanted.place in activity.places,
        lambda: wanted.most is None or activity.cost <= wanted.most,
        lambda: wanted.minutes is None or activity.minutes[0] <= wanted.minutes,
        lambda: not wanted.indoors or (activity.rain and activity.places != ("phone",)),
        # Apart is not asked for: what only works by phone is for those who say so.
        lambda: wanted.place == "phone" or activity.places != ("phone",),
    )
    return all(check() for check in checks)
