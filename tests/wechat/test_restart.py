"""What is left of messages when the process ends, or the database fails."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat import inbox, receipt
from bot.wechat.addresses import ParentKeys
from bot.wechat.conversation import SORRY
from bot.wechat.incoming import parse
from bot.wechat.markup import read_xml
from bot.wechat.tables import inbox as inbox_table
from tests.databases import make_tables

from .support import (
    ALICE,
    ALICE_KEY,
    BOB,
    SECRET_KEY,
    callback,
    make_settings,
    platform,
    read_reply,
    rows,
    slow,
    text_xml,
)

pytestmark = pytest.mark.asyncio


def _leave(url: str, clock: ManualClock, *messages: tuple[str, str]) -> list[str]:
    """Inbox rows as a crash leaves them; returns the XML of each, for WeChat's retries."""
    database = Database(url)
    make_tables(database)
    xmls = [text_xml(openid, words) for openid, words in messages]

    def take_in(session: Session) -> None:
        for (openid, _words), xml in zip(messages, xmls, strict=True):
            key = ParentKeys(SECRET_KEY).parent_key_for(openid)
            receipt.take_in(session, parse(read_xml(xml.encode())), key, False, True, clock.now())

    with database.session() as session:
        take_in(session)
    database.close()
    return xmls


async def test_it_takes_up_what_a_crash_left_in_order(tmp_path: Path, clock: ManualClock) -> None:
    url = f"sqlite:///{tmp_path}/jiashu.db"
    xmls = _leave(url, clock, (ALICE, "一"), (BOB, "二"), (ALICE, "三"))
    async with platform() as (wechat, base):
        async with callback(make_settings(tmp_path, WECHAT_API_BASE=base), clock=clock) as call:
            while len(wechat.sent) < 3:
                await asyncio.sleep(0.01)
            await call.settled()
            assert [words for key, words in call.agent.heard if key == ALICE_KEY] == ["一", "三"]
            assert sorted(wechat.sent) == ["收到：一", "收到：三", "收到：二"]
            assert read_reply(await call.post(xmls[0])) == "success"
            assert len(call.agent.heard) == 3
        async with callback(make_settings(tmp_path, WECHAT_API_BASE=base), clock=clock) as call:
            assert read_reply(await call.post(xmls[0])) == "success"  # nobody remembers but the inbox
            assert call.agent.heard == []


async def test_a_passive_account_keeps_what_a_crash_left(tmp_path: Path, clock: ManualClock) -> None:
    _leave(f"sqlite:///{tmp_path}/jiashu.db", clock, (ALICE, "一"))
    async with callback(make_settings(tmp_path, WECHAT_VERIFIED="false"), clock=clock) as call:
        while not call.agent.heard:
            await asyncio.sleep(0.01)
        await call.settled()
        assert await call.say(ALICE, "在吗") == "您上次问的「一」：\n收到：一\n\n收到：在吗"


async def test_it_does_not_try_a_message_that_ends_the_process_for_ever(tmp_path: Path, clock: ManualClock) -> None:
    url = f"sqlite:///{tmp_path}/jiashu.db"
    _leave(url, clock, (ALICE, "一"))
    database = Database(url)
    with database.session() as session:
        session.execute(text("UPDATE wechat_inbox SET attempts = 3"))
    database.close()
    async with platform() as (wechat, base):
        async with callback(make_settings(tmp_path, WECHAT_API_BASE=base), clock=clock) as call:
            while not wechat.sent:
                await asyncio.sleep(0.01)
            assert wechat.sent == [SORRY] and call.agent.heard == []


async def test_another_process_leaves_a_running_message_alone(tmp_path: Path, clock: ManualClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    _leave(f"sqlite:///{tmp_path}/jiashu.db", clock, (ALICE, "一"))
    with database.session() as session:
        assert inbox.unanswered(session, clock.now(), everything=False) == []
        assert len(inbox.unanswered(session, clock.now() + inbox.LEASE * 2, everything=False)) == 1
    database.close()


async def test_it_lets_running_turns_end_before_it_stops(tmp_path: Path) -> None:
    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)
        async with callback(settings, slow(0.5)) as call:
            asking = asyncio.create_task(call.say(ALICE, "你好"))
            while not call.agent.heard:
                await asyncio.sleep(0.01)
        await asyncio.gather(asking, return_exceptions=True)
        assert wechat.sent == ["收到：你好"]  # its connection had gone
    assert rows(settings.database_url, inbox_table.c.state) == [("answered",)]


async def test_it_answers_even_when_nothing_can_be_written_down(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    async with callback(settings) as call:
        await call.say(BOB, "你好")
        await call.settled()
        database = Database(settings.database_url)
        with database.session() as session:
            session.execute(text("ALTER TABLE wechat_inbox RENAME TO gone"))
        assert await call.say(ALICE, "你好") == "收到：你好"
        with database.session() as session:
            session.execute(text("ALTER TABLE gone RENAME TO wechat_inbox"))
        database.close()
        await call.settled()
        assert await call.say(ALICE, "好了") == "收到：好了"
