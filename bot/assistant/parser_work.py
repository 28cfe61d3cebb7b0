"""What runs in the parser's process: it loads the model, or is a copy of a process that has it, and does what it is asked over its line.

Imported by a new process before that has kept TensorFlow out: nothing of Rasa is imported at the top.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from bot.assistant.alike import likenesses
from bot.assistant.other_process import serve
from bot.log_lines import log_to_stderr
from bot.logs.cleaning import Order, anonymised

UNDERSTAND, COMPARE, SCRUB = "understand", "compare", "scrub"
# Dictionaries and the encoder are read at first use: not while a parent waits.
FIRST = "孩子不说话怎么办"

Parsed = dict[str, Any]

# The one that understands in this process.
agent: Any = None


def load_model(model: str) -> None:
    """The model, without trackers and actions."""
    global agent
    from bot.kept_out import keep_out

    keep_out()
    from rasa.core.agent import Agent as RasaAgent

    from bot.assistant.lean import make_lean

    make_lean()
    agent = RasaAgent()
    agent.load_model(model)
    _load_recogniser()


def in_a_new_one(
    parent: int, line: socket.socket, parse: Callable[[str], Parsed], load: Callable[[str], None], model: str
) -> None:
    """All that a new process does."""
    _end_with(parent)
    # A process that was not forked knows nothing of `bot.commands.process.prepare`.
    log_to_stderr(logging.WARNING)
    load(model)
    _work(line, parse)


def in_a_copy(
    parent: int, line: socket.socket, parse: Callable[[str], Parsed], not_ours: Sequence[socket.socket]
) -> None:
    """All that a copy of the assistant does; `not_ours`: sockets that must not stay open in it."""
    _end_with(parent)
    for each in not_ours:
        each.close()
    _load_recogniser()
    _work(line, parse)


def _work(line: socket.socket, parse: Callable[[str], Parsed]) -> None:
    parse(FIRST)
    serve(line, {UNDERSTAND: parse, COMPARE: likenesses}, {SCRUB: anonymised})


def _load_recogniser() -> None:
    """The recogniser of personal data takes a second to load: sentences that came meanwhile would be late."""
    list(anonymised(Order("", {}, (("", (FIRST,)),))))


def _end_with(parent: int) -> None:
    """End when the assistant is gone, however it went."""
    # Ctrl-C goes to the whole group: the assistant ends us when it has ended its turns.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def understand(sentence: str) -> Parsed:
    """What Rasa's `parse_message` gives."""
    parsed: Parsed = _loop().run_until_complete(agent.parse_message(sentence))
    return parsed


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    # One for all sentences: making one costs more than the loop has to do.
    return asyncio.new_event_loop()
