"""Talks about what to do together."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_rainy_day_without_money(talk: Talk) -> None:
    answer = await talk.say("下雨天 4岁 不花钱")

    assert "4岁，不花钱，出不了门" in answer and answer.count("（不花钱，") == 3


async def test_the_place_is_kept_when_the_age_follows(talk: Talk) -> None:
    assert "在宿舍" in await talk.say("在宿舍能玩什么")
    answer = await talk.say("五岁半")
    assert "5岁半，在宿舍" in answer and answer.count("怎么玩：") == 3
    assert (await talk.say("换一批")).count("怎么玩：") == 3


async def test_more_after_activities_is_more_of_them(talk: Talk) -> None:
    await talk.say("村里 不花钱 九岁")

    assert (await talk.say("还有呢")).count("怎么玩：") == 3


async def test_a_lesson_afterwards_is_what_more_is_about(talk: Talk) -> None:
    await talk.say("村里 不花钱 九岁")
    await talk.say("孩子发烧怎么办")

    assert "怎么玩：" not in await talk.say("还有呢")
