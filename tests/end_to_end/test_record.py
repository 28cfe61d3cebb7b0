"""The record over the wire: nothing raw in it, nothing lost by a crash, and a human who takes over."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.db import Database
from bot.logs import reading, staff, takeovers
from bot.logs.shapes import Talk, TalkFilter
from bot.simulator.parent import Parent
from bot.wechat.addresses import ParentKeys
from bot.wechat.human import SIGN
from tests.end_to_end.stack import Stack, running, said, until

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio]

RAW = ("欧阳建国", "13812345678", "张子涵", "富顺县第二小学")
PERSONAL = "我叫欧阳建国，电话13812345678，张子涵在富顺县第二小学，挑食不吃青菜怎么办"


class Record:
    """The record of a running assistant, read and changed as the desk does it: from another process' connection."""

    def __init__(self, stack: Stack) -> None:
        self._database = Database(f"sqlite:///{stack.database}")

    def do(self, work: Callable[..., Any], *args: Any) -> Any:
        with self._database.session() as session:
            return work(session, *args)

    def ref(self, parent: Parent) -> str:
        key = ParentKeys("k" * 32).parent_key_for(parent.openid)
        lines = self.do(reading.talks_page, TalkFilter()).items
        return next((line.parent_ref for line in lines if self.do(reading.parent_key, line.parent_ref) == key), "")

    def talk(self, parent: Parent) -> Talk | None:
        ref = self.ref(parent)
        lines = self.do(reading.talks_page, TalkFilter(parent=ref)).items if ref else ()
        found: Talk | None = self.do(reading.talk, lines[0].ref) if lines else None
        return found

    def texts(self, parent: Parent) -> list[str]:
        talk = self.talk(parent)
        return [turn.text for turn in talk.turns if turn.kind == "text"] if talk else []


async def test_the_record_has_what_was_said_and_nobody_in_it(stack: Stack) -> None:
    record, parent = Record(stack), await stack.wechat.follow()
    await parent.say(PERSONAL)
    await until(lambda: record.texts(parent), "the turn in the record")

    (text,) = record.texts(parent)
    assert "挑食不吃青菜怎么办" in text
    with stack.opened() as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'logs_%'")]
        cells = "".join(str(row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"'))
    assert [raw for raw in (*RAW, parent.openid) if raw in cells] == []
    assert not any(raw in stack.assistant.words() for raw in (*RAW, parent.openid))


async def test_a_human_takes_over_and_hands_back(stack: Stack) -> None:
    record, parent = Record(stack), await stack.wechat.follow()
    await parent.say("孩子挑食不吃青菜怎么办")
    await until(lambda: record.texts(parent), "the turn in the record")
    now = datetime.now(timezone.utc)
    record.do(takeovers.begin, record.ref(parent), "carla", now)
    record.do(staff.write, record.ref(parent), "carla", "我是值班老师，您说。", now)
    await until(lambda: any(SIGN in words for words in said(parent)), "the human's words in the phone")

    before = len(said(parent))
    # It would wait for an answer that must not come.
    waiting = asyncio.create_task(parent.say("好的 孩子三岁了"))
    await until(lambda: "好的 孩子三岁了" in record.texts(parent), "what was said meanwhile")
    waiting.cancel()
    assert len(said(parent)) == before
    assert "120" in (await parent.say("孩子吃花生米卡住了脸发紫喘不上气快救命")).text

    record.do(takeovers.end, record.ref(parent), "carla", datetime.now(timezone.utc))
    await until(lambda: record.talk(parent).takeover is None, "the end")  # type: ignore[union-attr]
    await until(lambda: record.texts(parent)[-1].startswith("孩子吃花生"), "the danger in the record")


@pytest.mark.slow
async def test_what_a_kill_left_out_is_in_the_record_after_the_start(model: Path, tmp_path: Path) -> None:
    async with running(tmp_path) as stack:
        record, parent = Record(stack), await stack.wechat.follow()
        questions = ("孩子挑食不吃青菜怎么办", "暑假孩子在家怎么防溺水", "五岁孩子发烧要不要去医院")
        for question in questions:
            await parent.say(question)
        await stack.assistant.stop(signal.SIGKILL)
        await stack.assistant.start()
        stack.wechat.callback = stack.assistant.callback

        await until(lambda: len(record.texts(parent)) >= 3, "all turns in the record")
        assert record.texts(parent) == list(questions)
