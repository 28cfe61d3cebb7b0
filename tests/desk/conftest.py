"""The desk on a port of its own, over an empty database and a clock that is turned."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import ManualClock
from tests.desk.support import Desk, desk_services, desk_serving


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManualClock]:
    turned = ManualClock()
    with desk_services(tmp_path, monkeypatch, turned, CONTENT="tests/content/library"):
        yield turned


@pytest.fixture
async def desk(clock: ManualClock) -> AsyncIterator[Desk]:
    async with desk_serving(clock) as here:
        yield here
