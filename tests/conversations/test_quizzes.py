"""Quizzes: question by question, out at any point, other questions answered in between, danger first."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

START = '/start_quiz{"quiz_slug": "life-is-full-of-choices"}'
FIRST, SECOND, THIRD = "越想越乱", "给自己留了路", "抱着腿不放"


async def test_a_quiz_from_beginning_to_end(talk: Talk) -> None:
    assert FIRST in await talk.say(START)
    second = await talk.say("2")
    assert "对，就是这样" in second and SECOND in second
    third = await talk.say("第一个")
    assert "更稳妥的是第 3 个" in third and THIRD in third
    end = await talk.say("A")

    assert "3 题对了 2 题" in end and "再来一个小测验" in end
    # It is over: a number means nothing to it any more.
    assert "更稳妥" not in await talk.say("2")


async def test_whoever_asks_for_a_quiz_gets_one(talk: Talk) -> None:
    first = await talk.say("来个小测验")

    assert "【小测验：" in first and "1. " in first


async def test_another_question_is_answered_and_then_it_may_go_on(talk: Talk) -> None:
    await talk.each(START, "2")

    between = await talk.say("三岁孩子发烧怎么办")
    assert "38" in between and "做到第 2 题，接着做？" in between and SECOND not in between
    assert SECOND in await talk.say("好的")
    assert THIRD in await talk.say("3")


async def test_danger_comes_first_and_ends_the_quiz(talk: Talk) -> None:
    await talk.each(START, "2")

    danger = await talk.say("孩子掉进水塘捞上来没气了")
    assert "120" in danger and SECOND not in danger and "接着做" not in danger
    # It can be taken up again, but only when asked for.
    assert SECOND in await talk.say("接着做题")


@pytest.mark.parametrize("words", ["停", "不做了", "先不做了", "算了不答了"])
async def test_it_can_be_stopped(talk: Talk, words: str) -> None:
    await talk.say(START)

    assert "先放着，不急" in await talk.say(words)
    assert FIRST not in await talk.say("孩子挑食不吃青菜怎么办")
    assert FIRST in await talk.say("接着做题")


async def test_what_is_no_answer_brings_the_question_again(talk: Talk) -> None:
    await talk.say(START)

    assert FIRST in await talk.say("啊这")
    assert SECOND in await talk.say("拿纸写两栏：出去、留下，各有什么好处和难处")


async def test_an_old_tap_does_not_answer_the_next_question(talk: Talk) -> None:
    await talk.each(START, "2")

    again = await talk.say('/answer_quiz{"quiz_option": "life-is-full-of-choices.0.1"}')
    assert "答过了" in again and SECOND in again


async def test_a_quiz_takes_the_place_of_the_profile(talk: Talk) -> None:
    await talk.say("/start_profile")

    assert FIRST in await talk.say(START)
    assert SECOND in await talk.say("2")


async def test_erasing_works_inside_a_quiz(talk: Talk) -> None:
    await talk.say(START)

    assert "全部删掉吗" in await talk.say("删除我的数据")
    assert "删好了" in await talk.say("/confirm_erase")
    assert FIRST not in await talk.say("你好")


async def test_a_greeting_in_between_is_returned(talk: Talk) -> None:
    await talk.say(START)

    assert "接着做" in await talk.say("你好")


async def test_whether_to_go_on_is_asked_once(talk: Talk) -> None:
    await talk.each(START, "2")

    assert "接着做？" in await talk.say("三岁孩子发烧怎么办")
    assert "接着做？" not in await talk.say("孩子挑食不吃青菜怎么办")
    assert "接着做？" not in await talk.say("暑假怎么防溺水")
    assert SECOND in await talk.say("接着做题")


async def test_nobody_in_need_is_asked_about_a_quiz(talk: Talk) -> None:
    await talk.each(START, "2")

    reply = await talk.say("紧急求助")
    assert "120" in reply and "接着做" not in reply


async def test_who_does_not_know_is_told(talk: Talk) -> None:
    await talk.say(START)

    reply = await talk.say("不知道")
    assert "更稳妥的是" in reply and SECOND in reply
