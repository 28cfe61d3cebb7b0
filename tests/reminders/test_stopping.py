"""A clock process that is stopped in the middle of a tick ends the tick first, and calls nothing of it a failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.db import Database
from bot.ports import free_port
from bot.reminders import service
from bot.reminders.leader import Leader
from bot.reminders.service import ClockService

pytestmark = pytest.mark.asyncio


class SlowEngine:
    """Stands in for an engine with a handful on its way: the tick ends by `work`, some steps after it was asked to stop."""

    def __init__(self, work: Callable[[SlowEngine], Awaitable[None]]) -> None:
        self.began, self.asked = asyncio.Event(), asyncio.Event()
        self.ended = False
        self.dispatcher = SimpleNamespace(look_after_another=lambda: None)
        self._work = work

    async def tick(self) -> dict[str, int]:
        self.began.set()
        await self._work(self)
        self.ended = True
        return {}

    def stop(self) -> None:
        self.asked.set()


async def _ends_its_handful(engine: SlowEngine) -> None:
    await engine.asked.wait()
    for _ in range(50):
        await asyncio.sleep(0)


async def _never_ends(_engine: SlowEngine) -> None:
    await asyncio.Event().wait()


async def _stopped(database: Database, engine: SlowEngine) -> None:
    stopped = asyncio.Event()
    leader = Leader(database, "one")
    leader.check()
    running = asyncio.ensure_future(ClockService(cast(Any, engine), leader).run(free_port(), stopped))
    await engine.began.wait()
    stopped.set()
    await running


async def test_the_tick_that_runs_is_waited_for(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    engine = SlowEngine(_ends_its_handful)
    with caplog.at_level(logging.ERROR):
        await _stopped(database, engine)

    assert engine.ended and caplog.records == []


async def test_one_that_does_not_end_is_given_up_quietly(
    database: Database, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PATIENCE", 0.0)
    engine = SlowEngine(_never_ends)
    with caplog.at_level(logging.ERROR):
        await _stopped(database, engine)

    assert not engine.ended and caplog.records == []
