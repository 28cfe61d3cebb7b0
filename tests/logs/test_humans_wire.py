"""A human writes over the wire: sent while the window is open, kept after it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.wechat.human import SIGN
from bot.wechat.sender import Outcome
from bot.wechat.window import Window, window
from tests.wechat.support import ALICE as ALICE_AT_WECHAT
from tests.wechat.support import ALICE_KEY, FakeAgent, callback, make_settings, platform

pytestmark = pytest.mark.asyncio


async def test_over_the_wire_it_is_sent_while_the_window_is_open_and_kept_after(tmp_path: Path) -> None:
    clock = ManualClock()
    async with platform() as (wechat, base):
        settings = make_settings(tmp_path, WECHAT_API_BASE=base)
        async with callback(settings, clock=clock) as call:
            database = Database(settings.database_url)
            assert look(database, clock) == Window(None, 0, following=False)
            await call.say(ALICE_AT_WECHAT, "孩子发烧")
            await call.settled()
            assert look(database, clock) == Window(clock.now() + timedelta(hours=48), 4, following=True)

            assert await call.channel.give_from_human(ALICE_KEY, "先量体温", "孩子发烧") is Outcome.SENT
            assert wechat.sent == [f"{SIGN}\n先量体温"]
            assert look(database, clock).left == 3

            clock.turn(timedelta(hours=49))
            assert look(database, clock) == Window(None, 0, following=True)
            assert await call.channel.give_from_human(ALICE_KEY, "好些了吗", "孩子发烧") is Outcome.KEPT
            assert len(wechat.sent) == 1
            reply = await call.say(ALICE_AT_WECHAT, "你好")
            assert reply == f"您上次问的「孩子发烧」：\n{SIGN}\n好些了吗\n\n收到：你好"
            database.close()


async def test_an_account_without_the_right_keeps_it_for_the_next_contact(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, WECHAT_VERIFIED="false")
    async with callback(settings) as call:
        await call.say(ALICE_AT_WECHAT, "孩子发烧")
        await call.settled()
        assert await call.channel.give_from_human(ALICE_KEY, "先量体温", "") is Outcome.KEPT
        assert SIGN in await call.say(ALICE_AT_WECHAT, "你好")
        assert await call.channel.give_from_human("pnobody", "先量体温", "") is Outcome.DROPPED


async def test_over_the_wire_silence_is_silence(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path), agent=FakeAgent(lambda _message: [])) as call:
        assert await call.say(ALICE_AT_WECHAT, "您在吗") == "success"


def look(database: Database, clock: ManualClock) -> Window:
    with database.session(readonly=True) as session:
        return window(session, ALICE_KEY, clock.now())
