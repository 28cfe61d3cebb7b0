"""What is due for a reunion moves with its plan, ends with it, and is never told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.clock import ManualClock
from bot.reminders import contact, outbox
from bot.reminders.facts import Facts
from bot.reminders.gateway import Reach
from tests.reminders.engine import Engine, with_tickets
from tests.reminders.support import FOLLOWS, OPEN, SEVEN, around, beijing


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
