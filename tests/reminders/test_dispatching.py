"""From plan to parent: what is sent when, by which way, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.reminders import contact, context, outbox
from bot.reminders.campaigns import Campaigns
from bot.reminders.facts import ChildFacts, Facts, Reunion
from bot.reminders.gateway import Fate, Reach, Result
from bot.reminders.hours import BEIJING
from tests.reminders.engine import Engine
from tests.reminders.support import FOLLOWS, OPEN, Known, beijing

SEVEN = Facts(children=(ChildFacts(date(2019, 5, 1), province="湖南"),))


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


async def test_those_without_a_way_of_their_own_get_one_mass_message(engine: Engine) -> None:
    for key in ("pa", "pb", "pc"):
        engine.parent(key, SEVEN, FOLLOWS)
    engine.parent("pd", SEVEN)
    await engine.until(beijing(2027, 1, 7, 18))
    ((client_id, keys, text),) = engine.wire.mass
    assert keys == ("pa", "pb", "pc") and client_id.startswith("jiashu-")
    assert text in engine.campaigns.by_slug["spring_festival"].by_name["plan_30"].texts
    assert {row["state"] for row in engine.rows(step="plan_30")} == {"sent", "confirmed"}


async def test_a_mass_message_to_one_is_no_mass_message(engine: Engine) -> None:
    engine.parent("pa", SEVEN, FOLLOWS)
    await engine.until(beijing(2027, 1, 7, 18))
    assert engine.wire.mass == []
    assert [row["state"] for row in engine.rows(step="plan_30")] == ["kept"]


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


async def test_those_who_left_get_nothing_more(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN)
    await engine.tick()
    engine.wire.results = [Result(Fate.GONE, "43004")]
    await engine.until(beijing(2027, 1, 6, 14))
    assert {row["state"] for row in engine.rows()} == {"cancelled"}


async def test_what_was_not_taken_is_tried_again(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    engine.wire.results = [Result(Fate.LATER, "-1")]
    await engine.until(beijing(2027, 1, 6, 18))
    assert len(engine.wire.sent) == 1
    assert [row["state"] for row in engine.rows(occurrence="2027-W01")] == ["confirmed"]


async def test_what_may_have_arrived_is_never_sent_again(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    engine.wire.results = [Result(Fate.UNSURE)]
    await engine.until(beijing(2027, 1, 7, 8))
    assert engine.wire.sent == []
    assert [row["state"] for row in engine.rows(occurrence="2027-W01")] == ["unsure"]


async def test_a_closed_way_leads_to_the_next(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    engine.wire.results = [Result(Fate.CLOSED, "45015")]
    await engine.until(beijing(2027, 1, 6, 12))
    engine.clock.set(beijing(2027, 1, 6, 12, 40))
    await engine.dispatcher.tick()
    engine.wire.parents["pa"] = FOLLOWS
    engine.clock.turn(timedelta(minutes=2))
    await engine.dispatcher.tick()
    assert [row["state"] for row in engine.rows(occurrence="2027-W01")] == ["kept"]


async def test_a_paused_way_waits_and_goes_on(engine: Engine) -> None:
    engine.parent("pa", SEVEN)
    midnight = beijing(2027, 1, 7)
    engine.wire.results = [Result(Fate.LATER, "45009", pause_until=midnight)]
    await engine.until(beijing(2027, 1, 7, 9))
    (row,) = engine.rows(occurrence="2027-W01")
    assert engine.wire.sent == [] and "paused" in row["trail"]
    # The day after: the holiday's message goes first, then this one.
    await engine.until(beijing(2027, 1, 8, 14))
    (row,) = engine.rows(occurrence="2027-W01")
    assert row["state"] == "confirmed" and row["sent_at"].astimezone(BEIJING).day == 8


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


def around(start: date, key: str = "plan-1", **more: Any) -> Facts:
    return Facts(children=SEVEN.children, reunion=Reunion(key, start, start + timedelta(days=9), **more))


def with_tickets(engine: Engine, ways: tuple[str, ...] = ("customer_service", "next_contact"), expect: str = "") -> Engine:
    """With one campaign of one step: tickets, fifteen days before a reunion."""
    reunion = engine.campaigns.by_slug["reunion"]
    step = replace(reunion.steps[0], ways=ways, expect=expect)
    return engine.reborn(changed=Campaigns((replace(reunion, steps=(step,)),), "tickets"))


async def test_only_what_was_given_to_wechat_is_an_attempt(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", SEVEN, Reach(following=True, custom_left=4, busy=True))
    await engine.until(beijing(2027, 1, 6, 18))
    engine.parent("pa", SEVEN)
    engine.wire.results = [Result(Fate.LATER, "-1")]
    clock.turn(timedelta(minutes=20))
    await engine.tick()

    (row,) = engine.rows(occurrence="2027-W01")
    assert row["trail"].count("busy@") and row["attempts"] == 1
    # The first refusal is tried again after a minute, however often the parent was busy before.
    assert row["not_before"] == clock.now() + timedelta(minutes=1)


async def test_a_mass_message_is_an_attempt_when_it_is_sent(engine: Engine) -> None:
    for key in ("pa", "pb"):
        engine.parent(key, SEVEN, FOLLOWS)
    engine.wire.results = [Result(Fate.LATER, "-1")]
    await engine.until(beijing(2027, 1, 7, 15))

    assert len(engine.wire.mass) == 1
    assert [row["attempts"] for row in engine.rows(step="plan_30")] == [2, 2]


async def test_a_plan_that_was_called_off_is_not_asked_about(engine: Engine, clock: ManualClock) -> None:
    engine.parent("pa", around(date(2027, 1, 21)))
    await engine.until(beijing(2027, 1, 6, 18))
    assert [row["state"] for row in engine.rows(step="tickets?")] == ["planned"]

    engine.known.facts["pa"] = SEVEN
    await engine.until(beijing(2027, 1, 9, 12))
    assert [row["state"] for row in engine.rows(step="tickets?")] == ["cancelled"]


@pytest.mark.parametrize(
    "now_known",
    [
        SEVEN,
        around(date(2027, 1, 28)),
        around(date(2027, 1, 21), key="plan-2"),
        around(date(2027, 1, 21), by_train=False),
        replace(around(date(2027, 1, 21)), done=frozenset({"ticket_done"})),
        replace(around(date(2027, 1, 21)), stopped=frozenset({"reunion"})),
    ],
    ids=["called off", "moved", "another", "by bus", "bought", "stopped"],
)
async def test_what_waits_is_not_told_when_the_parent_just_said_otherwise(
    engine: Engine, clock: ManualClock, now_known: Facts
) -> None:
    engine = with_tickets(engine, expect="ticket_done")
    engine.parent("pa", around(date(2027, 1, 21)), FOLLOWS)
    await engine.until(beijing(2027, 1, 6, 18))
    with engine.database.session() as session:
        assert len(contact.waiting_for(session, "pa", clock.now(), engine.known)) == 1
        engine.known.facts["pa"] = now_known
        assert contact.waiting_for(session, "pa", clock.now(), engine.known) == ()


async def test_what_waits_moves_with_the_plan_and_ends_with_it(engine: Engine, clock: ManualClock) -> None:
    engine = with_tickets(engine)
    engine.parent("pa", around(date(2027, 1, 21)), FOLLOWS)
    engine.parent("pb", around(date(2027, 1, 21)), FOLLOWS)
    await engine.until(beijing(2027, 1, 6, 18))
    assert [row["state"] for row in engine.rows(step="tickets")] == ["kept", "kept"]

    engine.known.facts |= {"pa": around(date(2027, 1, 26)), "pb": SEVEN}
    engine.wire.active = ["pa", "pb"]
    await engine.tick()
    moved, ended = engine.rows(step="tickets")
    assert (moved["state"], moved["words"], moved["due_at"]) == ("planned", None, beijing(2027, 1, 11, 10))
    assert (ended["state"], ended["words"]) == ("cancelled", None)

    engine.wire.active = []
    engine.wire.parents["pa"] = OPEN
    await engine.until(beijing(2027, 1, 11, 12))
    assert [row["state"] for row in engine.rows(step="tickets", parent_key="pa")] == ["confirmed"]


@pytest.mark.parametrize(("ways", "missed"), [(("customer_service",), "refused"), (("customer_service", "next_contact"), "stale")])
async def test_what_was_missed_comes_again_when_its_plan_is_put_off(
    engine: Engine, clock: ManualClock, ways: tuple[str, ...], missed: str
) -> None:
    engine = with_tickets(engine, ways)
    engine.parent("pa", around(date(2027, 1, 21)), FOLLOWS)
    await engine.until(beijing(2027, 1, 12), timedelta(hours=3))
    with engine.database.session() as session:
        outbox.make_stale(session, clock.now())
    engine.wire.active = ["pa"]
    await engine.tick()
    assert [row["state"] for row in engine.rows(step="tickets")] == [missed]

    engine.parent("pa", around(date(2027, 2, 20)))
    await engine.until(beijing(2027, 2, 5, 12), timedelta(hours=3))
    assert [row["state"] for row in engine.rows(step="tickets")] == ["confirmed"]


async def test_what_is_told_while_it_is_planned_anew_is_not_sent_as_well(engine: Engine, clock: ManualClock) -> None:
    engine = with_tickets(engine)
    engine.parent("pa", around(date(2027, 1, 21)), FOLLOWS)
    await engine.until(beijing(2027, 1, 6, 18))
    with engine.database.session() as session:
        given = contact.waiting_for(session, "pa", clock.now(), engine.known)
    # Between the look and the answer the planner moves the row.
    engine.known.facts["pa"] = around(date(2027, 1, 22))
    engine.wire.active = ["pa"]
    await engine.tick()
    with engine.database.session() as session:
        contact.told(session, "pa", given, clock.now())

    engine.wire.parents["pa"] = OPEN
    await engine.until(beijing(2027, 1, 10))
    assert [(row["state"], row["way"]) for row in engine.rows(step="tickets")] == [("confirmed", "next_contact")]
    assert not any("票" in text for _, _, text in engine.wire.sent)


@pytest.mark.parametrize("reach", [OPEN, FOLLOWS], ids=["sent", "told"])
async def test_a_plan_after_a_day_in_the_profile_says_nothing_again(engine: Engine, clock: ManualClock, reach: Reach) -> None:
    engine = with_tickets(engine)
    engine.parent("pa", around(date(2027, 1, 21), key="2027-01", planned=False), reach)
    await engine.until(beijing(2027, 1, 6, 18))
    if reach is FOLLOWS:
        with engine.database.session() as session:
            contact.told(session, "pa", contact.waiting_for(session, "pa", clock.now(), engine.known), clock.now())
    engine.parent("pa", around(date(2027, 1, 22), key="plan-1"))
    engine.wire.active = ["pa"]
    await engine.until(beijing(2027, 1, 11))

    states = {row["occurrence"]: row["state"] for row in engine.rows(step="tickets")}
    assert states == {"2027-01": "confirmed", "plan-1": "cancelled"}


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
