"""Statutory days off with their make-up workdays: as published, else estimated by the rule of 2024."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from bot.calendar.festivals import festival
from bot.calendar.occurrence import LAST_YEAR, check_year

PUBLISHED = "国务院办公厅关于部分节假日安排的通知"
# The rule: a Wednesday is a single day off, other single days make three; Spring Festival eight from its eve, Labour Day
# five, National Day seven, eight when Mid-Autumn falls into it. Real years have kept to it or been kinder (2026: nine).
BY_RULE = "按《全国年节及纪念日放假办法》（2024年11月修订）推算"
ONE_DAY = timedelta(days=1)
WEDNESDAY, SATURDAY, SUNDAY = 2, 5, 6
# Days off around a festival on Monday … Sunday: (days before it, days after it).
_BRIDGES = ((2, 0), (2, 0), (0, 0), (0, 2), (0, 2), (0, 2), (1, 1))

_ANCHOR_OF = {
    Holiday.new_years_day.value: "new_year",
    Holiday.spring_festival.value: "spring_festival",
    Holiday.tomb_sweeping_day.value: "qingming",
    Holiday.labour_day.value: "labour_day",
    Holiday.dragon_boat_festival.value: "dragon_boat",
    Holiday.mid_autumn_festival.value: "mid_autumn",
    Holiday.national_day.value: "national_day",
}


@dataclass(frozen=True)
class DaysOff:
    """Days in a row without work, both ends included, and the weekend days worked for them.

    `festivals`: anchors that lie in them, two when National Day and Mid-Autumn are put together. An estimate names no
    make-up workdays: which weekends are worked is decided anew each year.
    """

    festivals: tuple[str, ...]
    start: date
    end: date
    make_up: tuple[date, ...]
    estimated: bool
    source: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def is_published(year: int) -> bool:
    """Whether the days off of a year are known and not estimated."""
    return bool(year <= max(holidays).year)


@lru_cache(maxsize=64)
def days_off(year: int) -> tuple[DaysOff, ...]:
    """The statutory days off whose festival is in `year`, in order. New Year's may begin in the December before.

    Raises:
        CalendarError: a year outside 2020–2050.
    """
    check_year(year)
    return _published(year) if is_published(year) else estimate(year)


def estimate(year: int) -> tuple[DaysOff, ...]:
    """What the rule of 2024 says, published or not."""
    singles = [_single(anchor, festival(anchor, year)) for anchor in ("new_year", "qingming", "dragon_boat")]
    eve, labour = festival("new_years_eve", year), festival("labour_day", year)
    long = [_estimated(("spring_festival",), eve, 8), _estimated(("labour_day",), labour, 5)]
    return tuple(sorted([*singles, *long, *_autumn(year)], key=lambda off: off.start))


def is_workday(day: date) -> bool:
    """Whether offices and schools work: weekdays without days off, weekends worked for them where published.

    Raises:
        CalendarError: a year outside 2020–2050.
    """
    if day in workdays:
        return True
    # The last days of December may belong to the next year's days off.
    near = [off for year in {day.year, min((day + 3 * ONE_DAY).year, LAST_YEAR)} for off in days_off(year)]
    return day.weekday() < SATURDAY and not any(day in off for off in near)


def _published(year: int) -> tuple[DaysOff, ...]:
    blocks = [block for block in _blocks() if block[-1].year == year]
    return tuple(
        DaysOff(_festivals_in(year, block), block[0], block[-1], _make_up(block), False, f"{PUBLISHED}（{year}年）")
        for block in blocks
    )


@lru_cache(maxsize=1)
def _blocks() -> tuple[tuple[date, ...], ...]:
    """The published days off, cut where a day is missing."""
    blocks: list[list[date]] = []
    for day in sorted(holidays):
        if blocks and day - blocks[-1][-1] == ONE_DAY:
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return tuple(tuple(block) for block in blocks)


def _festivals_in(year: int, block: tuple[date, ...]) -> tuple[str, ...]:
    named = dict.fromkeys(_ANCHOR_OF[holidays[day]] for day in block if holidays[day] in _ANCHOR_OF)
    inside = [anchor for anchor in _ANCHOR_OF.values() if festival(anchor, year) in block]
    return tuple(dict.fromkeys([*named, *inside]))


def _make_up(block: tuple[date, ...]) -> tuple[date, ...]:
    """The worked weekend days of the same festival that lie nearest to this block and no other."""
    names = {holidays[day] for day in block}
    return tuple(sorted(day for day, name in workdays.items() if name in names and _nearest(day, name) == block))


def _nearest(day: date, name: str) -> tuple[date, ...]:
    same = [block for block in _blocks() if name in {holidays[each] for each in block}]
    return min(same, key=lambda block: min(abs(block[0] - day), abs(block[-1] - day)))


def _single(anchor: str, day: date) -> DaysOff:
    before, after = _BRIDGES[day.weekday()]
    return _estimated((anchor,), day - before * ONE_DAY, before + 1 + after)


def _autumn(year: int) -> list[DaysOff]:
    """National Day and Mid-Autumn, together when they meet: eight days, as in 2020, 2023 and 2025."""
    national, moon = festival("national_day", year), festival("mid_autumn", year)
    apart = (moon - national).days
    if -2 <= apart <= 7:
        return [_estimated(("mid_autumn", "national_day"), min(national, moon), 8)]
    return [_single("mid_autumn", moon), _estimated(("national_day",), national, 7)]


def _estimated(festivals: tuple[str, ...], start: date, days: int) -> DaysOff:
    return DaysOff(festivals, start, start + (days - 1) * ONE_DAY, (), True, BY_RULE)
