"""Plans and answers: kept, changed, moved, called off, counted, erased."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy.orm import Session

from bot.reunion import follow_through, plans, wording
from bot.reunion.doubled import is_doubled
from bot.reunion.follow_through import NO, NOT_YET, YES, Asked, Counts
from bot.reunion.plans import Plan

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=timezone.utc)
TODAY = date(2026, 11, 26)
START, END = date(2027, 2, 4), date(2027, 2, 8)
ALICE, BOB = "palice", "pbob"


def test_a_changed_plan_keeps_its_key_and_a_new_one_after_the_parting_gets_its_own(session: Session) -> None:
    first = plans.save(session, ALICE, Plan(START, END, budget=500), NOW, TODAY)
    changed = plans.save(session, ALICE, Plan(START, END + timedelta(days=2)), NOW, TODAY)
    later = plans.save(session, ALICE, Plan(date(2027, 7, 1), date(2027, 7, 9)), NOW, date(2027, 2, 12))

    assert changed.key == first.key and changed.days == 7 and changed.budget is None
    assert later.key != first.key
    assert plans.current(session, ALICE, date(2027, 2, 12)) == later


def test_a_plan_is_there_until_its_aftercare_is_over(session: Session) -> None:
    plan = plans.save(session, ALICE, Plan(START, END), NOW, TODAY)

    # The message of the tenth day may be told for seven days more.
    assert plans.current(session, ALICE, END + timedelta(days=17)) == plan
    assert plans.current(session, ALICE, END + timedelta(days=19)) is None


def test_moving_keeps_the_number_of_days(session: Session) -> None:
    plans.save(session, ALICE, Plan(START, END, about=True), NOW, TODAY)
    moved = plans.move(session, ALICE, date(2027, 2, 11), TODAY)

    assert moved is not None and (moved.start, moved.days, moved.about) == (date(2027, 2, 11), 5, False)
    assert plans.move(session, BOB, START, TODAY) is None
    assert plans.move(session, ALICE, date(2027, 3, 1), date(2027, 2, 20)) is None, "they have parted"


def test_calling_off_can_be_taken_back(session: Session) -> None:
    plan = plans.save(session, ALICE, Plan(START, END), NOW, TODAY)
    assert plans.cancel(session, ALICE, NOW, TODAY) == plan
    assert plans.current(session, ALICE, TODAY) is None and plans.cancel(session, ALICE, NOW, TODAY) is None

    assert plans.restore(session, ALICE, NOW + timedelta(hours=1), TODAY) is None
    assert plans.restore(session, ALICE, NOW - timedelta(hours=1), TODAY) == plan
    assert plans.current(session, ALICE, TODAY) == plan


def test_it_reads_many_parents_at_once(session: Session) -> None:
    plan = plans.save(session, ALICE, Plan(START, END), NOW, TODAY)
    plans.save(session, "pzoe", Plan(START, END), NOW, TODAY)

    assert plans.between(session, ALICE, BOB, TODAY) == {ALICE: plan}
    assert set(plans.of(session, [ALICE, BOB, "pzoe"], TODAY)) == {ALICE, "pzoe"}


def test_the_last_answer_to_a_step_counts(session: Session) -> None:
    gift = Asked("reunion", "plan-1", "gifts_12", "gift_done")
    follow_through.note(session, ALICE, gift, NOT_YET, NOW)
    follow_through.note(session, ALICE, Asked("reunion", "plan-1", "gifts_12?", "gift_done"), YES, NOW)
    follow_through.note(session, BOB, Asked("reunion", "plan-2", "gifts_12", "gift_done"), NO, NOW)
    follow_through.note(session, BOB, Asked("reunion", "plan-2", "tickets_16", "ticket_done"), YES, NOW)

    counts = follow_through.follow_through(session)
    assert counts == {"gift_done": Counts(yes=1, no=1), "ticket_done": Counts(yes=1)}
    assert counts["gift_done"].answered == 2
    assert follow_through.follow_through(session, since=NOW + timedelta(days=1)) == {}
    with pytest.raises(ValueError, match="no answer"):
        follow_through.note(session, BOB, gift, "maybe", NOW)


def test_it_forgets_a_parent_and_old_plans(session: Session) -> None:
    plans.save(session, ALICE, Plan(START, END), NOW, TODAY)
    follow_through.note(session, ALICE, Asked("reunion", "plan-1", "gifts_12", "gift_done"), YES, NOW)
    assert plans.erase(session, ALICE) == 2 and follow_through.follow_through(session) == {}

    plans.save(session, BOB, Plan(START, END), NOW, TODAY)
    assert plans.purge(session, END) == 0 and plans.purge(session, END + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("kind", "expect", "lesson", "day", "doubled"),
    [
        ("holiday", "ticket_done", "train-tickets", START - timedelta(days=15), True),
        ("holiday", "gift_done", "", START - timedelta(days=12), True),
        ("holiday", "", "festivals-apart", START - timedelta(days=21), True),
        ("holiday", "safety_done", "fireworks", START - timedelta(days=3), False),
        ("vacation", "plan_done", "summer-visit", START - timedelta(days=30), True),
        ("vacation", "", "drowning", START, False),
        ("holiday", "ticket_done", "train-tickets", START - timedelta(days=31), False),
        ("reunion", "ticket_done", "train-tickets", START - timedelta(days=15), False),
    ],
)
def test_a_festival_does_not_say_what_the_plan_says(kind: str, expect: str, lesson: str, day: date, doubled: bool) -> None:
    assert is_doubled(kind, expect, lesson, day, START, END) is doubled


@pytest.mark.parametrize(("born", "asked"), [(date(2026, 7, 1), False), (date(2019, 5, 1), True), (None, True)])
def test_a_baby_is_not_asked_for_three_wishes(born: date | None, asked: bool) -> None:
    plan = Plan(date(2027, 2, 4), date(2027, 2, 8), child_birth=born)

    assert ("三件事" in wording.in_one_message(plan, date(2027, 1, 10))) is asked
