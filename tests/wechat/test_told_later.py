"""What waited for the next contact is told after the answer, once, and not beside everything."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from bot.clock import ManualClock
from bot.db import Database
from bot.reminders import busy
from bot.reminders.tables import outbox
from bot.reminders.words import Words
from tests.databases import make_tables
from tests.wechat.support import ALICE, ALICE_KEY, callback, make_settings

WORDS = Words("今晚问问孩子想玩什么。", "holiday", False, "", 0)


def keep(database: Database, clock: ManualClock, **more: object) -> None:
    now = clock.now()
    row = {
        "parent_key": ALICE_KEY, "campaign": "c", "occurrence": "1", "step": "s", "state": "kept", "trail": "",
        "words": json.dumps(vars(WORDS)), "due_at": now, "not_before": now, "stale_at": now + timedelta(days=2), **more,
    }  # fmt: skip
    with database.session() as session:
        session.execute(outbox.insert().values(**row))


def opened(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    make_tables(database)
    return database


async def test_it_comes_after_the_answer_and_once(tmp_path: Path) -> None:
    clock, database = ManualClock(), opened(tmp_path)
    keep(database, clock)
    async with callback(make_settings(tmp_path), clock=clock) as call:
        first = await call.say(ALICE, "孩子不说话怎么办")
        await call.settled()
        second = await call.say(ALICE, "谢谢")
    database.close()
    assert first.startswith("收到：") and first.endswith(WORDS.text)
    assert WORDS.text not in second


async def test_a_danger_is_answered_alone(tmp_path: Path) -> None:
    clock, database = ManualClock(), opened(tmp_path)
    keep(database, clock)
    danger = {"text": "马上打120。", "custom": {"urgent": True}}
    async with callback(make_settings(tmp_path), answer=lambda _: danger, clock=clock) as call:
        assert await call.say(ALICE, "孩子烫伤了") == "马上打120。"
    database.close()


async def test_a_form_is_not_disturbed(tmp_path: Path) -> None:
    clock, database = ManualClock(), opened(tmp_path)
    keep(database, clock)
    with database.session() as session:
        busy.enter(session, ALICE_KEY, clock.now())
    async with callback(make_settings(tmp_path), clock=clock) as call:
        assert WORDS.text not in await call.say(ALICE, "六岁")
        await call.settled()
        with database.session() as session:
            busy.leave(session, ALICE_KEY)
        assert WORDS.text in await call.say(ALICE, "好了")
    database.close()


async def test_it_is_not_told_when_it_is_stale(tmp_path: Path) -> None:
    clock, database = ManualClock(), opened(tmp_path)
    keep(database, clock, stale_at=clock.now())
    async with callback(make_settings(tmp_path), clock=clock) as call:
        assert await call.say(ALICE, "在吗") == "收到：在吗"
    database.close()


async def test_its_page_can_be_tapped(tmp_path: Path) -> None:
    clock, database = ManualClock(), opened(tmp_path)
    words = Words("点开看看《防溺水》：https://e.org/lessons/a", "holiday", False, "", 0)
    keep(database, clock, words=json.dumps(vars(words)))
    async with callback(make_settings(tmp_path), clock=clock) as call:
        assert (await call.say(ALICE, "在吗")).endswith('点开看看<a href="https://e.org/lessons/a">《防溺水》</a>')
    database.close()
