"""The table of a year: each day once, with everything that is on it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.calendar import FIRST_YEAR, LAST_YEAR, Calendar, CalendarError, Fixed, Known, Rule, Vacations
from bot.calendar.year import Row, span, year_table

RULE = Rule("everywhere", ("湖南",), Fixed((1, 10), (2, 28)), Fixed((7, 5), (8, 31)))
EARLY = Known("湖南", "winter", 2028, date(2027, 12, 28), date(2028, 2, 7), False, "校历")
CALENDAR = Calendar(Vacations((RULE,), (EARLY,), "everywhere"))


def rows(year: int) -> dict[date, Row]:
    return {row.day: row for row in year_table(CALENDAR, year, "湖南")}


def test_a_row_says_what_the_day_is() -> None:
    # Far enough for no notice to be out before this test is old.
    eve = rows(2040)[date(2040, 2, 11)]
    assert (eve.weekday, eve.lunar) == ("六", "腊月廿九")
    assert eve.notes == ("除夕", "春节放假 2月11日–2月18日，8 天（推算）")
    assert rows(2026)[date(2026, 10, 1)].notes == ("国庆节", "放假 10月1日–10月7日，7 天")
    assert rows(2026)[date(2026, 2, 14)].notes == ("补班（春节）",)
    assert rows(2026)[date(2026, 2, 15)].notes == ("春节放假 2月15日–2月23日，9 天",)


def test_what_begins_in_december_is_in_both_years() -> None:
    assert rows(2027)[date(2027, 12, 28)].notes == ("寒假 12月28日–2月7日，42 天",)
    assert "寒假 12月28日–2月7日，42 天" in rows(2028)[date(2028, 1, 1)].notes
    assert any("元旦放假 12月31日" in note for note in rows(2022)[date(2022, 12, 31)].notes)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_year_has_a_table(year: int) -> None:
    table = year_table(CALENDAR, year)
    assert [row.day for row in table] == sorted({row.day for row in table})
    assert {row.day.year for row in table} == {year}
    said = [note for row in table for note in row.notes]
    assert {"春节", "除夕", "中秋节", "母亲节"} <= set(said)
    # Weekends worked for a festival may be two, and New Year's days off of two years may have the same dates.
    once = [note for note in said if not note.startswith(("补班", "元旦放假"))]
    assert len(once) == len(set(once))


def test_it_refuses_what_the_calendar_refuses() -> None:
    with pytest.raises(CalendarError):
        year_table(CALENDAR, LAST_YEAR + 1)
    with pytest.raises(CalendarError):
        year_table(CALENDAR, 2027, "湖南省")


def test_a_span_of_one_day_is_one_day() -> None:
    assert span(date(2027, 6, 9), date(2027, 6, 9)) == "6月9日"
