"""After an answer: how to say it, what to do first, an example; each is an answer of its own."""

from __future__ import annotations

import pytest

from bot import services
from bot.content import excerpts
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

QUESTION = "辅导作业忍不住吼孩子怎么办"
ASKED = ("具体怎么说", "具体怎么做", "举个例子", "还有呢", "那三岁呢", "不是这个")


async def test_each_is_answered_by_the_lesson_that_was_given(talk: Talk) -> None:
    first = await talk.say(QUESTION)
    lesson = next(each for each in services.library().lessons.values() if f"【{each.title}】" in first)

    said = await talk.say("具体怎么说")
    assert all(words in said for words in excerpts.words_to_say(lesson, None))
    assert lesson.try_this in await talk.say("具体怎么做")
    assert excerpts.example(lesson) in await talk.say("举个例子")


async def test_no_two_of_them_are_the_same(talk: Talk) -> None:
    answers = [await talk.say(QUESTION)]
    answers += await talk.each(*ASKED)

    assert len(set(answers)) == len(answers)


@pytest.mark.parametrize("asked", ASKED[:3])
async def test_without_a_lesson_it_asks_which(talk: Talk, asked: str) -> None:
    assert "哪件事" in await talk.say(asked)
