"""With a plan around Spring Festival the festival's series says only what the plan does not: on the real campaigns."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.calendar import Calendar
from bot.content.vacations import read_vacations
from bot.reminders.campaigns import load_campaigns
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.plan import Plan, Window
from tests.conftest import ROOT

FIRST = datetime(2026, 12, 31, 16, tzinfo=timezone.utc)
WINDOW = Window(FIRST, FIRST + timedelta(days=60))
CHILD = ChildFacts(date(2019, 5, 1), province="四川", carer="爷爷奶奶")
HOME = Reunion("plan-1", date(2027, 2, 4), date(2027, 2, 10))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(load_campaigns(ROOT / "content/campaigns"), Calendar(read_vacations(ROOT / "content/calendar/vacations.yml")))


def steps(plan: Plan, campaign: str, reunion: Reunion | None) -> set[str]:
    rows = plan.rows(Facts(children=(CHILD,), reunion=reunion), WINDOW, FIRST)
    return {row.step for row in rows if row.campaign == campaign}


def test_tickets_gifts_and_the_parting_come_once(plan: Plan) -> None:
    doubled = {"tickets_15", "gifts_12", "caregiver_7", "together", "before_parting", "parting", "staying_21"}

    assert doubled <= steps(plan, "spring_festival", None)
    assert doubled & steps(plan, "spring_festival", HOME) == set()
    assert {"tickets_16", "gifts_12", "caregiver_6", "together"} <= steps(plan, "reunion", HOME)
    assert {"tell_2", "parting_0", "call_1", "after_10"} <= steps(plan, "reunion_parting", HOME)


def test_new_year_is_greeted_and_not_talked_over(plan: Plan) -> None:
    rows = plan.rows(Facts(children=(CHILD,), reunion=HOME), WINDOW, FIRST)
    together = [row.due_at.date() for row in rows if row.step == "together"]

    assert {"journey_1", "new_year"} <= {row.step for row in rows if row.campaign == "spring_festival"}
    assert together == [date(2027, 2, day) for day in (7, 8, 9, 10)]
    # A word on screens would have gone before the greeting of New Year's Day.
    assert [row.step for row in rows if row.due_at.date() == date(2027, 2, 6)] == ["new_year"]
    # Who wants no festivals, or grieves, hears of the days together on these days too.
    for facts in (Facts(stopped=frozenset({"holiday"}), reunion=HOME), Facts(grief_until=date(2027, 3, 1), reunion=HOME)):
        days = [row.due_at.date() for row in plan.rows(facts, WINDOW, FIRST) if row.step == "together"]
        assert {date(2027, 2, 5), date(2027, 2, 6)} <= set(days)


def test_the_digest_waits_while_they_are_together(plan: Plan) -> None:
    digests = [row.due_at.date() for row in plan.rows(Facts(children=(CHILD,), reunion=HOME), WINDOW, FIRST) if row.campaign == "weekly"]

    assert date(2027, 1, 28) in digests and date(2027, 2, 11) in digests
    assert date(2027, 2, 4) not in digests


def test_what_keeps_a_child_safe_comes_anyway(plan: Plan) -> None:
    assert "safety_3" in steps(plan, "spring_festival", HOME)
    assert {"before_7", "fire_2"} <= steps(plan, "winter_vacation", HOME)


def test_a_reunion_at_another_time_changes_nothing(plan: Plan) -> None:
    summer = Reunion("plan-1", date(2027, 7, 10), date(2027, 8, 20))

    assert steps(plan, "spring_festival", summer) == steps(plan, "spring_festival", None)


def test_a_day_in_the_profile_leaves_the_parting_to_the_festival(plan: Plan) -> None:
    named = Reunion("2027-02", date(2027, 2, 6), date(2027, 2, 6), planned=False)

    assert steps(plan, "reunion_parting", named) == set()
    assert {"together", "before_parting", "parting"} <= steps(plan, "spring_festival", named)
    assert {"tickets_15", "gifts_12", "caregiver_7"} & steps(plan, "spring_festival", named) == set()


def test_who_does_not_go_by_train_hears_no_more_of_tickets(plan: Plan) -> None:
    by_bus = Reunion("plan-1", HOME.start, HOME.end, by_train=False)

    assert "tickets_16" not in steps(plan, "reunion", by_bus)
    assert "gifts_12" in steps(plan, "reunion", by_bus)


SUMMER_FIRST = datetime(2027, 5, 31, 16, tzinfo=timezone.utc)
SUMMER = Window(SUMMER_FIRST, SUMMER_FIRST + timedelta(days=100))
VISIT = Reunion("plan-1", date(2027, 7, 10), date(2027, 8, 20), child_comes=True)
PREPARE, WITH_THE_CHILD = {"care_30", "child_spaces_14"}, {"dormitory_5"}


def in_summer(plan: Plan, reunion: Reunion | None) -> set[str]:
    rows = plan.rows(Facts(children=(CHILD,), reunion=reunion), SUMMER, SUMMER_FIRST)
    return {row.step for row in rows if row.campaign == "summer"}


def test_a_child_that_comes_for_the_summer_needs_a_safe_place(plan: Plan) -> None:
    assert (PREPARE | WITH_THE_CHILD) & in_summer(plan, None) == set() and {"decide_30", "call_8"} <= in_summer(plan, None)
    coming = in_summer(plan, VISIT)

    assert coming >= PREPARE | WITH_THE_CHILD
    # It is decided, and who is there is not telephoned with; the plan itself tells the first day, a game a day and the parting.
    assert {"decide_30", "call_8", "arrival_2", "play_12", "leaving_10", "back_3"} & coming == set()
    assert {"water_7", "heat_16"} <= coming


def test_a_parent_that_goes_home_in_summer_needs_no_place_at_the_factory(plan: Plan) -> None:
    going = in_summer(plan, replace(VISIT, child_comes=False))

    assert going & (PREPARE | WITH_THE_CHILD) == set()


def test_the_words_of_a_plan_are_true_whoever_travels() -> None:
    campaigns = load_campaigns(ROOT / "content/campaigns")
    texts = [text for slug in ("reunion", "reunion_parting") for step in campaigns.by_slug[slug].steps for text in step.texts]
    one_sided = re.compile("我来了|我到了|我一定到|我坐车|我去上班|您路上|从家里回|我走了|您的包|您到家|到站")

    assert [found[0] for text in texts if (found := one_sided.search(text))] == []
