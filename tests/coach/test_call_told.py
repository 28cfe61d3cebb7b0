"""How the call went, told in plain words right after the question, whatever the model takes them for."""

from __future__ import annotations

import pytest
from rasa_sdk import Action

from actions.coach import ActionCoachCall, ActionTellCallWent
from actions.lessons import ActionOfferLessons
from actions.pushed import ActionTakeAffirm, ActionTakeDeny
from bot import services
from bot.coach import calls
from bot.reminders import context
from bot.reminders.context import PushedContext
from tests.coach.conftest import TableScene


def went(scene: TableScene) -> str | None:
    with services.database().session(readonly=True) as session:
        return calls.last_went(session, scene.parent, services.clock().now())


async def asked(scene: TableScene) -> None:
    """Openers were given, and the next day the question was sent."""
    await scene.say(ActionCoachCall(), "今晚聊什么 6岁")
    scene.turn(hours=18)
    with services.database().session() as session:
        now = services.clock().now()
        context.open_context(session, scene.parent, PushedContext("call_coach", "2026-03-02", "tonight", "call_done", now))


@pytest.mark.parametrize(
    ("action", "words", "outcome"),
    [
        (ActionTakeAffirm(), "一般", calls.SO_SO),
        (ActionTakeAffirm(), "还行", calls.SO_SO),
        (ActionTakeAffirm(), "就那样", calls.SO_SO),
        (ActionTakeAffirm(), "挺好的", calls.GOOD),
        (ActionTellCallWent(), "没有", calls.NONE),
        (ActionOfferLessons(), "说了两句就挂了", calls.NONE),
        (ActionOfferLessons(), "他不接", calls.NONE),
    ],
)
async def test_a_word_after_the_question_is_about_the_call(scene: TableScene, action: Action, words: str, outcome: str) -> None:
    await asked(scene)
    await scene.say(action, words, "nlu_fallback")

    assert went(scene) == outcome


@pytest.mark.parametrize("words", ["好的", "嗯", "行", "收到"])
async def test_that_it_was_read_is_no_answer(scene: TableScene, words: str) -> None:
    await asked(scene)
    await scene.say(ActionTakeAffirm(), words, "affirm")

    assert went(scene) is None


@pytest.mark.parametrize("action", [ActionTakeAffirm(), ActionTakeDeny()])
async def test_without_the_question_it_is_what_it_always_was(scene: TableScene, action: Action) -> None:
    assert (await scene.say(action, "还行", "affirm")).startswith("utter_")


async def test_no_evening_is_named_that_nobody_knows_of(scene: TableScene) -> None:
    assert "昨晚" not in await scene.say(ActionTellCallWent(), "电话的事", "tell_call_went")
    assert "今天说的" not in await scene.say(ActionTellCallWent(), "昨天聊得很开心", "tell_call_went")


async def test_a_danger_goes_before_the_call(scene: TableScene) -> None:
    await asked(scene)
    scene.slots["danger_last"] = {"script": "choking", "at": services.clock().now().isoformat()}

    assert await scene.say(ActionTakeAffirm(), "好点了", "affirm") == "utter_over_choking"
    assert went(scene) is None
