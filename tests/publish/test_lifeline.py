"""A command on a line: it works as without, and nothing of it outlives whoever holds the other end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.publish import lifeline

ROOT = Path(__file__).parents[2]
# Stands in for a training: it has begun a process of its own, and both would go on for ten minutes.
_LONG = """
import subprocess, sys, time
def main(arguments):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(child.pid, flush=True)
    time.sleep(600)
"""
# Stands in for the run.
_RUN = """
import os, sys
from pathlib import Path
from bot.publish import lifeline
process = lifeline.start(["train"], Path(sys.argv[1]), os.environ)
print(process.pid, process.stdout.readline().strip(), flush=True)
process.wait()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy to work in, as a publishing has it, with a command line of its own."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/__init__.py").touch()
    (tmp_path / "bot/cli.py").write_text(_LONG)
    (tmp_path / "bot/publish").symlink_to(ROOT / "bot/publish")
    return tmp_path


def _until(true: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + 90
    while not true():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.05)


def _gone(pid: int) -> bool:
    try:
        # Nobody may have asked after one that has ended.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_leaves_nothing_behind(place: Path, number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", _RUN, str(place)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        command, child = map(int, run.stdout.readline().split())
        assert not _gone(command) and not _gone(child)
        run.send_signal(number)

    _until(lambda: _gone(command) and _gone(child), "the command and what it began to end")


def test_what_is_stopped_takes_its_own_processes_with_it(place: Path) -> None:
    process = lifeline.start(["train"], place, os.environ)
    assert process.stdout
    child = int(process.stdout.readline())

    lifeline.stop(process)

    assert process.returncode == -signal.SIGTERM
    _until(lambda: _gone(child), "what it began to end")


def test_a_command_says_what_it_has_to_say() -> None:
    process = lifeline.start(["calendar", "--nonsense"], ROOT, os.environ)
    assert process.stderr
    said = process.stderr.read()

    assert process.wait() == 2 and "nonsense" in said
