"""The log of each process on a full disk: lines are lost, nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.evaluation.wire import SETTLE, Assistant, lend_models, simulated_account
from bot.simulator.driver import SimulatedWeChat
from tests.conftest import ROOT
from tests.end_to_end.stack import WITHIN
from tests.trained import VAR, trained_model

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", ["prepare()", "log_to_stderr(logging.WARNING)"], ids=["a command", "the parser's process"])
def test_a_line_that_cannot_be_written_raises_nothing(command: str) -> None:
    first = "import logging; from bot.commands.process import prepare; from bot.log_lines import log_to_stderr"
    program = f"{first}; {command}; import structlog; structlog.get_logger().error('purge.failed'); print('went on')"
    with FULL.open("w") as full:
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=full, text=True)

    assert "went on" in done.stdout


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_what_runs_goes_on_where_nobody_can_be_told() -> None:
    program = "import sys; from bot.commands.process import say_if_possible; say_if_possible('up'); print('went on', file=sys.stderr)"
    with FULL.open("w") as full:
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.stderr.startswith("went on")


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
async def test_a_danger_is_answered_while_no_line_can_be_written(tmp_path: Path) -> None:
    trained_model()
    lend_models(VAR, tmp_path)
    async with SimulatedWeChat(settle=SETTLE, patience=WITHIN) as wechat:
        assistant = Assistant(simulated_account(wechat, tmp_path), FULL)
        await assistant.start()
        wechat.callback = assistant.callback
        try:
            parent = await wechat.follow(silent=True)
            assert "120" in (await parent.say("孩子落水了")).text
        finally:
            await assistant.stop()
