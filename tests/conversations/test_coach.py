"""Talks about tonight's call: openers, others, and the next day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot import services
from bot.clock import ManualClock
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

HOW = "聊得怎么样"


def openers(answer: str) -> list[str]:
    return re.findall(r"[①②③] “(.+)”", answer)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> ManualClock:
    made = ManualClock(services.clock().now())
    monkeypatch.setattr(services, "clock", lambda: made)
    return made


async def test_a_stranger_gets_openers_first_and_is_asked_the_age_second(talk: Talk) -> None:
    first = await talk.say("今晚打电话聊什么")
    assert len(openers(first)) == 3 and first.index("③") < first.index("孩子多大")

    second = await talk.say('/ask_call_coach{"table_age": "120"}')
    assert "10岁" in second and not set(openers(first)) & set(openers(second))

    third = await talk.say("换三个")
    assert len(openers(third)) == 3 and not set(openers(second)) & set(openers(third))


async def test_an_age_typed_back_is_understood_in_its_place(talk: Talk) -> None:
    await talk.say("今晚聊什么")

    assert "5岁" in await talk.say("五岁半")


async def test_the_age_that_is_known_is_not_asked_again(talk: Talk) -> None:
    await talk.each("/start_profile", "同意", "六岁", "女孩", "停")

    answer = await talk.say("今晚聊什么")
    assert "6岁" in answer and "孩子多大" not in answer


async def test_a_mood_said_between_changes_the_openers(talk: Talk) -> None:
    await talk.say("今晚聊什么 女儿八岁")

    assert "先讲自己的一件小事" in await talk.say("她不说话")


async def test_the_next_day_it_asks_and_leads_on(talk: Talk, clock: ManualClock) -> None:
    await talk.say("今晚聊什么")
    assert HOW not in await talk.say("你好")

    clock.turn(timedelta(hours=20))
    assert HOW in await talk.say("你好")
    assert "二十秒的语音" in await talk.say("没聊成")
    assert HOW not in await talk.say("你好")
    assert "照片" in await talk.say('/choose_lesson{"lesson_slug": "photos-and-voice-notes"}')


async def test_the_lesson_on_what_to_say_hands_over(talk: Talk) -> None:
    assert "给我今晚的三个话头" in await talk.say("打电话聊什么")
    assert len(openers(await talk.say('/ask_call_coach{"table_age": "96"}'))) == 3


async def test_danger_comes_before_openers(talk: Talk) -> None:
    await talk.say("今晚聊什么")

    assert "120" in await talk.say("孩子吃花生卡住了脸发紫喘不上气快救命")


async def test_a_call_inside_the_profile_form_leaves_the_form_where_it_is(talk: Talk) -> None:
    await talk.each("/start_profile", "同意")

    reply = await talk.say("今晚打电话聊什么")
    assert len(openers(reply)) == 3 and "孩子多大了" in reply


async def test_erasing_forgets_what_was_given(talk: Talk) -> None:
    from bot.coach import given

    await talk.each("今晚聊什么", "删除我的数据", "/confirm_erase")

    with services.database().session(readonly=True) as session:
        assert given.recently(session, talk.parent, given.STARTER, services.clock().now()) == frozenset()


@pytest.mark.parametrize(("words", "told"), [("一般", "接通了就算数"), ("挺好的", "您记下来"), ("没有", "二十秒的语音"), ("说了两句就挂了", "没说上几句")])
async def test_any_word_for_how_it_went_is_taken(talk: Talk, clock: ManualClock, words: str, told: str) -> None:
    await talk.say("今晚聊什么")
    clock.turn(timedelta(hours=20))
    assert HOW in await talk.say("你好")

    assert told in await talk.say(words)


async def test_a_mood_told_after_the_openers_brings_others(talk: Talk) -> None:
    await talk.each("今晚聊什么", "8岁")
    answer = await talk.say("他今天被老师批评了 不高兴")
    assert "今晚可以这样开口（8岁" in answer and "①" in answer


async def test_a_call_that_went_badly_is_not_asked_about_again(talk: Talk) -> None:
    await talk.each("今晚聊什么", "聊了 他说了好多")
    assert "接通了就算数" in await talk.say("聊得不好 他不理我")
