"""From plan to parent: what is sent when, by which way, and what becomes of the rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.clock import ManualClock
from bot.reminders import contact, context, outbox
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.gateway import Reach
from bot.reminders.hours import BEIJING
from tests.reminders.engine import Engine
from tests.reminders.support import FOLLOWS, SEVEN, Known, beijing


async def test_it_sends_what_is_due_once(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 8, 9))
    assert [(key, way) for key, way, _ in engine.wire.sent] == [("pa", "customer_service")] * 2
    sent = engine.rows(state="confirmed")
    assert [(row["campaign"], row["step"]) for row in sent] == [("weekly", "digest"), ("spring_festival", "plan_30")]
    assert [row["sent_at"].astimezone(BEIJING).strftime("%d %H") for row in sent] == ["06 13", "07 13"]


async def test_a_closed_window_keeps_it_for_the_next_contact(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 6, 18))
    assert engine.wire.sent == []
    assert [row["state"] for row in engine.rows(campaign="weekly", occurrence="2027-W01")] == ["kept"]

    with engine.database.session() as session:
        (waiting,) = contact.waiting_for(session, "pa", clock.now(), engine.known)
        assert waiting.text.startswith("对了")
        contact.told(session, "pa", [waiting], clock.now())
        assert contact.waiting_for(session, "pa", clock.now(), engine.known) == ()
        opened = context.open_for(session, "pa", clock.now())
        assert opened is not None and opened.step == "digest"
    (row,) = engine.rows(campaign="weekly", occurrence="2027-W01")
    assert (row["state"], row["way"], row["words"]) == ("confirmed", "next_contact", None)


async def test_what_was_kept_too_long_is_not_told(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 6, 18))
    clock.turn(timedelta(days=5))
    with engine.database.session() as session:
        assert contact.waiting_for(session, "pa", clock.now(), engine.known) == ()
        outbox.make_stale(session, clock.now())
    (row,) = engine.rows(campaign="weekly", occurrence="2027-W01")
    assert (row["state"], row["words"]) == ("stale", None)


async def test_a_notification_carries_a_line_and_the_words_are_told_later(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, Reach(following=True, consents=1))
    await engine.until(beijing(2027, 1, 6, 18))
    assert [way for _, way, _ in engine.wire.sent] == ["subscription"]
    (row,) = engine.rows(campaign="weekly", occurrence="2027-W01")
    assert row["state"] == "sent" and row["words"]


async def test_at_most_one_a_day_and_three_a_week(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 2, 20))
    days = [row["sent_at"].astimezone(BEIJING).date() for row in engine.rows(state="confirmed")]
    assert len(days) == len(set(days)) > 8
    assert all(sum(first <= day < first + timedelta(days=7) for day in days) <= 3 for first in days)


async def test_the_journey_goes_before_the_digest(engine: Engine, clock: ManualClock) -> None:
    # Tickets and the digest want the same Wednesday.
    engine.parent("pa", Facts(children=SEVEN.children, reunion=Reunion("r", date(2027, 1, 21), date(2027, 1, 30))))
    await engine.until(beijing(2027, 1, 7, 8))
    assert [row["step"] for row in engine.rows(state="confirmed")] == ["tickets"]
    (digest,) = engine.rows(campaign="weekly", occurrence="2027-W01")
    assert digest["state"] == "planned" and "day_full" in digest["trail"]


async def test_a_gift_step_asks_whether_it_was_done(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 22, 20))
    with engine.database.session() as session:
        opened = context.open_for(session, "pa", clock.now())
        assert opened is not None and opened.expect == "gift_done"
    await engine.until(beijing(2027, 1, 26, 12))
    (asked,) = engine.rows(step="gifts_15?")
    assert asked["state"] == "confirmed"
    assert "做了吗" in engine.wire.sent[-1][2] or "做了吗" in engine.wire.sent[-2][2]


async def test_who_answered_is_not_asked_again(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 22, 20))
    with engine.database.session() as session:
        opened = context.open_for(session, "pa", clock.now())
        assert opened is not None
        context.answered(session, "pa", opened, clock.now())
    await engine.until(beijing(2027, 1, 28))
    assert [row["state"] for row in engine.rows(step="gifts_15?")] == ["cancelled"]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(stopped=frozenset({"all"})), "stopped_all"),
        (Facts(stopped=frozenset({"holiday"})), "stopped_kind"),
        (Facts(children=SEVEN.children, grief_until=date(2027, 6, 1)), "grief"),
        (Facts(children=SEVEN.children, apart=False), "not_apart"),
    ],
)
async def test_what_changed_after_planning_counts_when_it_is_sent(
    engine: Engine, clock: ManualClock, facts: Facts, reason: str
) -> None:
    engine.parent("pa", SEVEN)
    clock.set(beijing(2027, 1, 20, 9))
    await engine.tick()
    engine.known.facts["pa"] = facts
    clock.set(beijing(2027, 1, 22, 13))
    await engine.dispatcher.tick()
    (row,) = engine.rows(step="gifts_15")
    assert row["state"] == "cancelled" and reason in row["trail"]


async def test_who_is_writing_is_not_pushed_at(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, Reach(following=True, custom_left=4, busy=True))
    await engine.until(beijing(2027, 1, 6, 18))
    assert engine.wire.sent == []
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 6, 20))
    assert len(engine.wire.sent) == 1


async def test_a_new_parent_gets_what_is_still_fresh(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    clock.set(beijing(2027, 1, 7, 15))
    await engine.tick()
    clock.set(beijing(2027, 1, 8, 14))
    # Followed a day after the step that stays fresh for five.
    engine.parent("pb", SEVEN)
    engine.wire.active = ["pb"]
    await engine.tick()
    await engine.until(beijing(2027, 1, 11))
    assert "plan_30" in {row["step"] for row in engine.rows(parent_key="pb", state="confirmed")}


async def test_a_changed_mind_changes_the_plan(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    engine.known = Known()
    planned = {row["step"] for row in engine.rows(state="planned")}
    engine.planner._source.facts["pa"] = Facts(stopped=frozenset({"weekly"}))  # type: ignore[attr-defined]
    engine.wire.active = ["pa"]
    await engine.tick()
    assert planned - {row["step"] for row in engine.rows(state="planned")} == {"digest"}
    assert {row["state"] for row in engine.rows(step="digest")} == {"cancelled"}


async def test_a_child_that_is_not_in_the_profile_any_more_has_no_birthday(engine: Engine, clock: ManualClock) -> None:
    brother = ChildFacts(date(2021, 6, 1))
    engine.parent("pa", Facts(children=(ChildFacts(date(2019, 2, 1)), brother)))
    clock.set(beijing(2027, 1, 24, 9))
    await engine.tick()
    engine.known.facts["pa"] = Facts(children=(brother,))
    clock.set(beijing(2027, 1, 25, 19, 30))
    await engine.dispatcher.tick()

    (row,) = engine.rows(campaign="birthday")
    assert row["state"] == "cancelled" and "no_child" in row["trail"]


async def test_what_was_told_beside_an_answer_leaves_the_day_free(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 7, 9))
    with engine.database.session() as session:
        (waiting,) = contact.waiting_for(session, "pa", clock.now(), engine.known)
        contact.told(session, "pa", [waiting], clock.now())
    # The digest was told this morning; the holiday's message of noon goes all the same.
    engine.parent("pa", SEVEN)
    await engine.until(beijing(2027, 1, 7, 14))

    assert [row["step"] for row in engine.rows(state="confirmed", way="customer_service")] == ["plan_30"]
