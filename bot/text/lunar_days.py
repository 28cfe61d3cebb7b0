"""A day by the lunar calendar or by a festival: 腊月廿八, 正月, 初六, 年前, 国庆. What `bot.text.dates` finds is read here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar import CalendarError, days_off, festival, from_lunar
from bot.text.numerals import read_whole

_ONE_DAY = timedelta(days=1)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12, "十一": 11, "十二": 12}


@dataclass(frozen=True)
class DaySaid:
    """`start` alone or up to `end`, both included. `about`: the day itself was not said (月底, 过年), only near when.

    `past`: the day was this year's and is over; `start` is next year's, which the parent may not mean.
    `words`: what of the text was read.
    """

    start: date
    end: date | None = None
    about: bool = False
    past: bool = False
    words: str = ""


def by_lunar_date(match: re.Match[str], today: date) -> DaySaid | None:
    """腊月二十八, 正月初六, 农历八月十五, 闰六月初一."""
    named = match["month"]
    month = _LUNAR_MONTHS.get(named) or read_whole(named)
    day = read_whole(match["day"].replace("初", "").replace("廿", "二十").replace("卅", "三十"))
    return _next_lunar(month, day, today, bool(match["leap"]))


def by_part_of_lunar_month(match: re.Match[str], today: date) -> DaySaid | None:
    """正月, 腊月底: about when. Most come home late in the last month, and begin the first one together."""
    usual = {"正": 2, "冬": 15, "腊": 20}[match["month"]]
    day = {"初": 3, "上": 5, "中": 15, "下": 25, "底": 27, "末": 27}[match["part"][0]] if match["part"] else usual
    found = _next_lunar(_LUNAR_MONTHS[match["month"]], day, today)
    return replace(found, about=True) if found else None


def near_new_year(days: int) -> Callable[[re.Match[str], date], DaySaid | None]:
    """年前, 过完年: so many days from New Year's Day by the lunar calendar."""

    def reader(match: re.Match[str], today: date) -> DaySaid | None:
        found = (festival("spring_festival", year) + days * _ONE_DAY for year in range(today.year, today.year + 3))
        return DaySaid(next(day for day in found if day >= today), about=True)

    return reader


def by_new_year(match: re.Match[str], today: date) -> DaySaid | None:
    """大年初二, 初六: of the first month, the next one."""
    found = _next_lunar(1, read_whole(match["day"]), today)
    # 初六 alone in June would be some other month's.
    bare = not (match["named"] or "")
    return None if found is None or (bare and found.start - today > timedelta(days=120)) else found


def _next_lunar(month: int, day: int, today: date, leap: bool = False) -> DaySaid | None:
    for year in range(today.year - 1, today.year + (20 if leap else 3)):
        try:
            found = from_lunar(year, month, day, leap)
        except CalendarError:
            # 腊月三十 in a year whose last month has 29 days is its last day all the same.
            if (month, day) != (12, 30):
                continue
            found = from_lunar(year, 12, 29)
        if found >= today:
            return DaySaid(found)
    return None


def by_festival(anchor: str, first_day_off: bool = True) -> Callable[[re.Match[str], date], DaySaid | None]:
    """The first day off for a festival, as that is when people travel; the festival's own day where it says so."""

    def reader(match: re.Match[str], today: date) -> DaySaid | None:
        for year in range(today.year + ("明年" in match.group()), today.year + 3):
            day = festival(anchor, year)
            off = next((each for each in days_off(year) if anchor in each.festivals), None) if first_day_off else None
            start = off.start if off else day
            if max(start, day) >= today:
                return DaySaid(max(start, today), about=first_day_off)
        return None

    return reader
