"""Turns on their way into the log: a bounded queue, one thread or another process that anonymises, transactions of many turns.

A turn only costs the conversation that it is put into the queue. Nothing is lost in silence: what does not fit is fetched later from
the assistant's short memory (`recall`), and so is what a crash has left unwritten; what is written already is known by its key.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.logs import writing
from bot.logs.cleaning import Anonymised, Clean, Cleaner, Order, anonymised
from bot.logs.grouping import Grouping, rarity
from bot.logs.heard import Event, Heard, turns_in
from bot.logs.tables import turns
from bot.privacy import scrubber

log = structlog.get_logger(__name__)

WAITING = 2000
# A transaction of some 10 ms: SQLite has one writer, and the messages of parents wait behind it.
BATCH = 20
# Seconds in which turns gather: twenty cost the database little more than one. Desk and figures are that much behind.
GATHER = 1.0
# Seconds before each further attempt to write; the last one again and again.
AGAIN = (0.5, 2.0, 5.0, 15.0)
# Turns of several parents do not end in the order in which they are written: look back this much further.
OVERLAP = timedelta(minutes=10)


@dataclass(frozen=True)
class Remembered:
    """Events of a turn as the assistant's memory keeps them, in the order of `id`."""

    id: int
    parent_key: str
    at: datetime
    events: Sequence[Event]


# Turns after a moment and after an id, oldest first, some at a time.
Recall = Callable[[Session, datetime, int], Sequence[Remembered]]
# Anonymises in another process; None: it cannot now.
Elsewhere = Callable[[Order], Awaitable[Sequence[Anonymised] | None]]


class LogWriter:
    """Writes turns. `put` belongs to the event loop; `forget` may be called from any thread.

    `elsewhere`: who anonymises; what nobody does there is done in a thread here.
    """

    elsewhere: Elsewhere | None = None

    def __init__(self, database: Database, clock: Clock, key: str, recall: Recall | None = None, waiting: int = WAITING) -> None:
        self._database = database
        self._clock = clock
        self._key = key
        self._recall = recall
        self._waiting = waiting
        self._queue: list[tuple[int, Heard]] = []
        self._came = asyncio.Event()
        self._idle = asyncio.Event()
        self._enough = asyncio.Event()  # to begin before turns have gathered
        self._hurried = 0  # who waits for it
        self._cleaner = Cleaner(key)
        self._grouping = Grouping()
        self._forgotten: dict[str, int] = {}
        self._erased: list[str] = []  # whose traces in memory still have to go
        self._sequence = 0
        self._behind = recall is not None  # at start there may be turns of before
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="logs")
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        self.written = 0

    def put(self, heard: Heard) -> None:
        """Queue a turn; never waits."""
        self._sequence += 1
        if len(self._queue) < self._waiting:
            self._queue.append((self._sequence, heard))
        elif not self._behind:
            self._behind = True
            log.error("logs.behind", waiting=self._waiting, recalled_later=self._recall is not None)
        if len(self._queue) >= BATCH:
            self._enough.set()
        self._idle.clear()
        self._came.set()

    def put_all(self, parent_key: str, events: Sequence[Event]) -> None:
        """Queue the turns in these events of Rasa's."""
        for heard in turns_in(parent_key, events, self._clock.now()):
            self.put(heard)

    def forget(self, parent_key: str) -> None:
        """The parent is being erased: nothing that is on its way may be written any more."""
        self._forgotten[parent_key] = self._sequence
        self._erased.append(parent_key)

    def start(self) -> None:
        """Begin writing, on the running event loop."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="logs-writer")

    async def close(self, patience: float = 8.0) -> None:
        """Write what waits; what takes longer than `patience` seconds is fetched at the next start."""
        if self._task is None:
            return
        self._closing = True
        self._came.set()
        self._enough.set()
        with suppress(asyncio.TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(self._task, patience)
        if self._queue:
            log.warning("logs.left", turns=len(self._queue))
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def settled(self) -> None:
        """Wait until all that was put is written, which begins now."""
        self._hurried += 1
        self._enough.set()
        try:
            await self._idle.wait()
        finally:
            self._hurried -= 1

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, _warm_up, self.elsewhere is None)
        while True:
            while self._queue:
                await self._gathered()
                await self._write_some()
            if self._behind:
                await self._catch_up()
                continue
            self._idle.set()
            if self._closing:
                return
            await self._came.wait()
            self._came.clear()

    async def _gathered(self) -> None:
        if self._closing or self._hurried or len(self._queue) >= BATCH:
            return
        self._enough.clear()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._enough.wait(), GATHER)

    async def _write_some(self) -> None:
        batch = self._queue[:BATCH]
        try:
            await self._persist(batch)
        except Exception as error:  # noqa: BLE001
            # A bug of ours must cost these turns only, and be seen: without this the task would end, and with it the log.
            log.error("logs.turn_lost", turns=len(batch), error=type(error).__name__)
        del self._queue[: len(batch)]

    async def _catch_up(self) -> None:
        """What the memory of the assistant has and the log has not."""
        self._behind = False
        if self._recall is None:
            return
        try:
            since = await self._database.read(_written_until) or datetime.min.replace(tzinfo=self._clock.now().tzinfo)
            last, found = 0, 0
            # Counted before reading: whoever is erased meanwhile is dropped when it is written.
            self._sequence += 1
            sequence = self._sequence
            while not self._closing:
                some = await self._database.read(self._recall, since, last)
                if not some:
                    break
                last = some[-1].id
                heard = [turn for each in some for turn in turns_in(each.parent_key, each.events, each.at)]
                found += await self._persist([(sequence, turn) for turn in heard])
        except DatabaseError as error:
            log.error("logs.not_written", reason=error.reason, waiting=len(self._queue))
            self._behind = not self._closing
            await asyncio.sleep(AGAIN[-1] if not self._closing else 0)
            return
        except Exception as error:  # noqa: BLE001
            # As below: a bug must not end the record.
            log.error("logs.turn_lost", turns=0, error=type(error).__name__)
            return
        if found:
            log.warning("logs.caught_up", turns=found)

    async def _persist(self, batch: Sequence[tuple[int, Heard]]) -> int:
        """Anonymise and write, until the database takes it."""
        for attempt in itertools.count():
            try:
                return await self._write(await self._clean(batch))
            except DatabaseError as error:
                log.error("logs.not_written", reason=error.reason, waiting=len(self._queue))
                if self._closing:
                    raise asyncio.CancelledError from error
                self._grouping.forget()
                await asyncio.sleep(AGAIN[min(attempt, len(AGAIN) - 1)])
        raise AssertionError("it counts without end")

    async def _clean(self, batch: Sequence[tuple[int, Heard]]) -> list[Clean]:
        while self._erased:
            self._cleaner.forget(self._erased.pop())
            self._grouping.forget()
        unknown = sorted({heard.parent_key for _, heard in batch if not self._cleaner.knows(heard.parent_key)})
        known = await self._database.glance(writing.books, unknown) if unknown else {}
        for parent_key in unknown:
            self._cleaner.learn(parent_key, known.get(parent_key, ""))
        order = self._cleaner.order([heard for _, heard in batch])
        done = await self.elsewhere(order) if self.elsewhere else None
        if done is None:
            done = await asyncio.get_running_loop().run_in_executor(self._thread, _anonymised_here, order)
        return self._cleaner.cleaned(batch, order, done)

    async def _write(self, clean: Sequence[Clean]) -> int:
        try:
            count = await self._database.run(writing.write, clean, self._key, self._grouping, self._forgotten)
        except IntegrityError:
            # Another process wrote one of them in this moment.
            self._grouping.forget()
            count = sum([await self._write_one(each) for each in clean])
        self.written += count
        return count

    async def _write_one(self, clean: Clean) -> int:
        try:
            return await self._database.run(writing.write, [clean], self._key, self._grouping, self._forgotten)
        except IntegrityError as error:
            self._grouping.forget()
            log.error("logs.turn_lost", error=type(error).__name__)
            return 0


def _anonymised_here(order: Order) -> Sequence[Anonymised]:
    return list(anonymised(order))


def _warm_up(with_recogniser: bool) -> None:
    """The recogniser's model and the weights of words take a second each: not while the first turn waits."""
    if with_recogniser:
        scrubber().scrub("你好")
    rarity()


def _written_until(session: Session) -> datetime | None:
    latest: datetime | None = session.execute(select(func.max(turns.c.at))).scalar_one_or_none()
    return latest - OVERLAP if latest else None
