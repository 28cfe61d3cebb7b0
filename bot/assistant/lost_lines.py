"""The log of the assistant's processes: a line that cannot be written is lost, and no process of ours writes down what parents say.

structlog raises what its stream raises (a full disk, a reader that is gone), wherever the line stands, also where a danger is being
answered. And where nobody has configured it, it prints every line of Rasa's, with the words of the message.
"""

from __future__ import annotations

import logging
import sys
import warnings
from contextlib import suppress
from typing import TextIO

import jieba
import structlog


class LossyStream:
    """As much of a text stream as structlog writes to."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        # ValueError: the stream is closed.
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def lose_lines() -> None:
    """From now on no line of this process's log raises."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(LossyStream(sys.stderr)))  # type: ignore[arg-type]


def log_as_a_child() -> None:
    """A process that was not forked knows nothing of `bot.commands.process.prepare`: the same format, and warnings at least."""
    warnings.filterwarnings("ignore")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        # At DEBUG Rasa writes what people write.
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
    lose_lines()
    logging.getLogger("rasa").setLevel(logging.WARNING)
    jieba.setLogLevel(logging.WARNING)
