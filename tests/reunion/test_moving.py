"""Where a plan moves to: (words, day), of a plan on Thursday, 4 February 2027, seen from 26 November."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.reunion.moving import moved_as_before, moved_by, new_first_day, new_last_day

TODAY, START = date(2026, 11, 26), date(2027, 2, 4)

MOVES = [
    ("推迟一周", 7), ("晚一周走", 7), ("往后延一周", 7), ("拖一个星期", 7), ("顺延一周", 7), ("延期一周", 7), ("缓一周", 7), ("推一个礼拜", 7),
    ("往后顺一周", 7), ("后延七天", 7), ("往后拖七天", 7), ("晚个把星期", 7), ("多等一周再走", 7), ("厂里要拖半个月", 15), ("顺延两三天", 3),
    # How many days is asked.
    ("拖几天", None), ("晚几天", None), ("推迟几天", None), ("早几天回", None), ("提前两天", -2), ("早一天走", -1),
    ("改日子", None), ("缓一缓", None), ("推一下", None), ("晚上八点", None), ("延期", None),
]  # fmt: skip
DAYS = [
    # Said in November of a plan in February: February's, or the January before it.
    ("改到10号", date(2027, 2, 10)), ("改成28号走", date(2027, 1, 28)), ("车票只有2号的了", date(2027, 2, 2)), ("改到月底", date(2027, 1, 28)),
    # With a month of its own it is that month's.
    ("改到12月10号", date(2026, 12, 10)), ("下个月10号", date(2026, 12, 10)), ("2月20", date(2027, 2, 20)), ("正月初三", date(2027, 2, 8)),
    ("改到下周六", date(2026, 12, 5)), ("元旦", date(2027, 1, 1)), ("顺延一周", date(2027, 2, 11)), ("日子要变", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "days"), MOVES)
def test_by_how_much_it_moves(words: str, days: int | None) -> None:
    assert moved_by(words) == days


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_where_it_moves_to(words: str, day: date | None) -> None:
    assert new_first_day(words, START, TODAY) == day


def test_near_the_day_a_bare_number_lies_ahead() -> None:
    today = START - timedelta(days=3)
    assert new_first_day("改到10号", START, today) == date(2027, 2, 10)
    assert new_first_day("改到2号", START, today) == date(2027, 2, 2)
    assert new_first_day("改到31号", START, today) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("待到正月初五", date(2027, 2, 10)), ("能多待两天", date(2027, 2, 10)), ("多请了3天假", date(2027, 2, 11)), ("只能少住一天", date(2027, 2, 7)),
        ("住到2月15号", date(2027, 2, 15)), ("多待一周", date(2027, 2, 15)),
        ("待到正月初三", None), ("改到正月初五", None), ("推迟一周", None), ("待到明年", None), ("少待十天", None), ("多陪陪孩子", None),
    ],
)  # fmt: skip
def test_until_when_they_stay(words: str, day: date | None) -> None:
    assert new_last_day(words, START, START + timedelta(days=4)) == day


@pytest.mark.parametrize(
    ("words", "before", "days"),
    [("三天", "晚几天", 3), ("大概三天吧", "推迟几天", 3), ("两天", "早几天回", -2), ("一个星期", "晚几天", 7), ("三天没吃饭", "晚几天", None), ("二十五", "早几天回", None)],
)
def test_how_many_some_days_are(words: str, before: str, days: int | None) -> None:
    assert moved_as_before(words, before) == days


@pytest.mark.parametrize("words", ["推迟到10月5号", "推迟到十月五号", "晚到10月5号", "提前到1月3号", "推迟到12日"])
def test_a_day_it_moves_to_is_not_so_many_months(words: str) -> None:
    assert moved_by(words) is None


def test_a_last_day_is_plainer_than_some_days_more() -> None:
    start = date(2027, 2, 4)
    assert new_last_day("多请了两天假 住到初八", start, date(2027, 2, 13)) == date(2027, 2, 13)
    assert new_last_day("多请了两天假 住到初八", start, date(2027, 2, 10)) == date(2027, 2, 13)
