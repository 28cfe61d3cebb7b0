"""A parent in the middle of the planner when a message is due: it waits for the end of the form, however that comes."""

from __future__ import annotations

from datetime import timedelta

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered

from bot.assistant.tracker_store import FORGET_SLOT, ExpiringTrackerStore
from bot.clock import ManualClock
from tests.reminders.engine import Engine
from tests.reminders.support import beijing

DOMAIN = Domain.from_yaml(f"""
version: "3.1"
intents: [start_reunion]
forms: {{reunion_form: {{required_slots: []}}}}
slots:
  {FORGET_SLOT}: {{type: bool, initial_value: false, mappings: [{{type: custom}}]}}
""")
# The digest of the week is due at 12:30.
BEFORE, DUE = beijing(2027, 1, 6, 12, 20), beijing(2027, 1, 6, 12, 31)


async def says(store: ExpiringTrackerStore, words: str, form: str | None) -> None:
    """One turn after which `form` is open."""
    tracker = await store.get_or_create_tracker("pa")
    for event in (UserUttered(words, {"name": "start_reunion", "confidence": 1.0}), ActiveLoop(form), ActionExecuted("action_listen")):
        tracker.update(event, DOMAIN)
    await store.save(tracker)


async def in_the_planner(engine: Engine, clock: ManualClock) -> ExpiringTrackerStore:
    store = ExpiringTrackerStore(DOMAIN, database=engine.database, clock=clock)
    engine.parent("pa")
    await engine.tick()
    clock.set(BEFORE)
    await says(store, "过年怎么安排", "reunion_form")
    clock.set(DUE)
    await engine.tick()
    (row,) = engine.rows(campaign="weekly", occurrence="2027-W01")
    assert engine.wire.sent == [] and row["state"] == "planned" and "busy" in row["trail"]
    return store


async def test_it_comes_when_the_plan_is_made(engine: Engine, clock: ManualClock) -> None:
    store = await in_the_planner(engine, clock)
    await says(store, "没有了", None)
    clock.turn(timedelta(minutes=10))
    await engine.tick()

    assert [row["campaign"] for row in engine.rows(state="confirmed")] == ["weekly"]


async def test_a_form_that_is_gone_on_with_keeps_it_waiting(engine: Engine, clock: ManualClock) -> None:
    store = await in_the_planner(engine, clock)
    await says(store, "二十八回", "reunion_form")
    clock.turn(timedelta(minutes=20))
    await engine.tick()

    assert engine.wire.sent == []


async def test_a_form_that_was_left_lying_ends_by_itself(engine: Engine, clock: ManualClock) -> None:
    await in_the_planner(engine, clock)
    clock.turn(timedelta(minutes=30))
    await engine.tick()

    assert len(engine.wire.sent) == 1
