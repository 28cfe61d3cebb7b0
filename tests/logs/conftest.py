"""A record of its own for each test, on SQLite or PostgreSQL, and a clock that is turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.logs import writing
from bot.logs.cleaning import Cleaner
from bot.logs.grouping import Grouping
from bot.logs.heard import Heard, turns_in
from tests.logs.support import KEY, dicts


@pytest.fixture
def database(either_database: Database) -> Database:
    return either_database


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@dataclass
class Record:
    """Writes turns at once, without a queue; `do` runs a function of the room in a transaction."""

    database: Database
    clock: ManualClock
    cleaner: Cleaner
    grouping: Grouping

    def add(self, parent_key: str, *turns: list[Any]) -> list[Heard]:
        heard = [each for turn in turns for each in turns_in(parent_key, dicts(turn), self.clock.now())]
        self.write(heard)
        return heard

    def write(self, heard: list[Heard]) -> int:
        clean = [self.cleaner.clean(each, number) for number, each in enumerate(heard)]
        return self.do(writing.write, clean, KEY, self.grouping)

    def do(self, work: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with self.database.session() as session:
            return work(session, *args, **more)


@pytest.fixture
def record(database: Database, clock: ManualClock) -> Record:
    return Record(database, clock, Cleaner(KEY), Grouping())
