"""Fixtures of the whole way: one house, trained and running, for all tests of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loops import lasting_loop
from tests.whole_way.house import House, living

# One loop: the simulated WeChat and the browser live on it as long as the house.
event_loop = pytest.fixture(lasting_loop, scope="module")


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, chromium: Path) -> AsyncIterator[House]:
    """The small library, trained and answering."""
    async with living(tmp_path_factory.mktemp("house"), chromium) as made:
        yield made
