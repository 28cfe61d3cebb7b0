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
