"""A whole turn of Rasa's in which something of ours fails: the parent hears so once, and the next turn is as ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.wechat.conversation import SORRY
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

QUESTION = "怎么防溺水"


@pytest.fixture
def broken(talk: Talk) -> Iterator[list[str]]:
    """Every action that answers with a lesson, offers lessons or answers danger fails while it runs; which were asked for."""
    asked: list[str] = []
    actions = talk.questioner._agent._agent.action_endpoint._executor.actions  # type: ignore[attr-defined]
    kept = dict(actions)

    def failing(name: str) -> Any:
        async def fail(_dispatcher: CollectingDispatcher, _tracker: object, _domain: object) -> None:
            asked.append(name)
            raise RuntimeError(QUESTION)

        return fail

    for name in ("action_answer_lesson", "action_offer_lessons", "action_answer_danger"):
        actions[name] = failing(name)
    yield asked
    actions.update(kept)


async def test_a_lesson_that_fails_is_said_once_and_the_talk_goes_on(talk: Talk, broken: list[str]) -> None:
    assert await talk.say(QUESTION) == SORRY
    assert broken == ["action_answer_lesson"]
    assert SORRY not in await talk.say("谢谢")


async def test_the_fallback_that_fails_is_not_called_again_and_again(talk: Talk, broken: list[str]) -> None:
    # Nothing that a rule is for: what Rasa falls back to is the action that fails.
    assert await talk.say("/nlu_fallback") == SORRY
    assert broken == ["action_offer_lessons"]


async def test_danger_is_answered_by_its_script_even_so(talk: Talk, broken: list[str]) -> None:
    answer = await talk.say("孩子被果冻噎住了喘不上气")
    assert "120" in answer and SORRY not in answer
    assert broken == ["action_answer_danger"]
