"""Messages that queue, and who begins them: of several processes one, and not nobody because the parent was erased meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat import channel, forget, inbox, receipt
from bot.wechat.addresses import ParentKeys
from bot.wechat.incoming import parse
from bot.wechat.markup import read_xml
from bot.wechat.messages import RasaMessage, Turn
from bot.wechat.tables import inbox as inbox_table
from bot.wechat.turns import Turns
from tests.databases import make_tables
from tests.wechat.support import (
    ALICE,
    ALICE_KEY,
    BOB,
    SECRET_KEY,
    UNHURRIED,
    callback,
    echo,
    make_settings,
    rows,
    text_xml,
)

pytestmark = pytest.mark.asyncio


@pytest.fixture
def database(either_database: Database) -> Database:
    return either_database


def _leave(database: Database, clock: ManualClock, *openids: str) -> None:
    for openid in openids:
        message = parse(read_xml(text_xml(openid, f"从{openid[:4]}").encode()))
        with database.session() as session:
            receipt.take_in(session, message, ParentKeys(SECRET_KEY).parent_key_for(openid), False, False, clock.now())


async def test_of_several_processes_one_takes_up_what_was_left(database: Database, clock: ManualClock) -> None:
    _leave(database, clock, ALICE, BOB)
    heard: list[str] = []

    async def answer(turn: Turn) -> list[RasaMessage]:
        heard.append(turn.text)
        await asyncio.sleep(0.1)
        return [{"text": "答"}]

    keys = ParentKeys(SECRET_KEY)
    several = [Turns(database, clock, keys, answer, None, exclusive=False) for _ in range(3)]
    clock.turn(inbox.LEASE * 2)
    await asyncio.gather(*(turns.resume(everything=False) for turns in several))
    while any(turns.in_work for turns in several):
        await asyncio.sleep(0.01)
    assert sorted(heard) == ["从oAli", "从oBob"]


async def test_of_a_message_that_queued_the_process_that_began_it_has_the_turn(database: Database, clock: ManualClock) -> None:
    message, now = parse(read_xml(text_xml(ALICE, "一").encode())), clock.now()
    for exclusive in (True, False):
        with database.session() as session:
            session.execute(text("DELETE FROM wechat_inbox"))
            assert receipt.take_in(session, message, ALICE_KEY, True, exclusive, now).ours
            # WeChat's retry at another process does not take it while it queues here.
            assert receipt.take_in(session, message, ALICE_KEY, True, False, now).ours is False
            assert receipt.begin(session, message, ALICE_KEY, exclusive, False, now).ours
            # It waited so long that another process took it for left: only one of both begins.
            assert receipt.begin(session, message, ALICE_KEY, False, True, now).ours is False


async def test_a_message_that_queued_while_its_parent_was_erased_is_answered(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    queued = asyncio.Event()

    async def answer(message: UserMessage) -> Any:
        if message.text == "删除我的数据":
            await queued.wait()
            database = Database(settings.database_url)
            with database.session() as session:
                forget.erase(session, message.sender_id)
            database.close()
        return echo(message)

    async with callback(settings, answer, timing=UNHURRIED) as call:
        first = asyncio.create_task(call.say(ALICE, "删除我的数据"))
        while not call.agent.heard:
            await asyncio.sleep(0.01)
        second = asyncio.create_task(call.say(ALICE, "孩子发烧"))
        while len(rows(settings.database_url, inbox_table.c.id)) < 2:
            await asyncio.sleep(0.01)
        queued.set()
        assert await asyncio.gather(first, second) == ["收到：删除我的数据", "收到：孩子发烧"]
        await call.settled()
    assert rows(settings.database_url, inbox_table.c.state) == [("answered",)]


async def test_a_row_that_nobody_can_read_does_not_keep_the_others_waiting(tmp_path: Path, clock: ManualClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    make_tables(database)
    _leave(database, clock, ALICE, BOB)
    with database.session() as session:
        session.execute(text("UPDATE wechat_inbox SET body = '{}' WHERE id = (SELECT min(id) FROM wechat_inbox)"))
    database.close()
    async with callback(make_settings(tmp_path, WECHAT_VERIFIED="false"), clock=clock) as call:
        while not call.agent.heard:
            await asyncio.sleep(0.01)
        assert [words for _, words in call.agent.heard] == ["从oBob"]


async def test_a_bug_does_not_end_the_looking_for_what_was_left(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SWEEP_SECONDS", 0.05)
    usual, fallen = Turns.resume, asyncio.Event()

    async def resume(turns: Turns, everything: bool) -> int:
        if not fallen.is_set():
            fallen.set()
            raise RuntimeError("孩子的名字")
        return await usual(turns, everything)

    monkeypatch.setattr(Turns, "resume", resume)
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    make_tables(database)
    _leave(database, clock, ALICE)
    database.close()
    with capture_logs() as lines:
        async with callback(make_settings(tmp_path, WECHAT_VERIFIED="false"), clock=clock) as call:
            for _ in range(300):
                if call.agent.heard:
                    break
                await asyncio.sleep(0.01)
            assert [words for _, words in call.agent.heard] == ["从oAli"]
    assert "孩子的名字" not in str(lines)
