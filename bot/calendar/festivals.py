"""On which day a festival falls. Lunar days and solar terms from lunar_python; a test compares them with a second library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar

from bot.calendar.occurrence import CalendarError, check_year

SUNDAY = 6
# Little New Year is 腊月廿三 in the north and 腊月廿四 in most of the south. The line is drawn by province, by custom:
# there is no rule that anybody published, and within a province families differ.
SOUTH = frozenset("上海 江苏 浙江 安徽 福建 江西 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南".split())


def from_lunar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The day in China's civil calendar of a day in its lunar one; `leap` for the second of two months of one number.

    Raises:
        CalendarError: there is no such day, for example a 30th in a month of 29, or a leap month in a year without it.
    """
    try:
        solar = Lunar.fromYmd(year, -month if leap else month, day).getSolar()
    except Exception as error:  # lunar_python raises bare Exception for a day that does not exist
        raise CalendarError(f"there is no such lunar day: {error}") from error
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@lru_cache(maxsize=4096)
def in_lunar_words(day: date) -> str:
    """腊月廿三, 正月初一, 闰六月十五."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


def festival(name: str, year: int, province: str | None = None) -> date:
    """The day of a festival in a year of the civil calendar; the days before New Year count with the New Year they lead to.

    Raises:
        CalendarError: an unknown name, or a year outside 2020–2050.
    """
    if name not in FESTIVALS:
        raise CalendarError(f"{name} is not a festival; known are: {', '.join(FESTIVALS)}")
    check_year(year)
    if name == "little_new_year" and province in SOUTH:
        return _day("little_new_year_south", year)
    return _day(name, year)


@lru_cache(maxsize=1024)
def _day(name: str, year: int) -> date:
    return _RULES[name](year)


def _lunar(month: int, day: int) -> Callable[[int], date]:
    return lambda year: from_lunar(year, month, day)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _sunday(month: int, which: int) -> Callable[[int], date]:
    """The first, second … Sunday of a month."""

    def rule(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7 * (which - 1))

    return rule


def _before_new_year(day: int) -> Callable[[int], date]:
    """A day of the twelfth month, which belongs to the lunar year before."""
    return lambda year: from_lunar(year - 1, 12, day)


def _eve(year: int) -> date:
    # The twelfth month has 29 or 30 days: the eve is the day before, not a date.
    return from_lunar(year, 1, 1) - timedelta(days=1)


def _qingming(year: int) -> date:
    solar = Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


_RULES: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "little_new_year": _before_new_year(23),
    "little_new_year_south": _before_new_year(24),
    "new_years_eve": _eve,
    "spring_festival": _lunar(1, 1),
    "lantern": _lunar(1, 15),
    "qingming": _qingming,
    "labour_day": _fixed(5, 1),
    "mothers_day": _sunday(5, 2),
    "childrens_day": _fixed(6, 1),
    "fathers_day": _sunday(6, 3),
    "dragon_boat": _lunar(5, 5),
    "mid_autumn": _lunar(8, 15),
    "national_day": _fixed(10, 1),
}

# In the order of a year. 小年 of the south is the same festival on another day, so it has no name of its own here.
FESTIVALS: dict[str, str] = {
    "new_year": "元旦",
    "little_new_year": "小年",
    "new_years_eve": "除夕",
    "spring_festival": "春节",
    "lantern": "元宵节",
    "qingming": "清明节",
    "labour_day": "劳动节",
    "mothers_day": "母亲节",
    "childrens_day": "儿童节",
    "dragon_boat": "端午节",
    "fathers_day": "父亲节",
    "mid_autumn": "中秋节",
    "national_day": "国庆节",
}
