"""A day said as people say it to “哪天见面？”: 二十六吧, 26, 廿七, 下个月初三. In any other talk such a number is no day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.calendar import CalendarError, festival, from_lunar, in_lunar_words
from bot.text.dates import flat, read_day
from bot.text.lunar_days import DaySaid
from bot.text.numerals import read_whole

_ONE_DAY = timedelta(days=1)
_BEFORE = r"(?:那|就|那就|大概|大约|应该|可能|估计|定的|定了|是|在|嗯|哦|暂定|先按|按)*"
_AFTER = r"(?:吧|呗|嘛|左右|那天|那日|到家|到|回去?|走|见|动身|了|啊|的样子)*"
# One digit alone is the number of a line to tap.
_BARE = re.compile(rf"{_BEFORE}(?P<new_year>年)?(?P<day>\d{{2}}|[一二三四五六七八九十廿]{{2,3}}){_AFTER}")
# 廿七 is said of the lunar month; 二十七 is said of it when New Year is near.
_LUNAR_WORD = re.compile(r"廿")
_LATE = range(20, 31)
_NEAR_NEW_YEAR = timedelta(days=75)
_LUNAR_MONTH = re.compile(r"(?P<which>这个?|本|下个?)月初(?P<day>[一二三四五六七八九十])(?!号)")


def read_bare_day(text: str, today: date) -> DaySaid | None:
    """The day that a bare number means; `about` where it may mean another one, so that it is told as it was taken."""
    match = _BARE.fullmatch(flat(text))
    if match is None:
        return None
    said = match["day"]
    day = read_whole(said.replace("廿", "二十"))
    lunar = _late_in_the_year(day, today) if match["new_year"] or not said.isdigit() else None
    if lunar is not None and (match["new_year"] or _LUNAR_WORD.search(said) or lunar - today <= _NEAR_NEW_YEAR):
        return DaySaid(lunar, words=said)
    return read_day(f"{day}号", today) if 1 <= day <= 31 else None


def read_bare_number(text: str) -> int | None:
    """The number itself."""
    match = _BARE.fullmatch(flat(text))
    return read_whole(match["day"].replace("廿", "二十")) if match else None


def read_lunar_month_day(text: str, today: date) -> DaySaid | None:
    """下个月初三: the third of the next lunar month. (下个月初 alone is the beginning of next month.)"""
    match = _LUNAR_MONTH.search(flat(text))
    if match is None:
        return None
    wanted = f"月初{match['day']}"
    ahead = (today + number * _ONE_DAY for number in range(1, 62))
    found = [day for day in ahead if in_lunar_words(day).endswith(wanted)]
    this_month = in_lunar_words(today).partition("月")[0]
    in_this_month = bool(found) and in_lunar_words(found[0]).partition("月")[0] == this_month
    following = found[1:] if in_this_month and "下" in match["which"] else found
    return DaySaid(following[0], words=match.group()) if following else None


def near_plan(text: str, start: date, today: date) -> DaySaid | None:
    """The same as the new first day of a plan: of the month or lunar month that is nearest to it."""
    match = _BARE.fullmatch(flat(text))
    if match is None:
        return None
    day = read_whole(match["day"].replace("廿", "二十"))
    if (match["new_year"] or not match["day"].isdigit()) and in_lunar_words(start).startswith("腊"):
        lunar = _late_in_the_year(day, max(today, start - timedelta(days=29)))
        if lunar is not None:
            return DaySaid(lunar, words=match["day"])
    return read_day(f"{day}号", max(today, start - timedelta(days=15))) if 1 <= day <= 31 else None


def _late_in_the_year(day: int, today: date) -> date | None:
    """腊月 with this day, 20 to 30, from today on."""
    if day not in _LATE:
        return None
    for year in (today.year, today.year + 1):
        eve = festival("new_years_eve", year)
        try:
            found = min(eve, from_lunar(year - 1, 12, day))
        except CalendarError:
            # 三十 in a year whose last month has 29 days.
            found = eve
        if found >= today:
            return found
    return None
