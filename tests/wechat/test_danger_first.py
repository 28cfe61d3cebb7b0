"""Danger is answered at once: past a slow turn, past what waited, and while the database is held by somebody."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat import receipt, waiting
from bot.wechat.addresses import ParentKeys
from bot.wechat.delivery import Timing
from bot.wechat.incoming import parse
from bot.wechat.markup import read_xml
from bot.wechat.messages import TextOut
from bot.wechat.tables import inbox
from tests.databases import make_tables
from tests.wechat.support import (
    ALICE,
    ALICE_KEY,
    SECRET_KEY,
    UNHURRIED,
    Callback,
    callback,
    echo,
    make_settings,
    platform,
    rows,
    text_xml,
)

pytestmark = pytest.mark.asyncio

DANGER = "孩子喝农药了"
SCRIPT = {"text": "马上打120。", "custom": {"urgent": True}}


async def _is_danger(words: str) -> bool:
    return words == DANGER


def hurry(call: Callback) -> None:
    """As the channel does with the patterns of the safety scripts, which take a second to read."""
    turns = call.channel._running.turns
    turns._urgent = turns._reception._urgent = _is_danger


def answering(message: UserMessage) -> Any:
    return SCRIPT if message.text == DANGER else echo(message)


async def test_it_does_not_wait_for_the_turn_before_it_and_the_next_one_does(tmp_path: Path) -> None:
    go_on = asyncio.Event()

    async def answer(message: UserMessage) -> Any:
        if message.text == "一":
            await go_on.wait()
        return answering(message)

    async with callback(make_settings(tmp_path), answer, timing=UNHURRIED) as call:
        hurry(call)
        first = asyncio.create_task(call.say(ALICE, "一"))
        while not call.agent.heard:
            await asyncio.sleep(0.01)
        assert await asyncio.wait_for(call.say(ALICE, DANGER), 3) == SCRIPT["text"]
        third = asyncio.create_task(call.say(ALICE, "三"))
        await asyncio.sleep(0.2)
        assert [words for _, words in call.agent.heard] == ["一", DANGER]
        go_on.set()
        assert await asyncio.gather(first, third) == ["收到：一", "收到：三"]
        await call.settled()
    assert rows(f"sqlite:///{tmp_path}/jiashu.db", inbox.c.state) == [("answered",)] * 3


async def test_left_by_a_crash_it_does_not_wait_either(tmp_path: Path, clock: ManualClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    make_tables(database)
    for words in ("一", DANGER):
        message = parse(read_xml(text_xml(ALICE, words).encode()))
        with database.session() as session:
            receipt.take_in(session, message, ParentKeys(SECRET_KEY).parent_key_for(ALICE), False, True, clock.now())
    database.close()
    go_on = asyncio.Event()

    async def answer(message: UserMessage) -> Any:
        if message.text == "一":
            await go_on.wait()
        return answering(message)

    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)
        async with callback(settings, answer, clock) as call:
            hurry(call)
            for _ in range(300):
                if wechat.sent:
                    break
                await asyncio.sleep(0.01)
            assert wechat.sent == [SCRIPT["text"]]
            go_on.set()
            await call.settled()
        assert wechat.sent == [SCRIPT["text"], "收到：一"]


async def test_what_waited_waits_on(tmp_path: Path, clock: ManualClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    make_tables(database)
    with database.session() as session:
        waiting.keep(session, ALICE_KEY, "孩子挑食", [TextOut("慢慢来。")], (), clock.now())
    database.close()
    async with callback(make_settings(tmp_path), answering, clock) as call:
        assert await call.say(ALICE, DANGER) == SCRIPT["text"]
        await call.settled()
        clock.turn(timedelta(seconds=20))
        assert await call.say(ALICE, "送到医院了") == "您上次问的「孩子挑食」：\n慢慢来。\n\n收到：送到医院了"
        await call.settled()
        assert await call.say(ALICE, "好了") == "收到：好了"


async def test_it_is_answered_passively_while_somebody_holds_the_database(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with callback(settings, answering) as call:
        hurry(call)
        await call.say(ALICE, "你好")
        await call.settled()
        other = sqlite3.connect(f"{tmp_path}/jiashu.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert await asyncio.wait_for(call.say(ALICE, DANGER), Timing().budget) == SCRIPT["text"]
        finally:
            other.close()
        await call.settled()
    assert rows(settings.database_url, inbox.c.state) == [("answered",)] * 2
