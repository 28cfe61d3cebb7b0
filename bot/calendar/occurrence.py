"""One occurrence of an anchor: the Spring Festival of 2027, Hunan's winter vacation of 2027."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# What the festivals are cross-checked for; days off and vacations are estimated long before the end of it.
FIRST_YEAR = 2020
LAST_YEAR = 2050


class CalendarError(ValueError):
    """The calendar cannot answer; the message says why."""


@dataclass(frozen=True)
class Occurrence:
    """`start` and `end` are days in China, both included.

    A festival starts on its own day (never on a bridging day before it) and ends with the last of its days off.
    `estimated`: start or end is not published yet and may still move; the day of a festival itself never does.
    `year` tells one occurrence from the next and stays when an estimated day moves: it is the year of the festival; a
    winter vacation belongs to the year of the Spring Festival in it.
    """

    anchor: str
    year: int
    name: str
    start: date
    end: date
    estimated: bool
    source: str

    @property
    def key(self) -> str:
        """`spring_festival:2027`: the same for all provinces, years and re-plannings of one occurrence."""
        return f"{self.anchor}:{self.year}"

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def check_year(year: int) -> None:
    """Refuse a year that nobody has checked.

    Raises:
        CalendarError: before 2020 or after 2050.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError(f"the calendar knows the years {FIRST_YEAR} to {LAST_YEAR}, not {year}")
