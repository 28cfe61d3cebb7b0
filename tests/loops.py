"""An event loop that lives longer than one test, for what is started once and talked to by all tests of a module or a room.

`event_loop = pytest.fixture(lasting_loop, scope="module")` in that module or its conftest.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator


def lasting_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop, closed at the end."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()
