"""A parent who answers the planner's questions."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reunion import ActionFinishReunion, ActionStartReunion, ValidateReunionForm
from bot import services
from bot.people import parents
from bot.people.parents import Meeting
from tests.reunion.conftest import ReunionScene


async def answer(scene: ReunionScene, slot: str, text: str, intent: str = "nlu_fallback") -> Any:
    """What the form takes from a message while it asks for `slot`; kept in the talk as Rasa would."""
    form = ValidateReunionForm()
    latest = {"text": text, "intent": {"name": intent}, "entities": []}
    slots = {**scene.slots, "requested_slot": slot}
    tracker = Tracker(scene.parent, slots, latest, [], False, None, {"name": "reunion_form"}, "action_listen")
    dispatcher = CollectingDispatcher()
    taken = await getattr(form, f"extract_{slot}")(dispatcher, tracker, {})
    if slot not in taken:
        return None
    validate = getattr(form, f"validate_{slot}", None)
    kept = await validate(taken[slot], dispatcher, tracker, {}) if validate else taken
    scene.slots.update(kept)
    scene.said = dispatcher.messages
    return kept[slot]


async def asked(scene: ReunionScene) -> list[str]:
    """Which slots the form still wants."""
    tracker = Tracker(scene.parent, dict(scene.slots), {}, [], False, None, {"name": "reunion_form"}, "action_listen")
    wanted = await ValidateReunionForm().required_slots([], CollectingDispatcher(), tracker, {})
    return [slot for slot in wanted if scene.slots.get(slot) is None]


async def planned(scene: ReunionScene, **said: str) -> str:
    """Begin and answer everything; the answer at the end."""
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    usual = {"when": "腊月二十八", "who": "我回家", "days": "五天", "budget": "500", "promise": "没有"}
    for name, text in {**usual, **said}.items():
        assert await answer(scene, f"reunion_{name}", text) is not None, name
    assert await asked(scene) == []
    return await scene.run(ActionFinishReunion())


def meeting(scene: ReunionScene) -> Meeting | None:
    with services.database().session(readonly=True) as session:
        return parents.profile(session, scene.parent).meeting
