"""Days off: as published where they are, by the rule and marked where not."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.calendar import FIRST_YEAR, LAST_YEAR, DaysOff, days_off, festival, is_published, is_workday
from bot.calendar.statutory import estimate


def off(anchor: str, year: int) -> DaysOff:
    return next(each for each in days_off(year) if anchor in each.festivals)


def test_days_off_of_2026_as_published() -> None:
    found = [(each.festivals[0], each.start, each.end, each.make_up) for each in days_off(2026)]
    assert found == [
        ("new_year", date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
        ("spring_festival", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))),
        ("qingming", date(2026, 4, 4), date(2026, 4, 6), ()),
        ("labour_day", date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
        ("dragon_boat", date(2026, 6, 19), date(2026, 6, 21), ()),
        ("mid_autumn", date(2026, 9, 25), date(2026, 9, 27), ()),
        ("national_day", date(2026, 10, 1), date(2026, 10, 7), (date(2026, 9, 20), date(2026, 10, 10))),
    ]
    assert not any(each.estimated for each in days_off(2026))


def test_new_years_days_off_may_begin_in_the_december_before() -> None:
    assert off("new_year", 2023).start == date(2022, 12, 31)
    assert off("new_year", 2022).end == date(2022, 1, 3)


@pytest.mark.parametrize(("year", "days"), [(2020, 8), (2023, 8), (2025, 8)])
def test_mid_autumn_and_national_day_are_one_when_they_meet(year: int, days: int) -> None:
    both = off("mid_autumn", year)
    assert both == off("national_day", year)
    assert (both.end - both.start).days + 1 == days


# The rule of 2024 against the years that were published under it; 2026's Spring Festival was kinder by one day.
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_rule_gives_what_was_published(year: int) -> None:
    published = {frozenset(each.festivals): (each.start, each.end) for each in days_off(year)}
    by_rule = {frozenset(each.festivals): (each.start, each.end) for each in estimate(year)}

    differing = {name for name in published if published[name] != by_rule[name]}
    assert differing == ({frozenset({"spring_festival"})} if year == 2026 else set())


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_festival_lies_in_its_days_off(year: int) -> None:
    blocks = days_off(year)
    assert [each.start for each in blocks] == sorted(each.start for each in blocks)
    assert all(one.end < two.start for one, two in zip(blocks, blocks[1:], strict=False))
    for block in blocks:
        assert block.estimated is not is_published(year)
        for anchor in block.festivals:
            assert festival(anchor, year) in block
    assert {anchor for block in blocks for anchor in block.festivals} == {
        *("new_year", "spring_festival", "qingming", "labour_day", "dragon_boat", "mid_autumn", "national_day")
    }


def test_what_is_not_published_says_so() -> None:
    first = next(year for year in range(FIRST_YEAR, LAST_YEAR) if not is_published(year))
    assert all(each.estimated and "推算" in each.source and not each.make_up for each in days_off(first))
    assert off("spring_festival", LAST_YEAR).start == festival("new_years_eve", LAST_YEAR)


def test_a_wednesday_is_a_single_day() -> None:
    found = {each.festivals: each for each in estimate(2027)}
    alone = found[("dragon_boat",)]
    assert alone.start == alone.end == date(2027, 6, 9)


def test_workdays_of_published_years_agree_with_the_library() -> None:
    day = date(2020, 1, 1)
    while is_published(day.year):
        assert is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_workdays_of_other_years_are_weekdays_without_days_off() -> None:
    assert is_workday(date(2045, 10, 9))
    assert not is_workday(date(2045, 10, 3))
    assert not is_workday(date(2045, 8, 5))
    # New Year 2046 is a Monday: the weekend before belongs to it.
    assert not is_workday(date(2045, 12, 30))
    assert is_workday(date(2045, 12, 29))


def test_the_last_day_that_is_known_has_an_answer() -> None:
    assert isinstance(is_workday(date(LAST_YEAR, 12, 31)), bool)
