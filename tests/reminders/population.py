"""Parents of mixed profiles for a year: who they are, when they write, what changes in their lives. The same for one seed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from bot.calendar import PROVINCES
from bot.reminders.campaigns import KINDS
from bot.reminders.facts import ChildFacts, CourseDue, Facts, Reunion
from bot.reminders.hours import Hours

# How many days lie between two messages of a parent, and how many parents in a hundred write so.
RHYTHMS = ((2, 1), (7, 5), (30, 24), (150, 70))
CARERS = ("爷爷奶奶", "外公外婆", "家里老人", "住校", "跟我在一起", None)


@dataclass
class Someone:
    """One parent through the year. `history`: facts from when on; `lists`: what happens when, in order."""

    key: str
    openid: str
    history: list[tuple[datetime, Facts]]
    rhythm: int
    follows_at: datetime
    leaves_at: datetime | None
    leaves_silently: bool
    writes: list[datetime] = field(default_factory=list)

    def facts_at(self, moment: datetime) -> Facts:
        return next(facts for since, facts in reversed(self.history) if since <= moment)

    @property
    def steady(self) -> bool:
        """Nothing ever changed: what such a parent must get can be worked out in one go."""
        return len(self.history) == 1 and self.leaves_at is None


def people(count: int, random: Random, start: datetime, end: datetime, names: Iterator[tuple[str, str]]) -> list[Someone]:
    return [_someone(random, start, end, *next(names)) for _ in range(count)]


def _someone(random: Random, start: datetime, end: datetime, key: str, openid: str) -> Someone:
    days = (end - start).days
    follows = start if random.random() < 0.8 else start + timedelta(days=random.randrange(days - 20), hours=random.randrange(24))
    leaves = follows + timedelta(days=random.randrange(10, 300)) if random.random() < 0.06 else None
    rhythm = random.choices([days for days, _ in RHYTHMS], [share for _, share in RHYTHMS])[0]
    facts = _facts(random, start.date())
    someone = Someone(key, openid, [(follows, facts)], rhythm, follows, leaves, random.random() < 0.5)
    someone.writes = _writes(random, someone, end)
    for moment in someone.writes:
        # A life changes now and then, and the parent says so.
        if random.random() < 0.04:
            facts = _changed(random, facts, moment)
            someone.history.append((moment, facts))
    return someone


def _writes(random: Random, someone: Someone, end: datetime) -> list[datetime]:
    moments, moment = [], someone.follows_at
    while (moment := moment + timedelta(days=random.expovariate(1 / someone.rhythm))) < (someone.leaves_at or end):
        moments.append(moment)
    return moments


def _facts(random: Random, today: date) -> Facts:
    return Facts(
        children=tuple(_child(random, today) for _ in range(random.choices((0, 1, 2, 3), (15, 50, 28, 7))[0])),
        apart=random.choices((True, False, None), (50, 15, 35))[0],
        hours=_hours(random, today),
        stopped=_stopped(random) if random.random() < 0.08 else frozenset(),
        grief_until=today + timedelta(days=random.randrange(200)) if random.random() < 0.03 else None,
        reunion=_reunion(random, today) if random.random() < 0.4 else None,
        course_due=CourseDue("lesson-2", today + timedelta(days=random.randrange(360))) if random.random() < 0.1 else None,
        factory="blue" if random.random() < 0.1 else None,
    )


def _child(random: Random, today: date) -> ChildFacts:
    born = today - timedelta(days=random.randrange(60, 17 * 365))
    # Leap days and provinces that nobody has heard of are part of life.
    born = date(2020, 2, 29) if random.random() < 0.01 else born.replace(day=1)
    province = random.choice([*PROVINCES, None, "香港", "江浙沪"])
    return ChildFacts(born, random.random() < 0.2, province, random.choice(CARERS))


def _hours(random: Random, today: date) -> Hours:
    kind = random.choices(("day", "night", "rotating", "late"), (65, 15, 15, 5))[0]
    if kind == "late":
        return Hours(not_before=time(10, 0), not_after=time(20, 0))
    since = today - timedelta(days=random.randrange(30)) if kind == "rotating" else None
    return Hours(kind, since, random.choice((7, 14, 15)), random.random() < 0.5)


def _stopped(random: Random) -> frozenset[str]:
    return frozenset({"all"}) if random.random() < 0.4 else frozenset(random.sample(KINDS, 2))


def _reunion(random: Random, today: date) -> Reunion:
    begin = today + timedelta(days=random.randrange(340))
    return Reunion(f"plan-{random.randrange(10**6)}", begin, begin + timedelta(days=random.randrange(3, 20)))


def _changed(random: Random, facts: Facts, moment: datetime) -> Facts:
    what = random.randrange(6)
    day = moment.date()
    if what == 0:
        return replace(facts, stopped=_stopped(random))
    if what == 1:
        return replace(facts, stopped=frozenset())
    if what == 2:
        return replace(facts, grief_until=day + timedelta(days=49))
    if what == 3 and facts.reunion:  # 推迟一周
        week = timedelta(days=7)
        return replace(facts, reunion=Reunion(facts.reunion.key, facts.reunion.start + week, facts.reunion.end + week))
    if what == 4:
        return replace(facts, apart=not facts.apart)
    return replace(facts, hours=_hours(random, day))


@dataclass
class Population:
    """A source of facts: what is true of each parent now."""

    facts: dict[str, Facts] = field(default_factory=dict)

    def between(self, _session: Session, first: str, last: str) -> dict[str, Facts]:
        return {key: facts for key, facts in self.facts.items() if first <= key <= last}

    def many(self, _session: Session, keys: Collection[str]) -> dict[str, Facts]:
        return {key: self.facts[key] for key in keys if key in self.facts}
