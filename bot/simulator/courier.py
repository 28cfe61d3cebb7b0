"""Carries one message to the callback: up to three tries, the same bytes each time, five seconds apart.

Source: WeChat's page on passive replies. A try fails when no answer comes in time or the HTTP status is not 200 (the page
is silent on the status; trying again is the harder case for a callback). Whatever else comes back ends the tries.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import aiohttp

from bot.clock import Clock
from bot.simulator.envelope import Sealed
from bot.simulator.journal import Delivery, Try

ANSWER_BYTES = 65536
HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0", "Accept": "*/*"}


@dataclass(frozen=True)
class Answer:
    """What one POST brought: status 0 and a word in `outcome` when nothing came."""

    status: int
    body: str
    outcome: str = "answered"


class Line(Protocol):
    """The way to the callback."""

    async def post(self, url: str, query: dict[str, str], body: str, timeout: float) -> Answer:
        """POST once, waiting `timeout` seconds at most; never raises for what the network does."""


class HttpLine:
    """The way over HTTP; opened inside a running loop, and closed there."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Get ready to post."""
        # Sanic drops idle connections after 5 s; a shorter memory here avoids posting into one that is closing.
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=2))

    async def post(self, url: str, query: dict[str, str], body: str, timeout: float) -> Answer:
        return await self._request("POST", url, query, body.encode(), timeout)

    async def get(self, url: str, query: dict[str, str], timeout: float) -> Answer:
        """GET once, as WeChat does when the server configuration is saved."""
        return await self._request("GET", url, query, None, timeout)

    async def _request(self, method: str, url: str, query: dict[str, str], data: bytes | None, timeout: float) -> Answer:
        if self._session is None:
            return Answer(0, "", "closed")
        limit = aiohttp.ClientTimeout(total=timeout)
        try:
            async with self._session.request(
                method, url, params=query, data=data, headers=HEADERS, timeout=limit, allow_redirects=False
            ) as response:
                content = await response.content.read(ANSWER_BYTES)
                return Answer(response.status, content.decode("utf-8", "replace"))
        except asyncio.TimeoutError:
            return Answer(0, "", "timeout")
        except (aiohttp.ClientError, OSError):
            return Answer(0, "", "unreachable")

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()


class Courier:
    """Delivers with WeChat's patience: `tries` times, `gap` seconds apart, closing after `gap` seconds."""

    def __init__(self, line: Line, clock: Clock, tries: int, gap: float) -> None:
        self._line = line
        self._clock = clock
        self.tries = tries
        self.gap = gap

    async def carry(self, url: str, delivery: Delivery, tell: Callable[[], None]) -> str | None:
        """Return the callback's answer, or None when every try failed; `tell` is called after each try."""
        for number in range(1, self.tries + 1):
            started = time.monotonic()
            answer = await self._once(url, delivery.sealed)
            elapsed = time.monotonic() - started
            outcome = answer.outcome if answer.status in {0, 200} else f"http {answer.status}"
            delivery.tries.append(Try(number, self._clock.now(), answer.status, round(elapsed * 1000), outcome))
            tell()
            if answer.status == 200:
                return answer.body
            if number < self.tries:
                await asyncio.sleep(max(0.0, self.gap - elapsed))
        return None

    async def _once(self, url: str, sealed: Sealed) -> Answer:
        if not url:
            return Answer(0, "", "no callback")
        return await self._line.post(url, sealed.query, sealed.body, self.gap)
