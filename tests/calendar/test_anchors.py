"""Anchors: what campaigns hang on, by province and year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.calendar import (
    ANCHORS,
    FIRST_YEAR,
    LAST_YEAR,
    PROVINCES,
    Calendar,
    CalendarError,
    Fixed,
    Known,
    Rule,
    Vacations,
)
from bot.calendar.vacations import AroundSpringFestival
from bot.content.vacations import read_vacations
from bot.people.answers import PROVINCES as OFFERED

SOUTH = Rule("south", ("湖南",), AroundSpringFestival(16, 16, (1, 10), (3, 1)), Fixed((7, 5), (8, 31)))
NORTH = Rule("north", ("西藏",), Fixed((1, 1), (2, 28)), Fixed((7, 15), (8, 15)))
WRITTEN = Known("湖南", "winter", 2028, date(2027, 12, 31), date(2028, 2, 7), False, "湖南省教育厅校历")
CALENDAR = Calendar(Vacations((SOUTH, NORTH), (WRITTEN,), "south"))


@pytest.fixture(scope="module")
def real() -> Calendar:
    return Calendar(read_vacations(Path(__file__).parents[2] / "content/calendar/vacations.yml"))


def test_a_festival_starts_on_its_own_day_and_ends_with_its_days_off() -> None:
    festival = CALENDAR.occurrence("mid_autumn", 2024)
    assert festival is not None
    # The days off were the 15th to the 17th; the moon was full on the 17th.
    assert (festival.start, festival.end) == (date(2024, 9, 17), date(2024, 9, 17))
    spring = CALENDAR.occurrence("spring_festival", 2026)
    assert spring is not None
    assert (spring.start, spring.end, spring.days, spring.estimated) == (date(2026, 2, 17), date(2026, 2, 23), 7, False)
    assert spring.key == "spring_festival:2026"
    assert date(2026, 2, 23) in spring and date(2026, 2, 24) not in spring


def test_a_festival_without_days_off_is_never_estimated() -> None:
    lantern = CALENDAR.occurrence("lantern", 2049)
    assert lantern is not None
    assert (lantern.days, lantern.estimated, lantern.source) == (1, False, "农历")


def test_little_new_year_is_a_day_later_in_the_south() -> None:
    days = [CALENDAR.occurrence("little_new_year", 2027, province) for province in (None, "河北", "湖南")]
    assert [each and each.start for each in days] == [date(2027, 1, 30), date(2027, 1, 30), date(2027, 1, 31)]
    assert len({each.key for each in days if each}) == 1


def test_a_winter_vacation_moves_with_the_spring_festival() -> None:
    winter = CALENDAR.occurrence("winter_vacation", 2027, "湖南")
    assert winter is not None
    assert (winter.start, winter.end, winter.estimated) == (date(2027, 1, 23), date(2027, 2, 21), True)
    assert (winter.start.weekday(), winter.end.weekday()) == (5, 6)


def test_what_is_written_down_goes_before_the_rule() -> None:
    winter = CALENDAR.occurrence("winter_vacation", 2028, "湖南")
    assert winter is not None
    assert (winter.start, winter.estimated, winter.source) == (date(2027, 12, 31), False, "湖南省教育厅校历")
    # The key stays when an estimate becomes known, so that nothing is planned twice.
    assert winter.key == "winter_vacation:2028"


def test_a_child_of_unknown_province_gets_the_general_rule() -> None:
    unknown, known = (CALENDAR.occurrence("summer_vacation", 2027, province) for province in (None, "湖南"))
    assert unknown is not None and known is not None
    assert (unknown.start, unknown.end) == (known.start, known.end)
    assert unknown.estimated


@pytest.mark.parametrize("province", ["香港", "澳门", "台湾"])
def test_other_school_years_are_not_guessed(province: str) -> None:
    assert CALENDAR.occurrence("winter_vacation", 2027, province) is None
    assert CALENDAR.occurrence("school_start_autumn", 2027, province) is None
    assert CALENDAR.occurrence("mid_autumn", 2027, province) is not None


def test_school_begins_on_a_weekday_after_the_vacation() -> None:
    spring = CALENDAR.occurrence("school_start_spring", 2027, "湖南")
    assert spring is not None and spring.start == date(2027, 2, 22)
    # 1 September 2029 is a Saturday.
    autumn = CALENDAR.occurrence("school_start_autumn", 2029, "湖南")
    assert autumn is not None and autumn.start == autumn.end == date(2029, 9, 3)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_every_anchor_occurs_each_year_in_each_province(real: Calendar, anchor: str) -> None:
    for province in (None, *PROVINCES):
        found = [each for year in range(FIRST_YEAR, LAST_YEAR + 1) if (each := real.occurrence(anchor, year, province))]
        assert [each.year for each in found] == list(range(2020, 2051))
        assert all(each.start <= each.end for each in found)
        assert all(one.end < two.start for one, two in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("province", [None, *PROVINCES])
def test_vacations_are_where_vacations_are(real: Calendar, province: str | None) -> None:
    for year in range(2020, 2051):
        winter, summer = real.vacation(province, "winter", year), real.vacation(province, "summer", year)
        spring = real.occurrence("spring_festival", year)
        assert winter and summer and spring
        assert spring.start - timedelta(days=3) >= winter.start and winter.end > spring.start + timedelta(days=7)
        assert 21 <= (winter.end - winter.start).days <= 62
        assert 30 <= (summer.end - summer.start).days <= 62


def test_an_unknown_anchor_or_province_is_refused() -> None:
    with pytest.raises(CalendarError, match="spring_festival"):
        CALENDAR.occurrence("easter", 2027)
    with pytest.raises(CalendarError, match="短|short name"):
        CALENDAR.occurrence("winter_vacation", 2027, "湖南省")
    with pytest.raises(CalendarError, match="winter or summer"):
        CALENDAR.vacation("湖南", "autumn", 2027)


def test_an_empty_table_has_festivals_only() -> None:
    assert Calendar().occurrence("winter_vacation", 2027, "湖南") is None
    assert Calendar().occurrence("school_start_spring", 2027) is None
    assert Calendar().occurrence("dragon_boat", 2027) is not None


def test_the_profile_offers_no_province_that_the_calendar_refuses() -> None:
    for province in OFFERED:
        CALENDAR.occurrence("summer_vacation", 2027, province)
