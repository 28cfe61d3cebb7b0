"""What every long-running command does first: quiet libraries, one log format, TensorFlow kept out."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from typing import Any

from bot.kept_out import keep_out
from bot.log_lines import LossyStream, log_to_stderr


def prepare(level: str = "INFO", tensorflow: bool = False) -> None:
    """Set up logging and imports of this process. Must run before anything imports Rasa."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Rasa 3.6 is made for SQLAlchemy 1.4; its advice on 2.0 is not for those who run Jiashu.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    if not tensorflow:
        keep_out()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    log_to_stderr(getattr(logging, level.upper(), logging.INFO))


def in_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end in an event loop of its own, in the faster one that comes with Sanic where there is one."""
    try:
        import uvloop
    except ImportError:  # it is not made for Windows
        asyncio.run(work)
    else:
        uvloop.run(work)


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


def say_if_possible(line: str) -> None:
    """The same where nobody may be reading any more (a full disk, a closed terminal), and what runs must go on."""
    print(line, file=LossyStream(sys.stdout), flush=True)
