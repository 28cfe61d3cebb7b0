"""`jiashu run`: everything up from one command; who falls is set up again; Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest

from bot.evaluation.wire import free_port
from tests.trained import ROOT, VAR

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WITHIN = 180.0


@pytest.fixture
def ports() -> dict[str, str]:
    names = ("JIASHU_PORT", "JIASHU_SIMULATOR_PORT", "JIASHU_WEB_PORT", "JIASHU_CLOCK_PORT")
    return {name: str(free_port()) for name in names}


@pytest.fixture
def run(model: Path, tmp_path: Path, ports: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "models").symlink_to(VAR / "models")
    environment = {
        **os.environ, **ports, "JIASHU_VAR": str(tmp_path), "JIASHU_DATABASE_URL": f"sqlite:///{tmp_path}/jiashu.db",
    }
    command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "run"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, text=True)
    yield process
    for child in [*psutil.Process(process.pid).children(recursive=True), process] if process.poll() is None else []:
        child.kill()
    process.wait()


def test_a_fallen_assistant_comes_back_and_all_stop_together(
    run: subprocess.Popen[str], ports: dict[str, str], tmp_path: Path
) -> None:
    health = f"http://127.0.0.1:{ports['JIASHU_PORT']}/health"
    _until(lambda: "家书 is up" in (tmp_path / "log").read_text(encoding="utf-8"), "everything up")
    others = ("JIASHU_SIMULATOR_PORT", "JIASHU_WEB_PORT", "JIASHU_CLOCK_PORT")
    for address in (health, *(f"http://127.0.0.1:{ports[name]}/" for name in others)):
        _until(lambda address=address: _answers(address), address)
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    first = _assistant(run)

    first.kill()

    _until(lambda: _answers(health) and _assistant(run).pid != first.pid, "the assistant to come back")
    children = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGINT)
    assert run.wait(WITHIN) == 0
    # A child's own helpers end when they see that it is gone, a moment later.
    _until(lambda: not any(_runs(child) for child in children), "all to be gone")


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _assistant(run: subprocess.Popen[str]) -> psutil.Process:
    (found,) = (child for child in psutil.Process(run.pid).children() if "assistant" in child.cmdline())
    return found


def _until(true: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + WITHIN
    while not _safely(true):
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.2)


def _safely(true: Callable[[], bool]) -> bool:
    try:
        return true()
    except (ValueError, psutil.Error):  # between two assistants there is none
        return False


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
