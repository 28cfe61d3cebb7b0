"""Understanding in a process of its own, so that it and the talk use two cores; Python runs one thread at a time.

Of a turn about half the computing is understanding the sentence, and it needs nothing of the talk. What the other process cannot do now
(it is still loading, it was killed, it runs late) is understood here: nothing waits for it in vain.

In the pauses between sentences the same process anonymises turns for the record (`scrub`): it has the memory and, mostly, the time.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import socket
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import structlog

from bot.assistant import parser_work
from bot.assistant.alike import Order as Comparison
from bot.assistant.other_process import Line, ProcessGone
from bot.assistant.parser_work import COMPARE, FIRST, SCRUB, UNDERSTAND, Parsed
from bot.logs.cleaning import Anonymised, Order

log = structlog.get_logger(__name__)

# Ten times what the longest sentence takes on a busy machine; WeChat's five seconds leave time to do it here instead.
PATIENCE = 1.0
# The record is in no hurry.
PATIENCE_OF_RECORD = 60.0
# A process that falls before it could understand anything is not started again at once: loading takes all of a core.
AGAIN_AFTER = 30.0


class ParserProcess:
    """A process that holds the model and understands sentences, one after the other. `load` and `understand` run in it (`parser_work`).

    Its calls belong to one event loop, from the first of them on.
    """

    def __init__(
        self, model: Path, load: Callable[[str], None] | None = None, understand: Callable[[str], Parsed] | None = None
    ) -> None:
        self._model = model
        self._load = load or parser_work.load_model
        self._understand = understand or parser_work.understand
        self._process: BaseProcess | None = None
        self._unconnected: socket.socket | None = None
        self._line: Line | None = None
        self._again: asyncio.TimerHandle | None = None

    def fork(self, agent: object, listening: socket.socket) -> None:
        """Begin with a copy of this process, which shares most of its memory; only before it has threads.

        `agent`: the one that understands there; `listening`: a socket that must not stay open there.
        """
        parser_work.agent = agent
        # What lies in frozen pages is not touched by the garbage collector and stays shared.
        gc.collect()
        gc.freeze()
        ours, theirs = socket.socketpair()
        self._begin("fork", ours, theirs, parser_work.in_a_copy, (os.getpid(), theirs, self._understand, (listening, ours)))

    def start(self) -> None:
        """Begin with a new process, which loads the model; returns at once.

        Not forked: a copy of a process whose threads hold locks may wait for them for ever.
        """
        ours, theirs = socket.socketpair()
        self._begin(
            "spawn", ours, theirs, parser_work.in_a_new_one, (os.getpid(), theirs, self._understand, self._load, str(self._model))
        )

    def _begin(
        self, method: str, ours: socket.socket, theirs: socket.socket, target: Callable[..., None], arguments: tuple[Any, ...]
    ) -> None:
        context = multiprocessing.get_context(method)
        self._process = context.Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self._unconnected = ours

    async def wait(self, seconds: float = 30.0) -> bool:
        """Whether it understands now; waits for at most that long."""
        for _ in range(int(seconds / 0.05)):
            line = await self._connected()
            if line is None or line.ready:
                break
            await asyncio.sleep(0.05)
        return await self.parse(FIRST) is not None

    async def parse(self, sentence: str) -> Parsed | None:
        """What Rasa's `parse_message` gives, or None: ask somebody else."""
        parsed: Parsed | None = await self._ask(UNDERSTAND, sentence, PATIENCE)
        return parsed

    async def alike(self, comparison: Comparison) -> list[float] | None:
        """How near sentences are in meaning, or None: ask somebody else."""
        near: list[float] | None = await self._ask(COMPARE, comparison, PATIENCE)
        return near

    async def scrub(self, order: Order) -> Sequence[Anonymised] | None:
        """Turns without personal data, or None: have it done somewhere else."""
        done: list[Anonymised] | None = await self._ask(SCRUB, order, PATIENCE_OF_RECORD)
        return done

    async def _ask(self, kind: str, argument: object, patience: float) -> Any:
        line = await self._connected()
        if line is None or not line.ready:
            return None
        try:
            return await line.call(kind, argument, patience)
        except ProcessGone:
            return None
        except asyncio.TimeoutError:
            log.warning("parser.late", seconds=patience, work=kind)
            return None

    async def _connected(self) -> Line | None:
        if self._unconnected is not None:
            ours, self._unconnected = self._unconnected, None
            line = self._line = Line(self._lost)
            await asyncio.get_running_loop().create_unix_connection(lambda: line, sock=ours)
        return self._line

    def _lost(self, line: Line) -> None:
        if line is not self._line:
            return
        log.error("parser.died", advice="understanding goes on in the assistant until a new one is ready")
        self.close()
        self._start_again(0.0 if line.was_ready else AGAIN_AFTER)

    def _start_again(self, after: float) -> None:
        self._again = asyncio.get_running_loop().call_later(after, self._try_to_start)

    def _try_to_start(self) -> None:
        try:
            self.start()
        except OSError as error:
            # No memory or no room for a process: there may be later.
            log.error("parser.failed", error=type(error).__name__)
            self._start_again(AGAIN_AFTER)

    def close(self) -> None:
        """End the process."""
        if self._again is not None:
            self._again.cancel()
        if self._line is not None:
            line, self._line = self._line, None
            line.close()
        if self._unconnected is not None:
            self._unconnected.close()
            self._unconnected = None
        if self._process is not None:
            self._process.terminate()
            self._process = None
