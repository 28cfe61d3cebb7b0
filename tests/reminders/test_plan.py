"""The plan at the edges of calendars and lives, and the hours at which nobody is written to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.calendar import Calendar, Known, Vacations
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns, load_campaigns, read_campaign
from bot.reminders.compose import Turn, ordinal
from bot.reminders.facts import ChildFacts, CourseDue, Facts, Reunion
from bot.reminders.hours import BEIJING, Hours
from bot.reminders.plan import Plan, Planned, Window
from tests.reminders.support import ROOT, beijing, calendar, campaigns

PLAN = Plan(campaigns(), calendar())
HUNAN = ChildFacts(date(2019, 5, 1), province="湖南")


def planned(facts: Facts, first: datetime, last: datetime, now: datetime | None = None) -> list[Planned]:
    return list(PLAN.rows(facts, Window(first, last), now or first))


def days_of(rows: list[Planned], campaign: str, step: str) -> list[tuple[str, str]]:
    mine = (row for row in rows if (row.campaign, row.step) == (campaign, step))
    return [(row.occurrence, row.due_at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")) for row in mine]


def test_a_plan_is_a_function_of_its_arguments() -> None:
    facts = Facts(children=(HUNAN,))
    first, last = beijing(2027, 1, 1), beijing(2027, 4, 1)
    again = Plan(campaigns(), calendar()).rows(facts, Window(first, last), first)
    planned(Facts(), beijing(2030, 1, 1), beijing(2030, 2, 1))
    assert tuple(planned(facts, first, last)) == again


# The younger child grows into the age of the summer's step while its brother's vacation, elsewhere, has begun.
GROWING = Facts(children=(ChildFacts(date(2024, 7, 1), province="黑龙江"), ChildFacts(date(2018, 5, 1), province="广东")))
TOGETHER = Facts(children=(HUNAN,), reunion=Reunion("r", date(2027, 2, 3), date(2027, 2, 12)))


@pytest.mark.parametrize(
    ("facts", "first"),
    [(TOGETHER, beijing(2026, 12, 20)), (GROWING, beijing(2027, 5, 1)), (GROWING, beijing(2027, 6, 17))],
)
def test_windows_one_after_another_give_what_one_window_gives(facts: Facts, first: datetime) -> None:
    whole = planned(facts, first, first + timedelta(days=120))
    pieces = [
        row
        for day in range(0, 120, 3)
        for row in planned(facts, first + timedelta(days=day), first + timedelta(days=day + 3), first)
    ]
    assert sorted(pieces, key=lambda row: row.key) == sorted(whole, key=lambda row: row.key)


def test_the_spring_festival_of_january_begins_in_december() -> None:
    # 26 January 2028.
    rows = planned(Facts(), beijing(2027, 12, 1), beijing(2028, 3, 1))
    assert days_of(rows, "spring_festival", "plan_30") == [("2028", "2027-12-27 12:15")]


@pytest.mark.parametrize(("year", "day"), [(2025, "2025-01-29"), (2033, "2033-01-31"), (2034, "2034-02-19")])
def test_leap_months_do_not_double_a_festival(year: int, day: str) -> None:
    # 2025 has two sixth months; the leap eleventh month of 2033 moves the next festival to late February.
    rows = planned(Facts(), beijing(year - 1, 11, 1), beijing(year, 10, 30))
    (eve,) = days_of(rows, "spring_festival", "eve")
    assert eve == (str(year), f"{date.fromisoformat(day) - timedelta(days=1)} 19:00")


def test_each_week_has_its_digest_over_the_turn_of_the_year() -> None:
    rows = planned(Facts(), beijing(2026, 12, 20), beijing(2027, 1, 20))
    weeks = [occurrence for occurrence, _ in days_of(rows, "weekly", "digest")]
    assert weeks == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]


def test_a_week_that_begins_in_the_old_year_is_the_new_years_first() -> None:
    # Monday, 31 December 2029.
    rows = planned(Facts(), beijing(2029, 12, 18), beijing(2030, 1, 14))
    weeks = [occurrence for occurrence, _ in days_of(rows, "weekly", "digest")]
    assert weeks == ["2029-W51", "2029-W52", "2030-W01", "2030-W02"]


def test_a_vacation_that_begins_in_december_is_found_in_december(tmp_path: Path) -> None:
    path = tmp_path / "winter_vacation.yml"
    step = '  - {step: begins, offset: 0, at: "12:00", stale_after: 1d, texts: [一, 二]}\n'
    path.write_text(f"campaign: winter_vacation\ntitle: 寒假\nkind: vacation\nanchor: winter_vacation\nsteps:\n{step}", "utf-8")
    early = Known("湖南", "winter", 2028, date(2027, 12, 28), date(2028, 2, 20), False, "校历")
    plan = Plan(Campaigns((read_campaign(path),), "x"), Calendar(Vacations(calendar().vacations.rules, (early,), calendar().vacations.unknown)))
    window = Window(beijing(2027, 12, 24), beijing(2027, 12, 31))

    assert days_of(list(plan.rows(Facts(children=(HUNAN,)), window, window.first)), "winter_vacation", "begins") == [("2028", "2027-12-28 12:00")]
    assert plan.rows(Facts(children=(ChildFacts(HUNAN.birth_month, province="广东"),)), window, window.first) == ()


def test_a_child_of_29_february_has_a_birthday_every_year() -> None:
    facts = Facts(children=(ChildFacts(date(2020, 2, 29)),))
    rows = planned(facts, beijing(2026, 1, 1), beijing(2029, 1, 1))
    assert [day for _, day in days_of(rows, "birthday", "week_before")] == [
        "2026-02-21 19:00", "2027-02-21 19:00", "2028-02-22 19:00",
    ]  # fmt: skip


def test_a_guessed_birth_month_has_no_birthday() -> None:
    facts = Facts(children=(ChildFacts(date(2020, 3, 1), estimated=True),))
    assert days_of(planned(facts, beijing(2027, 1, 1), beijing(2028, 1, 1)), "birthday", "week_before") == []


def test_twins_have_one_birthday() -> None:
    facts = Facts(children=(ChildFacts(date(2020, 3, 1)), ChildFacts(date(2020, 3, 1), sex="女孩")))
    assert len(days_of(planned(facts, beijing(2027, 1, 1), beijing(2027, 12, 1)), "birthday", "week_before")) == 1


@pytest.mark.parametrize("province", [None, "香港", "台湾", "江浙沪", ""])
def test_an_unknown_province_has_a_vacation_all_the_same(province: str | None) -> None:
    facts = Facts(children=(ChildFacts(date(2019, 5, 1), province=province),))
    rows = planned(facts, beijing(2027, 5, 1), beijing(2027, 9, 10))
    unknown = planned(Facts(children=(ChildFacts(date(2019, 5, 1)),)), beijing(2027, 5, 1), beijing(2027, 9, 10))
    assert days_of(rows, "summer", "before") == days_of(unknown, "summer", "before") != []


def test_two_children_in_two_provinces_mean_one_message_in_time_for_the_first() -> None:
    def before(*provinces: str) -> list[tuple[str, str]]:
        children = tuple(ChildFacts(date(2018, 5, 1), province=province) for province in provinces)
        return days_of(planned(Facts(children=children), beijing(2027, 5, 1), beijing(2027, 9, 1)), "summer", "before")

    alone = [before(province)[0] for province in ("黑龙江", "广东")]
    assert before("黑龙江", "广东") == [min(alone)]


def test_of_two_children_the_one_of_the_right_age_counts() -> None:
    baby, pupil = ChildFacts(date(2026, 9, 1), province="广东"), ChildFacts(date(2018, 5, 1), province="黑龙江")
    both = planned(Facts(children=(baby, pupil)), beijing(2027, 5, 1), beijing(2027, 9, 1))
    only = planned(Facts(children=(pupil,)), beijing(2027, 5, 1), beijing(2027, 9, 1))
    assert days_of(both, "summer", "before") == days_of(only, "summer", "before") != []


def test_a_reunion_that_has_begun_is_not_counted_down_to() -> None:
    # "25 号" said on the 28th: what was to come before is past, what comes after stays.
    now = beijing(2027, 3, 28, 10)
    facts = Facts(reunion=Reunion("r", date(2027, 3, 25), date(2027, 4, 2)))
    rows = planned(facts, now - timedelta(days=40), now + timedelta(days=60), now)
    assert [row.step for row in rows if row.campaign == "reunion"] == ["after_10"]


def test_a_reunion_in_three_days_still_gets_its_eve_and_not_its_tickets() -> None:
    now = beijing(2027, 3, 22, 10)
    facts = Facts(reunion=Reunion("r", date(2027, 3, 25), date(2027, 4, 2)))
    rows = planned(facts, now - timedelta(days=40), now + timedelta(days=60), now)
    assert [row.step for row in rows if row.campaign == "reunion"] == ["first_day", "after_10"]


REAL = Plan(load_campaigns(ROOT / "content" / "campaigns"), calendar())


def steps_of(reunion: Reunion) -> dict[str, str]:
    """All real steps around a reunion, each with its day."""
    first = beijing(2027, 3, 1)
    rows = REAL.rows(Facts(reunion=reunion), Window(first, first + timedelta(days=90)), first)
    return {row.step: f"{row.due_at.astimezone(BEIJING):%m-%d}" for row in rows if row.campaign.startswith("reunion")}


def test_a_day_in_the_profile_is_counted_down_to_and_nobody_parts_on_it() -> None:
    said = steps_of(Reunion("2027-04", date(2027, 4, 5), date(2027, 4, 5), planned=False))

    assert said["first_day_1"] == "04-04"
    assert not {"asked_last", "tell_2", "parting_0", "call_1", "self_4", "after_10"} & said.keys()


@pytest.mark.parametrize(
    ("days", "told"),
    [(1, {"parting_0": "04-05"}), (2, {"parting_0": "04-06"}), (3, {"tell_2": "04-05", "asked_last": "04-06", "parting_0": "04-07"})],
)
def test_no_parting_is_spoken_of_before_they_have_met(days: int, told: dict[str, str]) -> None:
    said = steps_of(Reunion("plan-1", date(2027, 4, 5), date(2027, 4, 4 + days)))

    assert {step: day for step, day in said.items() if step in ("tell_2", "asked_last", "parting_0")} == told


def test_a_reunion_with_one_of_two_children_is_about_that_one(tmp_path: Path) -> None:
    path = tmp_path / "reunion.yml"
    path.write_text(
        "campaign: reunion\ntitle: 团聚\nkind: reunion\nanchor: reunion\nsteps:\n"
        '  - {step: small, offset: -3, at: "12:00", stale_after: 1d, audience: {child_age: [0, 36]}, texts: [一, 二]}\n'
        '  - {step: big, offset: -2, at: "12:00", stale_after: 1d, audience: {child_age: [36, 216]}, texts: [一, 二]}\n',
        "utf-8",
    )
    plan = Plan(Campaigns((read_campaign(path),), "x"), calendar())
    baby, pupil = ChildFacts(date(2026, 9, 1)), ChildFacts(date(2018, 5, 1))

    def steps(met: ChildFacts | None) -> list[str]:
        reunion = Reunion("plan-1", date(2027, 4, 5), date(2027, 4, 9), child_birth=met.birth_month if met else None)
        rows = plan.rows(Facts(children=(baby, pupil), reunion=reunion), Window(beijing(2027, 3, 1), beijing(2027, 5, 1)), beijing(2027, 3, 1))
        return [row.step for row in rows]

    assert (steps(None), steps(baby), steps(pupil)) == (["small", "big"], ["small"], ["big"])


def test_a_moved_reunion_keeps_its_key() -> None:
    def keys(start: date) -> set[tuple[str, str, str]]:
        facts = Facts(reunion=Reunion("plan-7", start, start + timedelta(days=5)))
        rows = planned(facts, beijing(2027, 1, 1), beijing(2027, 6, 1))
        return {row.key for row in rows if row.campaign == "reunion"}

    assert keys(date(2027, 3, 25)) == keys(date(2027, 4, 1))


def test_the_course_comes_when_it_is_due() -> None:
    facts = Facts(course_due=CourseDue("lesson-3", date(2027, 3, 2)))
    rows = planned(facts, beijing(2027, 3, 1), beijing(2027, 4, 1))
    assert days_of(rows, "course", "next") == [("lesson-3", "2027-03-02 12:15")]


def test_what_was_stopped_is_not_even_planned() -> None:
    first, last = beijing(2027, 1, 1), beijing(2027, 3, 1)
    assert planned(Facts(stopped=frozenset({"all"})), first, last) == []
    kinds = {row.campaign for row in planned(Facts(children=(HUNAN,), stopped=frozenset({"weekly"})), first, last)}
    assert kinds == {"spring_festival"}


@pytest.mark.parametrize(
    ("hours", "moment", "allowed"),
    [
        (Hours("night", date(2027, 3, 2)), beijing(2027, 3, 1, 9, 0), beijing(2027, 3, 1, 9, 0)),
        (Hours("night", date(2027, 3, 2)), beijing(2027, 3, 2, 9, 0), beijing(2027, 3, 2, 16, 30)),
        (Hours(), beijing(2027, 3, 1, 8, 29), beijing(2027, 3, 1, 8, 30)),
        (Hours(), beijing(2027, 3, 1, 8, 30), beijing(2027, 3, 1, 8, 30)),
        (Hours(), beijing(2027, 3, 1, 21, 29), beijing(2027, 3, 1, 21, 29)),
        (Hours(), beijing(2027, 3, 1, 21, 30), beijing(2027, 3, 2, 8, 30)),
        (Hours(), beijing(2027, 12, 31, 23, 0), beijing(2028, 1, 1, 8, 30)),
        (Hours("night"), beijing(2027, 3, 1, 12, 15), beijing(2027, 3, 1, 16, 30)),
        (Hours("night"), beijing(2027, 3, 1, 21, 30), beijing(2027, 3, 2, 16, 30)),
        # A week of days from Monday the 1st, then a week of nights: on the 15th the sleep after the last night.
        (Hours("rotating", date(2027, 3, 1)), beijing(2027, 3, 3, 12, 15), beijing(2027, 3, 3, 12, 15)),
        (Hours("rotating", date(2027, 3, 1)), beijing(2027, 3, 8, 12, 15), beijing(2027, 3, 8, 16, 30)),
        (Hours("rotating", date(2027, 3, 1)), beijing(2027, 3, 15, 12, 15), beijing(2027, 3, 15, 16, 30)),
        (Hours("rotating", date(2027, 3, 1)), beijing(2027, 3, 16, 12, 15), beijing(2027, 3, 16, 12, 15)),
        # Told before the rotation began, counted backwards.
        (Hours("rotating", date(2027, 3, 1)), beijing(2027, 2, 26, 12, 15), beijing(2027, 2, 26, 16, 30)),
        (Hours("rotating", date(2027, 3, 1), 7, True), beijing(2027, 3, 3, 12, 15), beijing(2027, 3, 3, 16, 30)),
        (Hours(not_before=time(20, 0)), beijing(2027, 3, 1, 12, 15), beijing(2027, 3, 1, 20, 0)),
        (Hours(not_after=time(12, 0)), beijing(2027, 3, 1, 12, 15), beijing(2027, 3, 2, 8, 30)),
        # Asked for the night: never earlier or later than the general hours.
        (Hours(not_before=time(6, 0), not_after=time(23, 0)), beijing(2027, 3, 1, 6, 0), beijing(2027, 3, 1, 8, 30)),
        # Hours that never come.
        (Hours("night", not_after=time(9, 0)), beijing(2027, 3, 1, 12, 0), beijing(2027, 3, 2, 12, 0)),
    ],
)
def test_the_next_moment_that_is_allowed(hours: Hours, moment: datetime, allowed: datetime) -> None:
    assert hours.next(moment) == allowed


def test_a_night_shift_moves_a_message_and_does_not_lose_it() -> None:
    rows = planned(Facts(hours=Hours("night")), beijing(2027, 1, 4), beijing(2027, 1, 10))
    assert days_of(rows, "spring_festival", "plan_30") == [("2027", "2027-01-07 16:30")]
    assert all(row.moved and row.stale_at > row.due_at for row in rows)


@pytest.mark.parametrize("variants", [2, 3, 5])
def test_words_are_never_the_same_twice_running(variants: int) -> None:
    texts = [str(number) for number in range(variants)]
    mondays = (date(2026, 1, 5) + timedelta(days=7 * number) for number in range(100))
    occurrences = ["{}-W{:02}".format(*monday.isocalendar()) for monday in mondays]
    for who in range(50):
        said = [Turn(f"p{who}", ordinal(each)).of(texts) for each in occurrences]
        assert all(one != other for one, other in zip(said, said[1:], strict=False))
        assert said == [Turn(f"p{who}", ordinal(each)).of(texts) for each in occurrences]


def test_no_entry_comes_again_before_the_others_have() -> None:
    entries = list(range(17))
    drawn = [Turn("p1", number).several(entries, 1)[0] for number in range(17)]
    assert sorted(drawn) == entries


def test_the_budget_is_known_before_anything_is_scheduled(tmp_path: Path) -> None:
    steps = "".join(
        f'  - {{step: s{day}, offset: {day}, at: "12:00", stale_after: 2d, ways: [mass], texts: [一, 二]}}\n' for day in (0, 2, 9, 12, 20)
    )
    path = tmp_path / "labour_day.yml"
    path.write_text(f"campaign: labour_day\ntitle: 五一\nkind: holiday\nanchor: labour_day\nsteps:\n{steps}", "utf-8")
    budget = Budget(Plan(Campaigns((read_campaign(path),), "x"), calendar()))
    (overrun,) = budget.overruns(date(2027, 5, 15))
    assert [step.step for step in overrun.refused] == ["s20"]
    assert [step.step for step in overrun.merge] == ["s0", "s2"]
    assert budget.over(date(2027, 5, 1)) == {("labour_day", "2027", "s20"): "labour_day/s12"}
    assert budget.overruns(date(2027, 6, 1)) == ()
    assert Budget(Plan(Campaigns((read_campaign(path),), "x"), calendar()), by_list=False).over(date(2027, 5, 1)) == {}
