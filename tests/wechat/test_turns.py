"""Stories of messages and their answers, through the real channel on a real Sanic server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat import inbox, turns
from bot.wechat.conversation import SORRY
from bot.wechat.delivery import Timing
from bot.wechat.tables import address, waiting
from bot.wechat.tables import inbox as inbox_table

from .support import (
    ALICE,
    ALICE_KEY,
    BOB,
    UNHURRIED,
    FakeAgent,
    callback,
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


async def test_it_answers_passively(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call:
        assert await call.say(ALICE, "你好") == "收到：你好"
        assert call.agent.heard == [(ALICE_KEY, "你好")]
        await call.settled()
    assert rows(f"sqlite:///{tmp_path}/jiashu.db", inbox_table.c.state, inbox_table.c.attempts) == [("answered", 1)]


async def test_it_runs_a_message_once_however_often_it_comes(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path), slow(0.2)) as call:
        xml = text_xml(ALICE, "你好")
        replies = await asyncio.gather(*(call.post(xml) for _ in range(3)))
        late = await call.post(xml)
        assert len(call.agent.heard) == 1
        assert sorted(read_reply(reply) for reply in replies) == ["success", "success", "收到：你好"]
        assert read_reply(late) == "success"


async def test_it_keeps_the_same_msg_id_of_two_parents_apart(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call:
        assert [await call.say(who, "你好", msg_id=7) for who in (ALICE, BOB)] == ["收到：你好"] * 2


async def test_it_answers_two_messages_of_one_parent_in_order(tmp_path: Path) -> None:
    ended: list[str] = []
    third_ended = asyncio.Event()

    async def answer(message: UserMessage) -> str:
        if message.text == "一":
            await third_ended.wait()
        ended.append(message.text)
        if message.text == "三":
            third_ended.set()
        return echo(message)

    async with callback(make_settings(tmp_path), answer, timing=UNHURRIED) as call:
        first = asyncio.create_task(call.say(ALICE, "一"))
        while not call.agent.heard:
            await asyncio.sleep(0.01)
        second = asyncio.create_task(call.say(ALICE, "二"))
        other = asyncio.create_task(call.say(BOB, "三"))
        assert await asyncio.gather(first, second, other) == ["收到：一", "收到：二", "收到：三"]
        assert ended == ["三", "一", "二"]


@pytest.mark.parametrize("fault", ["raises", "hangs"])
async def test_it_apologises_when_the_conversation_fails_twice(tmp_path: Path, fault: str) -> None:
    async def answer(_message: UserMessage) -> str:
        await asyncio.sleep(30 if fault == "hangs" else 0)
        raise RuntimeError("孩子的名字")

    timing = Timing(**{**vars(Timing()), "handler": 0.1})
    async with callback(make_settings(tmp_path), answer, timing=timing) as call:
        assert await call.say(ALICE, "你好") == SORRY
        assert len(call.agent.heard) == 2


async def test_a_bug_of_the_wire_is_not_met_with_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("孩子的名字")

    monkeypatch.setattr(turns, "waiting_for", broken)
    with capture_logs() as logs:
        async with callback(make_settings(tmp_path)) as call:
            assert await call.say(ALICE, "你好") == SORRY
            await call.settled()
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["wechat.turn_broken"] and "名字" not in str(logs)


async def test_a_row_that_the_database_refuses_costs_its_memory_and_not_the_answer(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with callback(settings) as call:
        database = call.channel._database
        assert database is not None
        with database.session() as session:
            session.execute(text("CREATE TRIGGER no BEFORE INSERT ON wechat_inbox BEGIN SELECT RAISE(ABORT, 'no'); END"))
        assert await call.say(ALICE, "你好") == "收到：你好"
        await call.settled()
    assert rows(settings.database_url, inbox_table.c.id) == []


async def test_it_recovers_when_the_second_attempt_works(tmp_path: Path) -> None:
    attempts: list[int] = []

    def answer(message: UserMessage) -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise RuntimeError
        return echo(message)

    async with callback(make_settings(tmp_path), answer) as call:
        assert await call.say(ALICE, "你好") == "收到：你好"


def buttons(*titles: str) -> Callable[[UserMessage], dict[str, Any]]:
    def answer(message: UserMessage) -> dict[str, Any]:
        return {"text": echo(message), "buttons": [{"title": item, "payload": f"/{item}"} for item in titles]}

    return answer


async def test_a_number_or_a_tap_means_the_button_until_the_next_answer(tmp_path: Path, clock: ManualClock) -> None:
    def answer(message: UserMessage) -> Any:
        return buttons("甲", "乙")(message) if message.text.startswith("问") else echo(message)

    async with callback(make_settings(tmp_path), answer, clock=clock) as call:
        for words in ("问", "2", "2", "问", "甲", "问"):
            await call.say(ALICE, words)
            await call.settled()
        await call.say(BOB, "1")
        clock.turn(inbox.LEASE * 600)
        await call.say(ALICE, "1")
        assert [words for _key, words in call.agent.heard] == ["问", "/乙", "2", "问", "/甲", "问", "1", "1"]


async def test_a_quick_second_message_sees_the_buttons_of_the_first_answer(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path), buttons("甲", "乙")) as call:
        await asyncio.gather(call.say(ALICE, "问"), call.say(ALICE, "2"))
        assert ("/乙" in [words for _key, words in call.agent.heard]) or call.agent.heard[0][1] == "2"


async def test_it_sends_nothing_after_an_unfollow(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with callback(settings) as call:
        await call.say(ALICE, "你好")
        assert (await call.post(event_xml(ALICE, "unsubscribe")))[1] == "success"
        await call.settled()
        assert call.agent.heard[-1][1] == "/EXTERNAL_unfollow"
    assert rows(settings.database_url, address.c.state) == [("left",)]
    assert rows(settings.database_url, waiting.c.id) == []


async def test_it_sends_the_rest_of_a_long_answer_by_the_api(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)
        async with callback(settings, lambda _message: "很长的一句话。" * 300) as call:
            first = await call.say(ALICE, "你好")
            await call.settled()
        assert len(wechat.sent) == 3 and first + "".join(wechat.sent) == "很长的一句话。" * 300


async def test_it_keeps_what_the_allowance_has_no_room_for(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)
        agent = FakeAgent(lambda message: "很长的一句话。" * 500 if message.text == "问" else echo(message))
        async with callback(settings, agent=agent) as call:
            await call.say(ALICE, "问")
            await call.settled()
            assert len(wechat.sent) == 4  # 5 in 48 h, the last is kept for what is urgent
            rest = await call.say(ALICE, "好")
            assert rest.startswith("您上次问的「问」：\n很长的一句话。") and rest.endswith("很长的一句话。")


async def test_it_keeps_nothing_of_a_parent_who_was_erased_meanwhile(tmp_path: Path) -> None:
    from bot.wechat import forget

    settings = make_settings(tmp_path)
    url = settings.database_url

    def answer(message: UserMessage) -> Any:
        database = Database(url)
        with database.session() as session:
            forget.erase(session, message.sender_id)
        database.close()
        return buttons("甲")(message)

    async with callback(settings, answer) as call:
        assert (await call.say(ALICE, "删除我的数据")).startswith("收到：")
        await call.settled()
    for table in ("wechat_address", "wechat_inbox", "wechat_choice", "wechat_waiting"):
        assert rows(url, text(f"* FROM {table}")) == []


async def test_it_answers_500_messages_of_50_parents_once_each(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path), timing=UNHURRIED) as call:
        gate = asyncio.Semaphore(25)

        async def one(number: int) -> tuple[str, str]:
            async with gate:
                return f"收到：{number}", await call.say(f"oParent{number % 50}", str(number))

        pairs = await asyncio.gather(*(one(number) for number in range(500)))
        assert all(expected == got for expected, got in pairs)
        assert len(call.agent.heard) == 500
        await call.settled()
    states = rows(f"sqlite:///{tmp_path}/jiashu.db", inbox_table.c.state)
    assert states == [("answered",)] * 500
