"""What WeChat made of a call: tried again, another way, never again, or all in one mass message."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import ManualClock
from bot.reminders.gateway import Fate, Reach, Result
from bot.reminders.hours import BEIJING
from tests.reminders.engine import Engine
from tests.reminders.support import FOLLOWS, SEVEN, beijing


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
