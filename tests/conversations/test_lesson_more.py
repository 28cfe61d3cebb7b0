"""On with a lesson: its parts one after the other, the same for another age in a line, and the same text never twice."""

from __future__ import annotations

import pytest

from actions.pages import further_parts
from bot import services
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

QUESTION = "除了作业还能跟孩子聊什么"


async def test_the_parts_come_in_their_order_and_then_it_says_that_this_is_all(talk: Talk) -> None:
    first = await talk.say(QUESTION)
    lesson = next(each for each in services.library().lessons.values() if f"【{each.title}】" in first)

    for part in further_parts(lesson):
        # The channel of these tests makes a message of each paragraph.
        assert part.replace("\n\n", "\n") in await talk.say("还有呢")
    assert lesson.try_this in further_parts(lesson)[-1]
    assert "都说完了" in await talk.say("还有吗")
    assert "真的没有了" in await talk.say("还有呢")


@pytest.mark.parametrize("age", ["那三岁呢", "那12岁呢"])
async def test_what_is_the_same_at_that_age_is_not_said_again(talk: Talk, age: str) -> None:
    first = await talk.say(QUESTION)

    reply = await talk.say(age)
    assert "也是这样做" in reply and len(reply) < len(first) / 2


async def test_what_the_lesson_says_of_that_age_is_added(talk: Talk) -> None:
    await talk.say(QUESTION)

    assert "十来岁的孩子" in await talk.say("那12岁呢")


async def test_another_child_without_an_age_is_asked_about(talk: Talk) -> None:
    await talk.say(QUESTION)

    assert "几岁" in await talk.say("那大的呢")


async def test_the_same_question_again_gets_more_and_not_the_same(talk: Talk) -> None:
    first = await talk.say("孩子挑食不吃青菜怎么办")

    second = await talk.say("娃不吃青菜怎么办")
    assert "再说细一点" in second and second not in first


async def test_a_complaint_about_an_answer_is_none_about_a_meeting(talk: Talk) -> None:
    await talk.say("孩子不写作业怎么办")

    assert "对不住" in await talk.say("说了等于没说")


async def test_still_not_it_brings_others_and_no_farewell(talk: Talk) -> None:
    await talk.each("孩子不听话怎么办", "不是这个")

    assert "那您看看是不是这些" in await talk.say("还是不对")


async def test_of_an_age_it_says_what_is_about_that_age(talk: Talk) -> None:
    await talk.say("娃6个月，每天喝多少水")

    reply = await talk.say("那三岁呢")
    assert "600到700毫升" in reply and "六个月" not in reply
