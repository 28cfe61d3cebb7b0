"""An event loop that lives longer than one test, for what is started once and talked to by all tests of a module or a room.
And connections on a loop that live as long as one request.

`event_loop = pytest.fixture(lasting_loop, scope="module")` in that module or its conftest.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp


def lasting_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop, closed at the end."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


def single_use() -> aiohttp.TCPConnector:
    """A connection for each request of a client. One that is kept may be closed by the server in the moment in which it is used again."""
    return aiohttp.TCPConnector(limit=0, force_close=True)
