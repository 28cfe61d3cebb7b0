"""Days in plain words, seen from Thursday, 26 November 2026: (words, first day), ranges, near-misses, moves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.dates import is_undecided, read_day
from bot.text.moves import read_move

TODAY = date(2026, 11, 26)

DAYS = [
    ("今天", date(2026, 11, 26)),
    ("明天就回", date(2026, 11, 27)),
    ("大后天", date(2026, 11, 29)),
    ("听日", date(2026, 11, 27)),
    ("下周五", date(2026, 12, 4)),
    ("周五", date(2026, 11, 27)),
    ("周三", date(2026, 12, 2)),
    ("这周六", date(2026, 11, 28)),
    ("星期天", date(2026, 11, 29)),
    ("下下周三", date(2026, 12, 9)),
    ("周末", date(2026, 11, 28)),
    ("三天后", date(2026, 11, 29)),
    ("再过10天", date(2026, 12, 6)),
    ("25号", date(2026, 12, 25)),
    ("26号", date(2026, 11, 26)),
    ("三十号", date(2026, 11, 30)),
    ("31号", date(2026, 12, 31)),
    ("下个月5号", date(2026, 12, 5)),
    ("下月十五号", date(2026, 12, 15)),
    ("3月8号", date(2027, 3, 8)),
    ("三月八号", date(2027, 3, 8)),
    ("明年2月4号", date(2027, 2, 4)),
    ("2027年2月4日", date(2027, 2, 4)),
    ("2027-02-04", date(2027, 2, 4)),
    ("2.4", date(2027, 2, 4)),
    ("12/30", date(2026, 12, 30)),
    ("腊月二十八", date(2027, 2, 4)),
    ("腊月廿八", date(2027, 2, 4)),
    ("臘月廿八", date(2027, 2, 4)),
    ("腊月28到家", date(2027, 2, 4)),
    ("腊月三十", date(2027, 2, 5)),
    ("正月初六", date(2027, 2, 11)),
    ("初六", date(2027, 2, 11)),
    ("大年初二", date(2027, 2, 7)),
    ("除夕", date(2027, 2, 5)),
    ("大年三十", date(2027, 2, 5)),
    ("农历八月初三", date(2027, 9, 3)),
    ("八月十五", date(2027, 9, 15)),
    ("元宵节", date(2027, 2, 20)),
    ("六一", date(2027, 6, 1)),
    ("2月29号", None),
    ("2月30号", None),
    ("32号", None),
    ("下个月", None),
    ("12月", None),
    ("孩子3岁", None),
    ("我在3号线上班", None),
    ("十一点下班", None),
    ("13.5岁", None),
    ("还没定", None),
]
# Near that day; the parent can say it better later.
ABOUT = [
    ("月底", date(2026, 11, 28)),
    ("下个月初", date(2026, 12, 3)),
    ("3月底", date(2027, 3, 28)),
    ("下周", date(2026, 11, 30)),
    ("两周后", date(2026, 12, 10)),
    ("元旦", date(2027, 1, 1)),
    ("五一", date(2027, 5, 1)),
    ("十一", date(2027, 10, 1)),
    ("国庆节", date(2027, 10, 1)),
    ("过年", date(2027, 2, 5)),
    ("暑假", date(2027, 7, 10)),
]
RANGES = [
    ("2月4号到10号", date(2027, 2, 4), date(2027, 2, 10)),
    ("12月30号到3号", date(2026, 12, 30), date(2027, 1, 3)),
    ("1号-7号", date(2026, 12, 1), date(2026, 12, 7)),
    ("腊月二十六到正月初六", date(2027, 2, 2), date(2027, 2, 11)),
    ("明天到周日", date(2026, 11, 27), date(2026, 11, 29)),
]
MOVES = [
    ("推迟一周", 7), ("推迟三天", 3), ("晚两天回", 2), ("晚一个星期到家", 7), ("往后推2天", 2), ("推后半个月", 15), ("晚个三四天", 4), ("延后一个月", 30),
    ("提前两天", -2), ("早三天走", -3), ("推迟", None), ("改到下周五", None), ("早上好", None), ("晚上8点", None),
]


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_it_finds_a_day(words: str, day: date | None) -> None:
    found = read_day(words, TODAY)

    assert (found.start if found else None) == day
    assert found is None or (not found.about and not found.past)


@pytest.mark.parametrize(("words", "day"), ABOUT)
def test_it_knows_a_day_that_is_only_near(words: str, day: date) -> None:
    found = read_day(words, TODAY)

    assert found is not None and (found.start, found.about) == (day, True)


@pytest.mark.parametrize(("words", "start", "end"), RANGES)
def test_it_finds_from_and_until(words: str, start: date, end: date) -> None:
    found = read_day(words, TODAY)

    assert found is not None and (found.start, found.end) == (start, end)


@pytest.mark.parametrize(("words", "days"), MOVES)
def test_it_finds_by_how_much_a_day_moves(words: str, days: int | None) -> None:
    assert read_move(words) == days


def test_a_day_of_this_year_that_is_over_is_asked_about() -> None:
    found = read_day("10月25号", TODAY)
    assert found is not None and found.past and found.start == date(2027, 10, 25)
    this_month = read_day("这个月25号", TODAY)
    assert this_month is not None and this_month.past and this_month.start == date(2026, 11, 25)


def test_the_25th_on_the_25th_is_today_and_the_day_after_it_next_month() -> None:
    assert [found.start for day in (24, 25, 26) if (found := read_day("25号", date(2026, 1, day)))] == [
        date(2026, 1, 25), date(2026, 1, 25), date(2026, 2, 25),
    ]
    february = read_day("31号", date(2027, 2, 3))
    assert february is not None and february.start == date(2027, 3, 31)


def test_the_29th_of_february_is_found_in_a_leap_year() -> None:
    found = read_day("2月29号", date(2027, 11, 1))

    assert found is not None and found.start == date(2028, 2, 29)


def test_a_leap_month_and_the_year_without_a_thirtieth() -> None:
    leap = read_day("农历闰六月初一", date(2025, 1, 1))
    assert leap is not None and leap.start == date(2025, 7, 25)
    # The last month of that year has 29 days: what people call 年三十 is the 29th.
    last = read_day("腊月三十", date(2026, 1, 1))
    assert last is not None and last.start == date(2026, 2, 16)


def test_words_for_not_knowing_yet() -> None:
    assert all(is_undecided(words) for words in ("没定", "还没定呢", "看情况", "不知道批不批假"))
    assert not any(is_undecided(words) for words in ("明天", "腊月二十八 还没跟家里说", "过年"))
