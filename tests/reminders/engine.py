"""Planner and dispatcher of one process, on a database of the test's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from bot.clock import ManualClock
from bot.content.library import Library, load_library
from bot.content.tables.shelf import Shelf, load_shelf
from bot.db import Database
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns
from bot.reminders.compose import Composer
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.facts import Facts
from bot.reminders.gateway import Reach
from bot.reminders.mass import MassDispatcher
from bot.reminders.plan import Plan
from bot.reminders.planner import Planner
from bot.reminders.tables import outbox
from tests.reminders.support import ROOT, Known, Wire, calendar, campaigns


@lru_cache(maxsize=1)
def content() -> tuple[Library, Shelf]:
    return load_library(ROOT / "content"), load_shelf(ROOT / "content")


@dataclass
class Engine:
    """One life of the clock process; `reborn` gives the next one, on the same database and wire."""

    database: Database
    clock: ManualClock
    wire: Wire
    known: Known
    campaigns: Campaigns
    owner: str = "first"
    at_once: int = 4
    planner: Planner = field(init=False)
    dispatcher: Dispatcher = field(init=False)
    mass: MassDispatcher = field(init=False)

    def __post_init__(self) -> None:
        plan = Plan(self.campaigns, calendar())
        by_list = self.wire.allowed.mass_by_list
        budget = Budget(plan, by_list)
        composer = Composer(*content())
        self.planner = Planner(self.database, self.wire, self.known, plan)
        self.dispatcher = Dispatcher(
            self.database, self.clock, self.wire, self.known, self.campaigns, composer, budget, self.owner, self.at_once
        )
        self.mass = MassDispatcher(self.database, self.clock, self.wire, self.dispatcher.decider, by_list)

    def parent(self, key: str, facts: Facts | None = None, reach: Reach | None = None) -> None:
        """A parent who follows, with an open window unless said otherwise."""
        self.wire.parents[key] = reach or Reach(following=True, custom_left=4)
        if facts:
            self.known.facts[key] = facts

    async def tick(self) -> dict[str, int]:
        self.planner.tick(self.clock.now())
        counts = await self.dispatcher.tick()
        for name, count in (await self.mass.tick()).items():
            counts[name] = counts.get(name, 0) + count
        return counts

    async def until(self, moment: datetime, step: timedelta = timedelta(hours=1)) -> None:
        """Turn the clock there, with a tick each `step`."""
        while self.clock.now() < moment:
            self.clock.turn(step)
            await self.tick()

    def rows(self, **wanted: object) -> list[dict[str, Any]]:
        with self.database.session(readonly=True) as session:
            found = [dict(row) for row in session.execute(select(outbox).order_by(outbox.c.id)).mappings()]
        return [row for row in found if all(row[name] == value for name, value in wanted.items())]

    def reborn(self, owner: str = "second", changed: Campaigns | None = None) -> Engine:
        return Engine(self.database, self.clock, self.wire, self.known, changed or self.campaigns, owner, self.at_once)


def make_engine(database: Database, clock: ManualClock, wire: Wire | None = None) -> Engine:
    return Engine(database, clock, wire or Wire(), Known(), campaigns())


def with_tickets(engine: Engine, ways: tuple[str, ...] = ("customer_service", "next_contact"), expect: str = "") -> Engine:
    """With one campaign of one step: tickets, fifteen days before a reunion."""
    reunion = engine.campaigns.by_slug["reunion"]
    step = replace(reunion.steps[0], ways=ways, expect=expect)
    return engine.reborn(changed=Campaigns((replace(reunion, steps=(step,)),), "tickets"))
