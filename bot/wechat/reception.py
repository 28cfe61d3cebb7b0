"""Writing a message down when it comes and when its turn begins. A slow or broken database costs the memory of it, not the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.wechat import receipt
from bot.wechat.incoming import Incoming
from bot.wechat.receipt import Receipt

log = structlog.get_logger(__name__)

# Seconds that danger waits for the inbox, of the 4.5 in which it can be answered. A database that somebody holds takes five.
WRITTEN_WITHIN = 1.0

# Whether words cannot wait. Asked only where something makes them wait, because it takes as long as the rest of the wire.
Urgent = Callable[[str], Awaitable[bool]]


async def not_urgent(_words: str) -> bool:
    """For a wire on which everything may wait."""
    return False


class Reception:
    """Of one process. `exclusive`: no other works on the same inbox."""

    def __init__(self, database: Database, clock: Clock, exclusive: bool, urgent: Urgent) -> None:
        self._database = database
        self._clock = clock
        self._exclusive = exclusive
        self._urgent = urgent

    async def take_in(self, message: Incoming, parent_key: str, queued: bool, words: str) -> Receipt:
        """Write down a message that has just come; `words`: what it says."""
        args = (message, parent_key, queued, self._exclusive, self._clock.now())
        writing = asyncio.ensure_future(self._database.run(receipt.take_in, *args))
        done, _ = await asyncio.wait({writing}, timeout=WRITTEN_WITHIN)
        if not done and await self._urgent(words):
            # Written it will be, or not: in danger the answer is worth more than to know whether this is a retry after a restart.
            writing.add_done_callback(_look_at)
            log.error("wechat.inbox_unwritable", reason="slow", advice="The database is slow: a sign of danger is answered without it.")
            return Receipt(ours=True)
        return await self._kept(writing, written=False)

    async def begin(self, message: Incoming, parent_key: str, left: bool) -> Receipt:
        """The turn of a message that had to queue begins, or of one that was `left` by a crash."""
        args = (message, parent_key, self._exclusive, left, self._clock.now())
        return await self._kept(asyncio.ensure_future(self._database.run(receipt.begin, *args)), written=True)

    async def _kept(self, writing: asyncio.Future[Receipt], written: bool) -> Receipt:
        try:
            return await writing
        except (DatabaseError, IntegrityError) as error:
            # The parent gets an answer even so; only the memory of it is missing. The second quotes the row: not in full.
            advice = str(error) if isinstance(error, DatabaseError) else "a bug: report it"
            log.error("wechat.inbox_unwritable", reason=getattr(error, "reason", "other"), advice=advice)
            return Receipt(ours=True, written=written)


def _look_at(writing: asyncio.Future[Receipt]) -> None:
    error = None if writing.cancelled() else writing.exception()
    if error:
        log.error("wechat.inbox_unwritable", reason=getattr(error, "reason", type(error).__name__))
