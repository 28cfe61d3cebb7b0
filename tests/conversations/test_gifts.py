"""Talks about gifts: a wish goes to the table, a question to the lesson, and the lesson hands over."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_budget_and_an_age_bring_three_gifts_and_then_others(talk: Talk) -> None:
    first = await talk.say("50块以内 6岁女孩")
    assert "6岁女孩，50元以内" in first and first.count("隔着电话：") == 3

    second = await talk.say("换一批")
    assert second.count("隔着电话：") == 3 and first.splitlines()[2] not in second


async def test_what_is_missing_is_asked_once_and_understood_when_typed(talk: Talk) -> None:
    assert "孩子多大" in await talk.say("50块以内的礼物")
    assert "6岁女孩，50元以内" in await talk.say("6岁女孩")
    assert "6岁女孩，120元以内" in await talk.say("100左右的")


async def test_another_age_stays_with_gifts(talk: Talk) -> None:
    await talk.say("100以内 8岁男孩")

    assert "3岁" in await talk.say("那三岁呢")


async def test_a_question_about_gifts_is_answered_by_the_lesson_which_hands_over(talk: Talk) -> None:
    lesson = await talk.say("玩具怎么看安不安全，小零件会不会吞")
    assert "【给孩子带什么礼物" in lesson and "按年龄和价钱挑几样" in lesson

    assert (await talk.say("/ask_gifts")).count("隔着电话：") == 3


async def test_gifts_do_not_swallow_an_illness(talk: Talk) -> None:
    await talk.say("50块以内 6岁女孩")

    assert "38℃" in await talk.say("孩子发烧怎么办")


async def test_a_smaller_budget_brings_others(talk: Talk) -> None:
    first = await talk.say("8岁女孩生日礼物 100块以内")

    second = await talk.say("30块")
    shown = [line for line in first.splitlines() if line[:1] in "①②③" and line]
    assert shown and not any(line in second for line in shown)


async def test_too_dear_brings_others_for_less(talk: Talk) -> None:
    await talk.say("8岁女孩生日礼物 100块以内")

    assert "50元以内" in await talk.say("太贵了")


async def test_what_he_does_not_like_brings_others(talk: Talk) -> None:
    first = await talk.say("8岁女孩买什么礼物")

    second = await talk.say("都不喜欢")
    assert "①" in second and second != first
