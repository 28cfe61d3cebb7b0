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


@pytest.mark.parametrize("asked", ["具体怎么玩", "怎么玩", "第二个怎么玩"])
async def test_how_to_play_is_told_step_by_step(talk: Talk, asked: str) -> None:
    shown = await talk.say("下雨天 4岁 不花钱")
    answer = await talk.say(asked)

    name = answer.removeprefix("【").partition("】")[0]
    assert f"{'②' if '二' in asked else '①'}{name}（" in shown.replace(" ", "") and "1. " in answer


async def test_without_activities_it_is_how_this_works(talk: Talk) -> None:
    assert "1. " not in await talk.say("怎么玩")


async def test_after_a_danger_nothing_is_played(talk: Talk) -> None:
    await talk.each("下雨天 4岁 不花钱", "我老公拿刀要砍我")
    assert "先备好" not in await talk.say("具体怎么做")
