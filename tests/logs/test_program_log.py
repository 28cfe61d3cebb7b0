"""The program's own log holds nothing that parents write, whatever its level."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LEVELS = ["DEBUG", "INFO", "ERROR", "nonsense"]
# Rasa's processor logs a message so. Each level has a process of its own, as it is set once in a process; what all of them
# import is imported before they part.
SCRIPT = """
import os, sys
from bot.commands.process import prepare
for level in sys.argv[2:]:
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == 0, level
        continue
    log = os.open(os.path.join(sys.argv[1], level), os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    prepare(level)
    import logging, structlog
    structlog.get_logger().debug("processor.message.parse", parse_data_text="我叫欧阳建国")
    logging.getLogger("rasa.core.processor").debug("Received user message '我叫欧阳建国'")
    structlog.get_logger("bot").error("safety.flag", script="choking")
    raise SystemExit
"""


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    subprocess.run([sys.executable, "-c", SCRIPT, str(folder), *LEVELS], check=True)
    return folder


@pytest.mark.parametrize("level", LEVELS)
def test_at_no_level_it_holds_a_parents_words(logs: Path, level: str) -> None:
    written = (logs / level).read_text(encoding="utf-8")

    assert "欧阳建国" not in written and "safety.flag" in written
