"""What every long-running command does first: quiet libraries, one log format, TensorFlow kept out."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import warnings
from collections.abc import Coroutine
from typing import Any

import jieba
import structlog

from bot.kept_out import keep_out


def prepare(level: str = "INFO", tensorflow: bool = False) -> None:
    """Set up logging and imports of this process. Must run before anything imports Rasa."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Rasa 3.6 is made for SQLAlchemy 1.4; its advice on 2.0 is not for those who run Jiashu.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore")
    if not tensorflow:
        keep_out()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        # Never below INFO: Rasa logs through structlog too, and at DEBUG what people write. We have no lines of our own there.
        wrapper_class=structlog.make_filtering_bound_logger(max(getattr(logging, level.upper(), logging.INFO), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # The same for its older loggers. jieba sets its own level when it is imported.
    logging.getLogger("rasa").setLevel(logging.WARNING)
    jieba.setLogLevel(logging.WARNING)


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
