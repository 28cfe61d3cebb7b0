"""Fixtures of the tests of reminders."""

from __future__ import annotations

import pytest

from bot.clock import ManualClock
from bot.db import Database
from tests.reminders.engine import Engine, make_engine
from tests.reminders.support import beijing


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(beijing(2027, 1, 4, 9))


@pytest.fixture
def engine(database: Database, clock: ManualClock) -> Engine:
    return make_engine(database, clock)
