"""Understanding in a process of its own, so that it and the talk use two cores; Python runs one thread at a time.

Of a turn about half the computing is understanding the sentence, and it needs nothing of the talk. What the other process cannot do now
(it is still loading, it was killed, it runs late) is understood here: nothing waits for it in vain.

In the pauses between sentences the same process anonymises turns for the record (`scrub`): it has the memory and, mostly, the time.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import structlog

from bot.assistant.alike import Order as Comparison
from bot.assistant.alike import likenesses
from bot.assistant.other_process import Line, ProcessGone, serve
from bot.log_lines import log_to_stderr
from bot.logs.cleaning import Anonymised, Order, anonymised

log = structlog.get_logger(__name__)

# Ten times what the longest sentence takes on a busy machine; WeChat's five seconds leave time to do it here instead.
PATIENCE = 1.0
# The record is in no hurry.
PATIENCE_OF_RECORD = 60.0
# A process that falls before it could understand anything is not started again at once: loading takes all of a core.
AGAIN_AFTER = 30.0
_FIRST = "孩子不说话怎么办"
_UNDERSTAND, _COMPARE, _SCRUB = "understand", "compare", "scrub"

Parsed = dict[str, Any]


class ParserProcess:
    """A process that holds the model and understands sentences, one after the other. `load` and `understand` run in it.

    Its calls belong to one event loop, from the first of them on.
    """

    def __init__(
        self, model: Path, load: Callable[[str], None] | None = None, understand: Callable[[str], Parsed] | None = None
    ) -> None:
        self._model = model
        self._load = load or load_model
        self._understand = understand or _understand
        self._process: BaseProcess | None = None
        self._unconnected: socket.socket | None = None
        self._line: Line | None = None
        self._again: asyncio.TimerHandle | None = None

    def fork(self, agent: object, listening: socket.socket) -> None:
        """Begin with a copy of this process, which shares most of its memory; only before it has threads.

        `agent`: the one that understands there; `listening`: a socket that must not stay open there.
        """
        global _agent
        _agent = agent
        # What lies in frozen pages is not touched by the garbage collector and stays shared.
        gc.collect()
        gc.freeze()
        ours, theirs = socket.socketpair()
        self._begin("fork", ours, theirs, _in_a_copy, (os.getpid(), theirs, self._understand, (listening, ours)))

    def start(self) -> None:
        """Begin with a new process, which loads the model; returns at once.

        Not forked: a copy of a process whose threads hold locks may wait for them for ever.
        """
        ours, theirs = socket.socketpair()
        self._begin(
            "spawn", ours, theirs, _in_a_new_one, (os.getpid(), theirs, self._understand, self._load, str(self._model))
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
        return await self.parse(_FIRST) is not None

    async def parse(self, sentence: str) -> Parsed | None:
        """What Rasa's `parse_message` gives, or None: ask somebody else."""
        try:
            parsed: Parsed | None = await self._call(_UNDERSTAND, sentence, PATIENCE)
        except asyncio.TimeoutError:
            log.warning("parser.late", seconds=PATIENCE, work=_UNDERSTAND)
            return None
        return parsed

    async def alike(self, comparison: Comparison) -> list[float] | None:
        """How near sentences are in meaning, or None: ask somebody else."""
        try:
            near: list[float] | None = await self._call(_COMPARE, comparison, PATIENCE)
        except asyncio.TimeoutError:
            log.warning("parser.late", seconds=PATIENCE, work=_COMPARE)
            return None
        return near

    async def scrub(self, order: Order) -> Sequence[Anonymised] | None:
        """Turns without personal data, or None: have it done somewhere else."""
        try:
            done: list[Anonymised] | None = await self._call(_SCRUB, order, PATIENCE_OF_RECORD)
        except asyncio.TimeoutError:
            log.warning("parser.late", seconds=PATIENCE_OF_RECORD, work=_SCRUB)
            return None
        return done

    async def _call(self, kind: str, argument: object, patience: float) -> Any:
        line = await self._connected()
        if line is None or not line.ready:
            return None
        try:
            return await line.call(kind, argument, patience)
        except ProcessGone:
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


# The agent of the parser's process.
_agent: Any = None


def load_model(model: str) -> None:
    """Runs in a new process: the model, without trackers and actions."""
    global _agent
    from bot.kept_out import keep_out

    keep_out()
    from rasa.core.agent import Agent as RasaAgent

    from bot.assistant.lean import make_lean

    make_lean()
    _agent = RasaAgent()
    _agent.load_model(model)
    _load_recogniser()


def _in_a_new_one(
    parent: int, line: socket.socket, understand: Callable[[str], Parsed], load: Callable[[str], None], model: str
) -> None:
    """Runs in a new process."""
    _end_with(parent)
    # A process that was not forked knows nothing of `bot.commands.process.prepare`.
    log_to_stderr(logging.WARNING)
    load(model)
    _work(line, understand)


def _in_a_copy(
    parent: int, line: socket.socket, understand: Callable[[str], Parsed], not_ours: Sequence[socket.socket]
) -> None:
    """Runs in a copy of the assistant."""
    _end_with(parent)
    for each in not_ours:
        each.close()
    _load_recogniser()
    _work(line, understand)


def _work(line: socket.socket, understand: Callable[[str], Parsed]) -> None:
    # Dictionaries and the encoder are read at first use: not while a parent waits.
    understand(_FIRST)
    serve(line, {_UNDERSTAND: understand, _COMPARE: likenesses}, {_SCRUB: anonymised})


def _load_recogniser() -> None:
    """The recogniser of personal data takes a second to load: sentences that came meanwhile would be late."""
    list(anonymised(Order("", {}, (("", (_FIRST,)),))))


def _end_with(parent: int) -> None:
    """Runs in the other process: end when the assistant is gone, however it went."""
    # Ctrl-C goes to the whole group: the assistant ends us when it has ended its turns.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _understand(sentence: str) -> Parsed:
    """Runs in the other process."""
    parsed: Parsed = _loop().run_until_complete(_agent.parse_message(sentence))
    return parsed


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    # One for all sentences: making one costs more than the loop has to do.
    return asyncio.new_event_loop()
