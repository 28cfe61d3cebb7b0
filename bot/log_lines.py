"""The log of every process of ours: one format, a line that cannot be written is lost, and no line holds what parents say.

structlog raises what its stream raises (a full disk, a reader that is gone), wherever the line stands: where a danger is being answered,
a reminder sent, a page shown. And where nobody has configured it, it prints every line of Rasa's, with the words of the message.
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
    """As much of a text stream as structlog and `print` write to."""

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


def log_to_stderr(least: int = logging.INFO) -> None:
    """From now on this process logs key=value events from the level `least` up, and no line of its log raises."""
    warnings.filterwarnings("ignore")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        # Never below INFO: Rasa logs through structlog too, and at DEBUG what people write. We have no lines of our own there.
        wrapper_class=structlog.make_filtering_bound_logger(max(least, logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(LossyStream(sys.stderr)),  # type: ignore[arg-type]
    )
    # The same for its older loggers. jieba sets its own level when it is imported.
    logging.getLogger("rasa").setLevel(logging.WARNING)
    jieba.setLogLevel(logging.WARNING)
