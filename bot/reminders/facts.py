"""What the plan depends on, as one value without a name in it: equal facts give equal plans, so a plan is made once for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.reminders.hours import Hours


@dataclass(frozen=True)
class ChildFacts:
    """A child as far as campaigns ask. A birth month that was worked out from an age (`estimated`) has no birthday."""

    birth_month: date
    estimated: bool = False
    province: str | None = None
    carer: str | None = None
    sex: str | None = None

    def age_months(self, day: date) -> int:
        """Whole months on `day`, never below 0."""
        return max(0, (day.year - self.birth_month.year) * 12 + day.month - self.birth_month.month)


@dataclass(frozen=True)
class Reunion:
    """The planned time together; `key` stays when its days move, so that what was sent is not sent again.

    `by_train` None: not said; False: no word about tickets any more. `child_birth`: the one of several children that is met,
    None for all. `planned` False: a day named in the profile, so nobody knows for how long. `child_comes`: to where the parent
    works; False also where that was not said. `budget` in whole yuan for all of it without the fare, None: not said.
    """

    key: str
    start: date
    end: date
    by_train: bool | None = None
    child_birth: date | None = None
    planned: bool = True
    child_comes: bool = False
    budget: int | None = None


@dataclass(frozen=True)
class CourseDue:
    """The next lesson of the course and the day it is due by the pace that the parent chose."""

    lesson: str
    on: date


@dataclass(frozen=True)
class Facts:
    """One parent's. `apart` None: not known; `stopped`: kinds that the parent does not want, or {"all"}; `done`: what need
    not be asked for again for this reunion (`expect` of steps), because the parent told us how it stands."""

    children: tuple[ChildFacts, ...] = ()
    apart: bool | None = None
    hours: Hours = Hours()
    stopped: frozenset[str] = frozenset()
    grief_until: date | None = None
    reunion: Reunion | None = None
    course: str = "not_started"
    course_due: CourseDue | None = None
    factory: str | None = None
    done: frozenset[str] = frozenset()

    def wants(self, kind: str) -> bool:
        """Whether the parent has not stopped messages of this kind."""
        return not self.stopped or ("all" not in self.stopped and kind not in self.stopped)

    def visited(self, day: date, before: timedelta = timedelta()) -> bool:
        """Whether the child is with the parent on `day` for a visit that was planned, or comes within `before`."""
        meeting = self.reunion
        return meeting is not None and meeting.child_comes and meeting.planned and meeting.start - before <= day <= meeting.end

    def together(self, day: date) -> bool:
        """Whether the child is known to be with the parent on `day`: they live together, or it visits."""
        return self.apart is False or self.visited(day)

    def grieves(self, day: date) -> bool:
        """Whether cheerful texts would hurt on `day`."""
        return self.grief_until is not None and day <= self.grief_until


NOTHING_KNOWN = Facts()
