"""The program's own log holds nothing that parents write, whatever its level."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Rasa's processor logs a message so.
SCRIPT = """
from bot.commands.process import prepare
prepare({level!r})
import logging, structlog
structlog.get_logger().debug("processor.message.parse", parse_data_text="我叫欧阳建国")
logging.getLogger("rasa.core.processor").debug("Received user message '我叫欧阳建国'")
structlog.get_logger("bot").error("safety.flag", script="choking")
"""


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "ERROR", "nonsense"])
def test_at_no_level_it_holds_a_parents_words(level: str) -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT.format(level=level)], capture_output=True, text=True, check=True)

    assert "欧阳建国" not in run.stdout + run.stderr and "safety.flag" in run.stderr
