"""While a human has a conversation the assistant is silent, but for danger and for the parent's own rights; and what humans write goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import structlog
from rasa.core.channels.channel import UserMessage
from sqlalchemy.orm import Session

from bot.assistant.few_at_once import Answering
from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.logs import staff, takeovers
from bot.logs.heard import Heard, silent_turn
from bot.privacy import ScrubError, scrubber
from bot.wechat.sender import Outcome

log = structlog.get_logger(__name__)

EVERY = 1.0
# Answered whoever has the conversation: danger, and what a parent may ask of us by law.
NEVER_SILENT = {"danger", "privacy_notice", "show_my_data", "export_my_data", "erase_my_data", "confirm_erase", "stop_reminders"}

_STATES = {Outcome.SENT: "sent", Outcome.KEPT: "held", Outcome.DROPPED: "dropped"}
_WITHHELD = "〈这条的文字没有保留〉"

# Parent_key, text, question, whether it was written too late to go at once: what became of it.
Give = Callable[[str, str, str, bool], Awaitable[Outcome]]


class Parsing(Answering, Protocol):
    """What is needed of Rasa's agent."""

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        """What the pipeline understands."""


class Humans:
    """Stands before the agent. Who is taken over is read once a second, so that a message of anybody else costs nothing."""

    def __init__(self, agent: Parsing, database: Database, clock: Clock, record: Callable[[Heard], None], give: Give) -> None:
        self._agent = agent
        self._database = database
        self._clock = clock
        self._record = record
        self._give = give
        self._taken: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None
        # What became of messages of which that is not written down yet, and their anonymised words: they never go out again.
        self._unwritten: dict[int, tuple[str, str]] = {}

    async def handle_message(self, message: UserMessage) -> object:
        if message.sender_id not in self._taken:
            return await self._agent.handle_message(message)
        parsed = await self._agent.parse_message(message.text)
        if (parsed.get("intent") or {}).get("name") in NEVER_SILENT:
            return await self._agent.handle_message(message)
        # Handed back within the last second: nobody would answer this one.
        with suppress(DatabaseError):
            await self.look_who()
        if message.sender_id not in self._taken:
            return await self._agent.handle_message(message)
        said = {
            "text": message.text,
            "parse_data": parsed,
            "metadata": message.metadata,
            "message_id": message.message_id,
        }
        self._record(silent_turn(message.sender_id, said, self._clock.now()))
        return None

    def start(self) -> None:
        """Begin to look once a second, on the running event loop."""
        self._task = asyncio.get_running_loop().create_task(self._look_forever(), name="humans")

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def look_who(self) -> bool:
        """Who is taken over now; returns whether something that humans have written is to be sent."""
        self._taken, waits = await self._database.read(_state, self._clock.now())
        return waits

    async def look(self) -> None:
        """Who is taken over now; and send what humans have written."""
        waits = await self.look_who()
        for message_id in tuple(self._unwritten):
            await self._write(message_id)
        if waits:
            for each in await self._database.run(staff.due, self._clock.now()):
                await self._send(each)

    async def _look_forever(self) -> None:
        while True:
            try:
                await self.look()
            except DatabaseError as error:
                log.error("humans.unreadable", reason=error.reason)
            except Exception as error:  # noqa: BLE001
                # Whatever a library raises: without this loop a conversation that was handed back would stay silent.
                log.error("humans.failed", error=type(error).__name__)
            await asyncio.sleep(EVERY)

    async def _send(self, due: staff.Due) -> None:
        outcome = await self._give(due.parent_key, due.text, due.question, due.late)
        log.info("humans.sent", outcome=outcome.value)
        # The words are with the parent or with the wire now; here only the anonymised ones stay.
        kept = await asyncio.get_running_loop().run_in_executor(None, _scrubbed, due.text)
        self._unwritten[due.id] = (_STATES[outcome], kept)
        await self._write(due.id)

    async def _write(self, message_id: int) -> None:
        await self._database.run(staff.settle, message_id, *self._unwritten[message_id], self._clock.now())
        del self._unwritten[message_id]


def _state(session: Session, now: datetime) -> tuple[frozenset[str], bool]:
    return takeovers.taken_over(session, now), staff.waits(session, now)


def _scrubbed(text: str) -> str:
    try:
        return scrubber().scrub(text).text
    except ScrubError as error:
        log.error("logs.withheld", error=str(error))
        return _WITHHELD
