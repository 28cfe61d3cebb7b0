"""Talks that end with a card for the grandparents."""

from __future__ import annotations

import pytest

from bot import services
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_lesson_is_passed_on_as_its_card(talk: Talk) -> None:
    await talk.say("暑假怎么防溺水")

    answer = await talk.say("转给老人")
    assert services.library().lessons["drowning"].relay.split("。")[0] in answer and "转发" in answer


async def test_without_a_lesson_it_asks_which_and_then_knows(talk: Talk) -> None:
    assert "您想转哪件事" in await talk.say("发给奶奶看")

    await talk.say("孩子挑食不吃青菜怎么办")
    assert "转发" in await talk.say("发给奶奶看")


async def test_a_shorter_card_is_two_sentences_of_it(talk: Talk) -> None:
    await talk.each("暑假怎么防溺水", "转给老人")
    relay = services.library().lessons["drowning"].relay

    answer = await talk.say("短一点")
    assert relay.split("。")[0] in answer and len(answer) < len(relay) and relay not in answer


async def test_a_shorter_lesson_is_one_thing_to_do(talk: Talk) -> None:
    await talk.say("孩子挑食不吃青菜怎么办")
    lesson = services.library().lessons["picky-eating"]

    assert await talk.say("短一点") == f"【{lesson.title}】短一点说，就这一件：{lesson.try_this}"


async def test_while_a_danger_goes_on_nothing_is_made_shorter(talk: Talk) -> None:
    await talk.say("孩子被果冻噎住了喘不上气")
    answer = await talk.say("短一点")
    assert "120" in answer and "【" not in answer
