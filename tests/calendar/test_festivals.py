"""Festivals fall where a second library and the published calendars put them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chinese_calendar import get_solar_terms
from hypothesis import given
from hypothesis import strategies as st
from lunardate import LunarDate

from bot.calendar import FESTIVALS, FIRST_YEAR, LAST_YEAR, CalendarError, festival, from_lunar, in_lunar_words

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@pytest.mark.parametrize("year", YEARS)
def test_lunar_festivals_agree_with_a_second_library(year: int) -> None:
    new_year = LunarDate(year, 1, 1).to_solar_date()
    assert festival("spring_festival", year) == new_year
    assert festival("new_years_eve", year) == new_year - timedelta(days=1)
    assert festival("little_new_year", year) == LunarDate(year - 1, 12, 23).to_solar_date()
    assert festival("little_new_year", year, "湖南") == LunarDate(year - 1, 12, 24).to_solar_date()
    assert festival("lantern", year) == LunarDate(year, 1, 15).to_solar_date()
    assert festival("dragon_boat", year) == LunarDate(year, 5, 5).to_solar_date()
    assert festival("mid_autumn", year) == LunarDate(year, 8, 15).to_solar_date()


@pytest.mark.parametrize("year", YEARS)
def test_qingming_agrees_with_a_second_formula(year: int) -> None:
    days = get_solar_terms(date(year, 4, 1), date(year, 4, 30))
    assert festival("qingming", year) in [day for day, name in days if name == "清明"]


@pytest.mark.parametrize("year", YEARS)
def test_every_festival_is_in_its_year(year: int) -> None:
    for name in FESTIVALS:
        assert festival(name, year).year == year
        assert festival(name, year, "四川").year == year


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("spring_festival", date(2026, 2, 17)),
        ("spring_festival", date(2027, 2, 6)),
        # The earliest and the latest of these years.
        ("spring_festival", date(2023, 1, 22)),
        ("spring_festival", date(2034, 2, 19)),
        ("qingming", date(2026, 4, 5)),
        ("mothers_day", date(2026, 5, 10)),
        ("fathers_day", date(2026, 6, 21)),
        # The first of the month is itself a Sunday.
        ("mothers_day", date(2022, 5, 8)),
        ("fathers_day", date(2025, 6, 15)),
        ("mid_autumn", date(2025, 10, 6)),
        # 2033: the leap month comes after the eleventh, and tables made before 1990 put it elsewhere.
        ("mid_autumn", date(2033, 9, 8)),
        ("spring_festival", date(2033, 1, 31)),
    ],
)
def test_known_days(name: str, day: date) -> None:
    assert festival(name, day.year) == day


def test_leap_months_do_not_move_the_festival_after_them() -> None:
    # 2025 has two sixth months, 2028 two fifth: Dragon Boat is in the first of them.
    assert from_lunar(2025, 6, 1) != from_lunar(2025, 6, 1, leap=True)
    assert festival("dragon_boat", 2028) == from_lunar(2028, 5, 5) == date(2028, 5, 28)
    assert in_lunar_words(date(2028, 6, 27)) == "闰五月初五"


@pytest.mark.parametrize("year", YEARS)
def test_leap_months_agree_with_a_second_library(year: int) -> None:
    for month in range(1, 13):
        try:
            expected = LunarDate(year, month, 1, True).to_solar_date()
        except ValueError:
            with pytest.raises(CalendarError):
                from_lunar(year, month, 1, leap=True)
        else:
            assert from_lunar(year, month, 1, leap=True) == expected


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_lunar_words_agree_with_a_second_library_on_any_day(day: date) -> None:
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    assert from_lunar(lunar.year, lunar.month, lunar.day, leap=bool(lunar.is_leap_month)) == day
    words = in_lunar_words(day)
    assert words.startswith("闰") == bool(lunar.is_leap_month)
    assert words.endswith("月初一") == (lunar.day == 1)


def test_the_eve_is_the_29th_or_the_30th() -> None:
    assert in_lunar_words(festival("new_years_eve", 2026)) == "腊月廿九"
    assert in_lunar_words(festival("new_years_eve", 2024)) == "腊月三十"


@pytest.mark.parametrize("year", [2019, 2051, 0])
def test_it_refuses_years_that_nobody_checked(year: int) -> None:
    with pytest.raises(CalendarError, match="2020 to 2050"):
        festival("spring_festival", year)


@pytest.mark.parametrize(("month", "day", "leap"), [(12, 31, False), (13, 1, False), (1, 1, True), (1, 0, False)])
def test_it_refuses_lunar_days_that_do_not_exist(month: int, day: int, leap: bool) -> None:
    with pytest.raises(CalendarError):
        from_lunar(2026, month, day, leap)


def test_it_refuses_an_unknown_festival() -> None:
    with pytest.raises(CalendarError, match="spring_festival"):
        festival("christmas", 2026)
