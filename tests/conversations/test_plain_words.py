"""Plain words about journey, shift and messages, with the trained model: what comes of them, and what they leave alone."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk
from tests.conversations.plain_state import holds, is_lesson, is_right, set_up
from tests.conversations.plain_words import (
    MESSAGES,
    MESSAGES_2,
    MESSAGES_3,
    NEAR,
    NEAR_2,
    NEAR_3,
    PLAN,
    PLAN_2,
    PLAN_3,
    SHIFT,
    SHIFT_2,
    SHIFT_3,
    TALK,
)

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(("before", "words", "wanted"), [*PLAN, *SHIFT, *MESSAGES, *PLAN_2, *PLAN_3, *SHIFT_2, *SHIFT_3, *MESSAGES_2, *MESSAGES_3])
async def test_what_comes_of_plain_words(talk: Talk, before: str, words: str, wanted: str) -> None:
    set_up(talk.parent, before)
    held = holds(talk.parent)

    reply = await talk.say(words)

    now = holds(talk.parent)
    assert is_right(wanted, held, now, reply), f"{sorted(now)} {reply}"


@pytest.mark.parametrize("words", TALK)
async def test_small_talk_is_no_news_of_the_journey(talk: Talk, words: str) -> None:
    set_up(talk.parent, "计划")
    held = holds(talk.parent)

    reply = await talk.say(words)

    assert "改到哪天" not in reply and "计划" not in reply and holds(talk.parent) == held


@pytest.mark.parametrize("words", [*NEAR, *NEAR_2, *NEAR_3])
@pytest.mark.parametrize("before", ["", "计划"])
async def test_a_question_about_a_child_gets_its_answer(talk: Talk, before: str, words: str) -> None:
    set_up(talk.parent, before)
    held = holds(talk.parent)

    reply = await talk.say(words)

    assert is_lesson(reply) and holds(talk.parent) == held
