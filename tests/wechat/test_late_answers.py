"""Answers that take longer than WeChat waits, with and without the right to send; WeChat's 5 s are 2 s here."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.wechat import forget
from bot.wechat.delivery import THINKING, Timing
from bot.wechat.tables import address

from .support import (
    ALICE,
    BOB,
    FAST,
    SCALE,
    FakeAgent,
    callback,
    deliver_thrice,
    echo,
    event_xml,
    make_settings,
    platform,
    read_reply,
    rows,
    slow,
    text_xml,
)

pytestmark = pytest.mark.asyncio


async def test_wechat_hears_before_it_gives_up_or_not_at_all() -> None:
    """Its 5 seconds lie between the two; what follows looks at what is answered, not at the fifth second itself."""
    assert Timing().budget < 5 < Timing().hold


async def test_it_answers_late_by_the_api(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        async with callback(make_settings(tmp_path, WECHAT_API_BASE=base), slow(8 * SCALE), timing=FAST) as call:
            assert await deliver_thrice(call, ALICE, "你好", tries=1) == ["success"]
            await call.settled()
        assert wechat.sent == ["收到：你好"]
        assert wechat.calls[0] == ("/cgi-bin/message/custom/typing", {"touser": ALICE, "command": "Typing"})
        assert "收到" in wechat.raw[-1].decode()  # not \\uXXXX


async def test_who_was_erased_by_a_slow_turn_hears_of_it_and_who_left_meanwhile_does_not(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)

        async def erasing(message: UserMessage) -> str:
            await asyncio.sleep(6 * SCALE)
            if message.text == "删除我的数据":
                database = call.channel._database
                assert database is not None
                await database.run(forget.erase, message.sender_id)
            return "删好了。"

        async with callback(settings, erasing, timing=FAST) as call:
            asked = [asyncio.create_task(call.say(openid, words)) for openid, words in ((ALICE, "删除我的数据"), (BOB, "你好"))]
            await asyncio.sleep(2 * SCALE)
            await call.post(event_xml(BOB, "unsubscribe"))
            assert [await each for each in asked] == ["success", "success"]
            await call.settled()
        assert [data["touser"] for path, data in wechat.calls if path.endswith("custom/send")] == [ALICE]
    assert rows(settings.database_url, address.c.openid) == [(BOB,)]


async def test_a_joined_retry_takes_the_answer_instead_of_the_api(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        async with callback(make_settings(tmp_path, WECHAT_API_BASE=base), slow(5.5 * SCALE), timing=FAST) as call:
            xml = text_xml(ALICE, "你好")
            first = asyncio.create_task(call.post(xml))
            await asyncio.sleep(4 * SCALE)
            second = asyncio.create_task(call.post(xml))
            assert [read_reply(await item) for item in (first, second)] == ["success", "收到：你好"]
            await call.settled()
        assert wechat.sent == [] and len(call.agent.heard) == 1


async def test_a_passive_account_answers_by_the_second_try(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, WECHAT_VERIFIED="false")
    async with callback(settings, slow(6 * SCALE), timing=FAST) as call:
        assert await deliver_thrice(call, ALICE, "你好", tries=2) == ["", "收到：你好"]
        assert len(call.agent.heard) == 1


async def test_a_passive_account_picks_the_answer_up_between_two_tries(tmp_path: Path) -> None:
    # Ready when the first delivery is too old and the second has not come.
    settings = make_settings(tmp_path, WECHAT_VERIFIED="false")
    timing = Timing(**{**vars(FAST), "retry_due": 5.0})
    async with callback(settings, slow(4.8 * SCALE), timing=timing) as call:
        assert await deliver_thrice(call, ALICE, "你好", gap=7 * SCALE, tries=2) == ["success", "收到：你好"]


async def test_a_passive_account_asks_for_any_word_and_gives_the_answer_then(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, WECHAT_VERIFIED="false")
    agent = FakeAgent(lambda message: slow(18 * SCALE)(message) if message.text == "慢的问题" else echo(message))
    async with callback(settings, timing=FAST, agent=agent) as call:
        assert await deliver_thrice(call, ALICE, "慢的问题") == ["", "", THINKING.text]
        await call.settled()
        # Any word: it says nothing of its own.
        assert await call.say(ALICE, "1") == "您上次问的「慢的问题」：\n收到：慢的问题"
        assert await call.say(ALICE, "2") == "收到：2"


async def test_a_number_means_no_line_that_nobody_has_seen(tmp_path: Path) -> None:
    def answer(message: UserMessage) -> Any:
        lines = [{"title": title, "payload": f"/{title}"} for title in ("甲", "乙")]
        return {"text": "很长的一句话。" * 120, "buttons": lines} if message.text == "问" else echo(message)

    async with callback(make_settings(tmp_path, WECHAT_VERIFIED="false"), answer) as call:
        assert "回复任意一个字" in await call.say(ALICE, "问")
        await call.settled()
        rest = await call.say(ALICE, "1")
        await call.settled()
        assert rest.startswith("您上次问的「问」：\n很长的一句话。") and ">2. 乙</a>" in rest and "收到" not in rest
        assert await call.say(ALICE, "2") == "收到：/乙"


async def test_a_question_beside_what_waited_is_answered_too(tmp_path: Path) -> None:
    agent = FakeAgent(lambda message: "很长的一句话。" * 120 if message.text == "问" else echo(message))
    async with callback(make_settings(tmp_path, WECHAT_VERIFIED="false"), agent=agent) as call:
        await call.say(ALICE, "问")
        await call.settled()
        assert (await call.say(ALICE, "孩子咳嗽")).endswith("。\n\n收到：孩子咳嗽")


async def test_it_gives_the_same_again_when_the_connection_was_gone(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, WECHAT_VERIFIED="false")
    timing = Timing(**{**vars(FAST), "retry_due": 5.0})
    async with callback(settings, slow(0.3), timing=timing) as call:
        xml = text_xml(ALICE, "你好")
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(call.post(xml), 0.1)
        await asyncio.sleep(0.4)
        assert read_reply(await call.post(xml)) == "收到：你好"
        assert len(call.agent.heard) == 1


async def test_it_gives_a_late_passive_answer_again_to_a_retry(tmp_path: Path) -> None:
    timing = Timing(**{**vars(Timing()), "sure": 0.1})
    async with callback(make_settings(tmp_path), slow(0.3), timing=timing) as call:
        xml = text_xml(ALICE, "你好")
        assert [read_reply(await call.post(xml)) for _ in range(3)] == ["收到：你好", "收到：你好", "success"]
        assert len(call.agent.heard) == 1
