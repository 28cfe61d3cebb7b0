"""Anchors: the names by which campaigns say what they hang on, and when each of them occurs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.calendar.festivals import FESTIVALS, festival
from bot.calendar.occurrence import CalendarError, Occurrence, check_year
from bot.calendar.statutory import days_off
from bot.calendar.vacations import Known, Vacations

SATURDAY = 5
LUNAR = "农历"
_VACATIONS = {"winter_vacation": ("winter", "寒假"), "summer_vacation": ("summer", "暑假")}
# School begins on the first weekday after the vacation.
_SCHOOL = {"school_start_spring": ("winter", "春季开学"), "school_start_autumn": ("summer", "秋季开学")}

# Every anchor with its Chinese name.
ANCHORS: dict[str, str] = {
    **FESTIVALS,
    **{anchor: name for anchor, (_, name) in _VACATIONS.items()},
    **{anchor: name for anchor, (_, name) in _SCHOOL.items()},
}


@dataclass(frozen=True)
class Calendar:
    """The calendar of one `Vacations` table. `province` is the child's, by its short name (湖南); None when not known."""

    vacations: Vacations = field(default_factory=Vacations)

    def occurrence(self, anchor: str, year: int, province: str | None = None) -> Occurrence | None:
        """The occurrence of that year; None when the province has no such thing written down.

        Raises:
            CalendarError: an unknown anchor or province, or a year outside 2020–2050.
        """
        check_year(year)
        if anchor in FESTIVALS:
            return _festival(anchor, year, province)
        if anchor in _VACATIONS:
            return self._vacation(anchor, year, province)
        if anchor in _SCHOOL:
            return self._school_start(anchor, year, province)
        raise CalendarError(f"{anchor} is no anchor of the calendar; known are: {', '.join(ANCHORS)}")

    def vacation(self, province: str | None, kind: str, year: int) -> Known | None:
        """The `winter` or `summer` vacation; see `Vacations.vacation`."""
        return self.vacations.vacation(province, kind, year)

    def _vacation(self, anchor: str, year: int, province: str | None) -> Occurrence | None:
        kind, name = _VACATIONS[anchor]
        known = self.vacation(province, kind, year)
        if known is None:
            return None
        return Occurrence(anchor, year, name, known.start, known.end, known.estimated, known.source)

    def _school_start(self, anchor: str, year: int, province: str | None) -> Occurrence | None:
        kind, name = _SCHOOL[anchor]
        known = self.vacation(province, kind, year)
        if known is None:
            return None
        day = _weekday_after(known.end)
        return Occurrence(anchor, year, name, day, day, known.estimated, known.source)


def _festival(anchor: str, year: int, province: str | None) -> Occurrence:
    day = festival(anchor, year, province)
    off = next((each for each in days_off(year) if anchor in each.festivals and day in each), None)
    if off is None:
        return Occurrence(anchor, year, FESTIVALS[anchor], day, day, False, LUNAR if _is_lunar(anchor) else "公历")
    return Occurrence(anchor, year, FESTIVALS[anchor], day, off.end, off.estimated, off.source)


def _is_lunar(anchor: str) -> bool:
    return anchor in ("little_new_year", "new_years_eve", "lantern")


def _weekday_after(day: date) -> date:
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following
