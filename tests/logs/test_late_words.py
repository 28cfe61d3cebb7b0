"""Words that a human wrote while WeChat's window was closed reach the parent with the question they answer, whenever they go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assistant.humans import Humans
from bot.clock import ManualClock
from bot.db import Database
from bot.logs import reading, staff
from bot.logs.shapes import TalkFilter
from bot.wechat.human import SIGN
from bot.wechat.sender import Outcome
from tests.logs.conftest import Record
from tests.logs.support import ALICE, answered
from tests.wechat.support import ALICE as ALICE_AT_WECHAT
from tests.wechat.support import ALICE_KEY, Callback, FakeAgent, Platform, callback, echo, make_settings, platform

pytestmark = pytest.mark.asyncio
ASKED, WORDS = "孩子发烧怎么办", "现在好些了吗"
WITH_QUESTION = f"您上次问的「{ASKED}」：\n{SIGN}\n{WORDS}"


@pytest.mark.parametrize("late", [False, True])
async def test_what_was_written_too_late_stays_so_also_when_a_process_dies(record: Record, database: Database, late: bool) -> None:
    record.add(ALICE, answered(ASKED))
    (line,) = record.do(reading.talks_page, TalkFilter()).items
    record.do(staff.write, line.parent_ref, "counsellor", WORDS, record.clock.now(), late)
    (left,) = record.do(staff.due, record.clock.now())
    record.clock.turn(staff.LEASE + timedelta(seconds=1))
    given: list[tuple[str, bool]] = []

    async def give(_parent_key: str, _text: str, question: str, late: bool) -> Outcome:
        given.append((question, late))
        return Outcome.SENT

    await Humans(FakeAgent(echo), database, record.clock, lambda _heard: None, give).look()

    assert left.late is late and given == [(ASKED, late)]


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[tuple[Platform, Callback, ManualClock]]:
    """A parent whose window has closed."""
    clock = ManualClock()
    async with platform() as (wechat, base), callback(make_settings(tmp_path, WECHAT_API_BASE=base), clock=clock) as call:
        await call.say(ALICE_AT_WECHAT, ASKED)
        await call.settled()
        clock.turn(timedelta(hours=49))
        yield wechat, call, clock


async def test_a_parent_who_comes_back_that_second_reads_the_question_too(wire: tuple[Platform, Callback, ManualClock]) -> None:
    wechat, call, _ = wire
    assert await call.say(ALICE_AT_WECHAT, "在吗") == "收到：在吗"
    await call.settled()

    assert await call.channel.give_from_human(ALICE_KEY, WORDS, ASKED, True) is Outcome.SENT
    assert wechat.sent == [WITH_QUESTION]


async def test_who_does_not_come_back_reads_the_question_once(wire: tuple[Platform, Callback, ManualClock]) -> None:
    wechat, call, _ = wire
    assert await call.channel.give_from_human(ALICE_KEY, WORDS, ASKED, True) is Outcome.KEPT

    assert await call.say(ALICE_AT_WECHAT, "在吗") == f"{WITH_QUESTION}\n\n收到：在吗"
    assert wechat.sent == []
