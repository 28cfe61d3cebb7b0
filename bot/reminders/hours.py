"""When a parent may be written to unasked: not at night, not while sleeping after a night shift. Days are Beijing's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

# China has one time zone and no summer time; a fixed offset is exact and faster than a zone.
BEIJING = timezone(timedelta(hours=8))
MORNING, EVENING = time(8, 30), time(21, 30)
# After a night shift people sleep until the afternoon, and before the next one they are awake.
AFTER_SLEEP = time(16, 30)
ONE_DAY = timedelta(days=1)
MIDNIGHT = time()


@dataclass(frozen=True)
class Hours:
    """A parent's waking hours.

    `shift`: day, night or rotating; `since`: from when on nights are worked, or the first day of the first block of a rotation, which
    is a day block unless `starts_with_night`; `period`: days of a block. `last`: the last day of this shift; then, and before its `since`, it
    is `otherwise` that tells whether nights are worked. `not_before`, `not_after`: what the parent asked for, never wider than the general hours.
    """

    shift: str = "day"
    since: date | None = None
    period: int = 7
    starts_with_night: bool = False
    not_before: time = MORNING
    not_after: time = EVENING
    last: date | None = None
    otherwise: Hours | None = None

    def works_nights(self, day: date) -> bool:
        """Whether the parent works in the night that begins on `day`."""
        if self.last is not None and (day > self.last or (self.since is not None and day < self.since)):
            return self.otherwise is not None and self.otherwise.works_nights(day)
        if self.shift != "rotating" or self.since is None:
            return self.shift == "night" and (self.since is None or day >= self.since)
        block = (day - self.since).days // max(1, self.period)
        return (block % 2 == 0) == self.starts_with_night

    def open(self, day: date) -> tuple[datetime, datetime]:
        """From when until when messages may come on `day`, in Beijing time; empty (both the same) when never."""
        # The sleep after a night shift belongs to the next day; before the first one there often is a nap.
        sleeps = self.works_nights(day) or self.works_nights(day - ONE_DAY)
        begins = max(MORNING, self.not_before, AFTER_SLEEP if sleeps else MORNING)
        ends = min(EVENING, self.not_after)
        return at_hour(day, begins), at_hour(day, max(begins, ends))

    def allows(self, moment: datetime) -> bool:
        """Whether a message may come now."""
        here = moment.astimezone(BEIJING)
        begins, ends = self.open(here.date())
        return begins <= here < ends

    def next(self, moment: datetime) -> datetime:
        """`moment` itself or the first later one that is allowed, in UTC."""
        here = moment.astimezone(BEIJING)
        for ahead in range(60):
            begins, ends = self.open(here.date() + ahead * ONE_DAY)
            if max(here, begins) < ends:
                return max(here, begins).astimezone(timezone.utc)
        # Somebody asked for hours that never come; noon is better than silence about it.
        return at_hour(here.date() + ONE_DAY, time(12, 0)).astimezone(timezone.utc)

    def until(self, moment: datetime) -> datetime:
        """When the open hours around `moment` end, in UTC; `moment` itself when they are not open."""
        here = moment.astimezone(BEIJING)
        begins, ends = self.open(here.date())
        return (ends if begins <= here < ends else here).astimezone(timezone.utc)


def beijing_day(moment: datetime) -> date:
    """The day that it is in China."""
    return moment.astimezone(BEIJING).date()


def at_hour(day: date, clock: time) -> datetime:
    """That time of that day in China."""
    return datetime.combine(day, clock, BEIJING)
