"""The clock process: ticks, leadership, and an answer to whoever asks how it is."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timezone

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.db import DatabaseError
from bot.reminders.engine import Engine
from bot.reminders.leader import Leader

log = structlog.get_logger(__name__)

TICK_SECONDS = 5
# A lease of thirty seconds is renewed more often than that, also while a long tick runs.
LEAD_SECONDS = 8
# A tick that sends a hundred thousand messages may take minutes; longer than this nothing moves any more.
STUCK_SECONDS = 900
PATIENCE = 8.0


class ClockService:
    """Runs an engine while this process leads; otherwise it stands by."""

    def __init__(self, engine: Engine, leader: Leader) -> None:
        self._engine = engine
        self._leader = leader
        self._moved = time.monotonic()
        self._counts: dict[str, int] = {}
        self._reason = ""
        self._ticking: asyncio.Task[None] | None = None

    async def run(self, port: int, stopped: asyncio.Event) -> None:
        """Until `stopped`. `port` of this machine answers GET with 200 and a JSON object, 503 when nothing moves.

        Raises:
            OSError: the port is taken.
        """
        server = await asyncio.start_server(self._answer, "127.0.0.1", port)
        # It drives the ticks and nothing else: what is due stands in the database.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = AsyncIOScheduler(timezone=timezone.utc)
        now = datetime.now(timezone.utc)
        once = {"max_instances": 1, "coalesce": True, "next_run_time": now}
        scheduler.add_job(_quiet(self._lead), "interval", seconds=LEAD_SECONDS, **once)
        scheduler.add_job(_quiet(self._tick), "interval", seconds=TICK_SECONDS, **once)
        scheduler.start()
        log.info("reminders.clock_ready", port=server.sockets[0].getsockname()[1])
        try:
            await stopped.wait()
        finally:
            # Shutting down cancels what runs, and with it a handful that is on its way.
            scheduler.pause()
            await self._end()
            scheduler.shutdown(wait=False)
            server.close()
            await server.wait_closed()

    async def _lead(self) -> None:
        try:
            before = self._leader.leads
            await asyncio.get_running_loop().run_in_executor(None, self._leader.check)
            if self._leader.leads and not before:
                self._engine.dispatcher.look_after_another()
        except DatabaseError as error:
            self._fail(error)

    async def _tick(self) -> None:
        if not self._leader.leads:
            self._moved = time.monotonic()
            return
        self._ticking = asyncio.ensure_future(self._work())
        await self._ticking

    async def _work(self) -> None:
        try:
            self._counts = await self._engine.tick()
            self._moved, self._reason = time.monotonic(), ""
        except DatabaseError as error:
            # Whatever was in hand is looked at again at the next tick.
            self._fail(error)
            return
        if self._counts:
            log.info("reminders.tick", **self._counts)

    def _fail(self, error: DatabaseError) -> None:
        self._reason = error.reason
        log.error("reminders.database", reason=error.reason)

    async def _end(self) -> None:
        self._engine.stop()
        if self._ticking and not self._ticking.done():
            await asyncio.wait({self._ticking}, timeout=PATIENCE)
            self._ticking.cancel()
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._leader.resign)
        except DatabaseError as error:
            log.error("reminders.database", reason=error.reason)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.wait_for(reader.readuntil(b"\r\n"), 5)
            writer.write(self._health())
            await writer.drain()
        except (asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            return  # whoever asked has gone, or never said what
        finally:
            writer.close()

    def _health(self) -> bytes:
        stuck = time.monotonic() - self._moved > STUCK_SECONDS
        said = {"status": "stuck" if stuck else "ok", "leads": self._leader.leads, "last": self._counts}
        if self._reason:
            said["database"] = self._reason
        body = json.dumps(said).encode()
        status = b"503 Service Unavailable" if stuck else b"200 OK"
        head = b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nConnection: close\r\n"
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _quiet(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A job that is cancelled at the end without the scheduler's calling it a failure, with a trace."""

    async def job() -> None:
        with suppress(asyncio.CancelledError):
            await work()

    return job
