"""Exchange the model in the running assistant, between two turns: nothing is lost, nothing is answered twice.

What was published is loaded beside what answers. Then new turns wait for a moment, the running ones end, agent and content are
exchanged together, and the waiting turns go on. Whatever fails before that leaves everything as it was.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import structlog
from rasa.core.channels.channel import UserMessage

from bot.logs.cleaning import Anonymised, Order
from bot.model.current import Current, Serving, read_current, tell

log = structlog.get_logger(__name__)

EVERY = 2.0
# Of the 4.5 seconds in which an answer has to be there; a turn that takes longer ends with the agent that began it.
PATIENCE = 1.5


class Agent(Protocol):
    """What is exchanged: something that understands and answers."""

    async def handle_message(self, message: UserMessage) -> object:
        """Answer one message through its output channel."""

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        """What the pipeline understands."""

    async def scrub(self, order: Order) -> Sequence[Anonymised] | None:
        """Turns for the record without personal data; None: it cannot now."""

    def close(self) -> None:
        """It is not needed any more."""


class Swappable:
    """Stands for the agent of the moment."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._running = 0
        self._open = asyncio.Event()
        self._open.set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle_message(self, message: UserMessage) -> object:
        await self._open.wait()
        self._running += 1
        self._idle.clear()
        try:
            return await self._agent.handle_message(message)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        return await self._agent.parse_message(message_data)

    async def scrub(self, order: Order) -> Sequence[Anonymised] | None:
        return await self._agent.scrub(order)

    async def exchange(self, agent: Agent, between: Callable[[], Awaitable[None]]) -> None:
        """Let `agent` answer from the next turn on; `between` runs while no turn does. If it raises, the old agent stays."""
        self._open.clear()
        try:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._idle.wait(), PATIENCE)
            await between()
            old, self._agent = self._agent, agent
        finally:
            self._open.set()
        old.close()

    def close(self) -> None:
        """End what the agent of the moment holds."""
        self._agent.close()


class Swapper:
    """Looks for a new choice and carries it out.

    Args:
        var: the folder of the models.
        serving: the name of the model that answers at the start.
        load: a choice → an agent that is ready. Runs in a thread; raises `failures` when it cannot.
        renew: reads the content of the choice; runs in a thread while no turn runs; raises `failures` and changes nothing when it cannot.
        failures: what `load` and `renew` raise. Anything else keeps the old model too, but its words are not shown to anybody.
    """

    def __init__(
        self,
        agent: Swappable,
        var: Path,
        serving: str,
        load: Callable[[Current], Agent],
        renew: Callable[[Current], None],
        failures: tuple[type[Exception], ...],
    ) -> None:
        self.model = serving
        self._agent = agent
        self._var = var
        self._load = load
        self._renew = renew
        self._failures = failures
        self._done: Current | None = read_current(var)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Say what answers, and begin to look, on the running event loop."""
        wanted = self._done if self._done and self._done.model == self.model else None
        tell(self._var, Serving(self.model, wanted))
        self._task = asyncio.get_running_loop().create_task(self._look_forever(), name="swap")

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> None:
        """Exchange when there is a new choice. One that failed is not tried again; choose it again to have it tried."""
        wanted = read_current(self._var)
        if wanted is None or wanted == self._done:
            return
        self._done = wanted
        try:
            await self._swap(wanted)
        except self._failures as error:
            self._keep(wanted, error, str(error))
        except Exception as error:  # noqa: BLE001 - whatever a broken model raises: the old one goes on answering
            self._keep(wanted, error, "")

    async def _swap(self, wanted: Current) -> None:
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(None, self._load, wanted)

        async def between() -> None:
            await loop.run_in_executor(None, self._renew, wanted)

        try:
            await self._agent.exchange(made, between)
        except BaseException:
            made.close()
            raise
        self.model = wanted.model
        tell(self._var, Serving(wanted.model, wanted))
        log.info("swap.done", model=wanted.model, run=wanted.run)
        # The old model was frozen for the parser's process; without this its memory would never come back.
        gc.unfreeze()
        await loop.run_in_executor(None, gc.collect)

    def _keep(self, wanted: Current, error: Exception, sentence: str) -> None:
        log.error("swap.failed", model=wanted.model, run=wanted.run, error=type(error).__name__)
        tell(self._var, Serving(self.model, wanted, sentence or f"新模型装不上（{type(error).__name__}），现在还是原来的在回答。"))

    async def _look_forever(self) -> None:
        while True:
            try:
                await self.look()
            except OSError as error:
                log.error("swap.unreadable", error=type(error).__name__)
            await asyncio.sleep(EVERY)
