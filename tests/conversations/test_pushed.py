"""Short replies to a pushed message are about it; a form in progress is never broken by them."""

from __future__ import annotations

import pytest

from bot import services
from bot.reminders import context
from bot.reminders.context import PushedContext
from bot.reunion import follow_through
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


def pushed(talk: Talk, step: str, expect: str, campaign: str = "reunion") -> None:
    with services.database().session() as session:
        about = PushedContext(campaign, f"plan-{talk.parent}", step, expect, services.clock().now())
        context.open_context(session, talk.parent, about)


def is_open(talk: Talk) -> bool:
    with services.database().session(readonly=True) as session:
        return context.open_for(session, talk.parent, services.clock().now()) is not None


def done(expect: str) -> int:
    with services.database().session(readonly=True) as session:
        counts = follow_through.follow_through(session).get(expect)
        return counts.yes if counts else 0


@pytest.mark.parametrize(
    ("expect", "reply", "says"),
    [
        ("gift_done", "买了", "我看到它就想起你"),
        ("gift_done", "还没", "还来得及"),
        ("talk_done", "说了", "谢谢您"),
        ("call_done", "打了", "后来呢"),
        ("activity_done", "玩了", "最喜欢哪一下"),
        ("activity_done", "没做成", "不急"),
        ("safety_done", "好了", "辛苦了"),
        ("ticket_done", "不坐火车", "汽车"),
        ("ticket_done", "老公在买", "候补购票"),
        ("ticket_done", "不知道呢", "候补购票"),
        ("gift_done", "录了一段语音", "我看到它就想起你"),
        ("talk_done", "不说了", "先放一放"),
        ("talk_done", "说了一半", "谢谢您"),
        ("lesson_done", "看了一半", "课给您留着"),
        ("ticket_done", "不回", "回不去也有办法"),
    ],
)
async def test_a_reply_is_about_what_was_pushed(talk: Talk, expect: str, reply: str, says: str) -> None:
    pushed(talk, "some_step?", expect)

    assert says in await talk.say(reply)
    assert not is_open(talk)


@pytest.mark.parametrize("word", ["好的", "嗯", "1"])
async def test_good_to_a_question_is_yes(talk: Talk, word: str) -> None:
    before = done("gift_done")
    pushed(talk, "gifts_12?", "gift_done")
    await talk.say(word)

    assert done("gift_done") == before + 1


async def test_no_offers_to_stop_that_kind(talk: Talk) -> None:
    pushed(talk, "gifts_12", "gift_done", campaign="spring_festival")

    assert "这类以后别发" in await talk.say("不要")


async def test_a_question_after_a_push_is_a_question(talk: Talk) -> None:
    pushed(talk, "gifts_12", "gift_done")

    assert "38" in await talk.say("孩子发烧怎么办")
    assert is_open(talk), "the reply may still come"


async def test_a_form_in_progress_keeps_its_answers(talk: Talk) -> None:
    await talk.each("/start_profile", "同意", "五岁", "男孩", "四川", "奶奶")
    pushed(talk, "gifts_12?", "gift_done")

    assert "什么时候能见到" in await talk.say("没有了")
    assert is_open(talk)


async def test_without_a_push_the_words_mean_what_they_always_mean(talk: Talk) -> None:
    assert "好的" in await talk.say("好的")
    assert "不急" in await talk.say("还没")
