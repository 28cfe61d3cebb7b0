"""Talks about what a child of an age can do."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_an_age_brings_what_most_children_can_do_and_no_alarm(talk: Talk) -> None:
    answer = await talk.say("宝宝10个月会什么")

    assert "9个月时，多数会" in answer and "有早有晚" in answer and "120" not in answer


async def test_without_an_age_it_asks_and_understands(talk: Talk) -> None:
    assert "孩子多大了" in await talk.say("几个月会什么")
    assert "【1岁半" in await talk.say("一岁半的呢")


async def test_a_worry_is_for_the_lesson(talk: Talk) -> None:
    assert "【" in (answer := await talk.say("八个月宝宝还不会坐稳怎么办"))
    assert "多数孩子会什么】" not in answer
