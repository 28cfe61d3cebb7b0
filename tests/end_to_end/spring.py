"""The days around Spring Festival, walked from one thing that happens to the next: what a mother says, and what is due."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.content.library import load_library
from bot.content.tables.shelf import load_shelf
from bot.db import Database
from bot.evaluation.wire import simulated_account
from bot.reminders.compose import Composer
from bot.reminders.engine import Engine
from bot.reminders.hours import at_hour
from bot.reminders.people import People
from bot.reminders.tables import IS_PLANNED, outbox
from bot.settings import Settings
from bot.simulator.parent import Parent
from bot.simulator.switches import Turnable
from bot.wechat.gateway import WeChatGateway
from tests.end_to_end.stack import Stack
from tests.trained import ROOT
from tools import spring_story as story

# The assistant is another process: it looks at the clock's file twice a second.
CLOCK_IS_SEEN = 0.7


class Walk:
    """Planner and dispatcher in this process, on the assistant's database: nothing waits for a tick by itself."""

    def __init__(self, stack: Stack) -> None:
        settings = Settings.from_environment(simulated_account(stack.wechat, stack.folder))
        self.wechat = stack.wechat
        clock = stack.wechat.platform.clock
        assert isinstance(clock, Turnable)
        self.clock: Any = clock
        self.database = Database(settings.database_url)
        self.gateway = WeChatGateway(settings, self.database, self.clock)
        composer = Composer(load_library(ROOT / "content"), load_shelf(ROOT / "content"))
        people = People(self.clock.now)
        self.engine = Engine(self.database, self.clock, self.gateway, people, composer, ROOT / "content", "walk")

    async def go(self) -> Parent:
        """All of the story; returns her phone."""
        self.clock.set(story.TALK[0].moment - timedelta(hours=3))
        await asyncio.sleep(CLOCK_IS_SEEN)
        parent = await self.wechat.follow()
        for said in story.TALK:
            await self._until(said.moment)
            await asyncio.sleep(CLOCK_IS_SEEN)
            await parent.say(said.words)
        await self._until(at_hour(story.NEW_YEAR + timedelta(days=story.LAST + 1), time(9, 0)))
        return parent

    def rows(self) -> list[dict[str, Any]]:
        """The outbox, in order of time."""
        with self.database.session(readonly=True) as session:
            return [dict(row) for row in session.execute(select(outbox).order_by(outbox.c.due_at)).mappings()]

    async def close(self) -> None:
        await self.gateway.close()
        self.database.close()

    async def _until(self, moment: datetime) -> None:
        """There, with a stop wherever something is due, and at least one a day."""
        while True:
            await self.engine.tick()
            stop = min(moment, self._next_due() or moment, self.clock.now() + timedelta(days=1))
            if stop <= self.clock.now():
                return
            self.clock.set(stop + timedelta(seconds=1))

    def _next_due(self) -> datetime | None:
        with self.database.session(readonly=True) as session:
            coming = select(func.min(outbox.c.not_before)).where(IS_PLANNED, outbox.c.not_before > self.clock.now())
            found: datetime | None = session.execute(coming).scalar()
            return found
