"""What every long-running command does first: quiet libraries, one log format, TensorFlow kept out."""

from __future__ import annotations

import logging
import os
import sys
import warnings

import jieba
import structlog

from bot.no_tensorflow import keep_out


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
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # Rasa logs what people write at DEBUG: not ours to keep. jieba sets its own level when it is imported.
    logging.getLogger("rasa").setLevel(logging.WARNING)
    jieba.setLogLevel(logging.WARNING)


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)
