"""The facts of a parent, from what the rooms keep; one at a time and by ranges the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.clock import ManualClock
from bot.course import progress
from bot.db import Database
from bot.people import parents, preferences
from bot.people.parents import Child, Meeting
from bot.people.preferences import Shift
from bot.reminders.facts import ChildFacts, Facts
from bot.reminders.hours import Hours
from bot.reminders.people import People
from bot.reunion import plans
from bot.reunion.plans import Plan

CHILD = Child(date(2019, 5, 1), False, "女孩", "湖南", "爷爷奶奶")


def facts(database: Database, clock: ManualClock, key: str = "pa") -> Facts | None:
    with database.session(readonly=True) as session:
        one, many = People(clock.now).many(session, [key]), People(clock.now).between(session, "p", "q")
    assert many.get(key) == one.get(key)
    return one.get(key)


def test_of_a_stranger_nothing_is_known(database: Database, clock: ManualClock) -> None:
    assert facts(database, clock) is None


def test_children_count_only_with_consent(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        parents.record_consent(session, "pa", True, clock.now())
        parents.add_child(session, "pa", CHILD, clock.now())
    found = facts(database, clock)
    assert found and found.children == (ChildFacts(date(2019, 5, 1), False, "湖南", "爷爷奶奶", "女孩"),)
    with database.session() as session:
        parents.record_consent(session, "pa", False, clock.now())
    assert facts(database, clock) in (None, Facts())


def test_wishes_become_hours_and_stops(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        preferences.set_shift(session, "pa", Shift("rotating", date(2027, 1, 4), 7, True))
        preferences.set_hours(session, "pa", time(10), None)
        preferences.stop_kinds(session, "pa", ["weekly"])
        preferences.spare_until(session, "pa", date(2027, 3, 1))
    found = facts(database, clock)
    assert found is not None
    assert found.hours == Hours("rotating", date(2027, 1, 4), 7, True, time(10))
    assert (found.stopped, found.grief_until) == ({"weekly"}, date(2027, 3, 1))


def test_a_shift_with_an_end_gives_way_to_the_one_before(database: Database, clock: ManualClock) -> None:
    monday = date(2027, 1, 4)
    with database.session() as session:
        preferences.set_shift(session, "pa", Shift("rotating", monday, 7, starts_with_night=False))
        preferences.set_shift(session, "pa", Shift("night", date(2027, 1, 6), until=date(2027, 1, 8)))
    found = facts(database, clock)
    assert found is not None
    nights = [number for number in range(14) if found.hours.works_nights(monday + timedelta(days=number))]
    # Wednesday to Friday, and from the next Monday on the rotation's nights.
    assert nights == [2, 3, 4, 7, 8, 9, 10, 11, 12, 13]
    # The morning after the last night is slept through.
    assert found.hours.open(date(2027, 1, 9))[0].hour == 16 and found.hours.open(date(2027, 1, 10))[0].hour == 8


def test_stop_all_is_above_kinds(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        parents.stop_reminders(session, "pa", clock.now())
    found = facts(database, clock)
    assert found and not any(found.wants(kind) for kind in ("weekly", "reunion"))


def test_a_plan_goes_before_what_the_profile_says(database: Database, clock: ManualClock) -> None:
    today = date(2027, 1, 4)
    with database.session() as session:
        parents.set_meeting(session, "pa", Meeting("过年", date(2027, 2, 6)))
    found = facts(database, clock)
    assert found and found.reunion and found.reunion.key == "2027-02" and not found.reunion.planned
    with database.session() as session:
        plan = Plan(date(2027, 2, 3), date(2027, 2, 12), child_birth=date(2019, 5, 1))
        plans.save(session, "pa", plan, clock.now(), today)
    found = facts(database, clock)
    assert found and found.reunion and (found.reunion.start, found.reunion.end) == (date(2027, 2, 3), date(2027, 2, 12))
    assert found.reunion.planned and found.reunion.child_birth == date(2019, 5, 1)
    with database.session() as session:
        plans.move(session, "pa", date(2027, 2, 10), today)
    moved = facts(database, clock)
    assert moved and moved.reunion and moved.reunion.key == found.reunion.key


def test_the_course_has_a_next_day(database: Database, clock: ManualClock) -> None:
    with database.session() as session:
        progress.choose_pace(session, "pa", "weekly", clock.now())
    found = facts(database, clock)
    assert found and found.course == "started" and found.course_due is not None
    here = clock.now() + timedelta(hours=8)
    assert found.course_due.on == datetime.date(here) + timedelta(days=7)
