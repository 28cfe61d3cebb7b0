"""A process without a model follows what is published: when something goes live, or back, it reads the content anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.content.documents import ContentError
from bot.model.current import choice_stamp

log = structlog.get_logger(__name__)

EVERY = 3.0


class Follower:
    """`renew` reads the content; it runs in a thread and changes nothing when it raises ContentError or OSError."""

    def __init__(self, var: Path, renew: Callable[[], None]) -> None:
        self._var = var
        self._renew = renew
        self._seen = choice_stamp(var)

    async def look(self) -> None:
        """Read anew if another choice was made, or its files were put in their place."""
        stamp = choice_stamp(self._var)
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._renew)
        except (ContentError, OSError) as error:
            log.error("publish.unread", error=type(error).__name__)

    async def follow(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()
