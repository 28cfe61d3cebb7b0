"""Start Jiashu's processes, watch them, start a fallen one again, stop them all together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.error import URLError

# A process that falls again and again has a reason that starting it anew will not mend: so many falls within so many seconds end it all.
_FALLS = 5
_WITHIN = 600.0
_STOP_WITHIN = 10.0


@dataclass
class Process:
    """One child process: `name` for people, `command` as arguments, `health` its address that answers 200 when ready."""

    name: str
    command: list[str]
    health: str
    environment: Mapping[str, str] = field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = None
    falls: list[float] = field(default_factory=list)  # moments of the clock, the last ones


class ProcessFell(Exception):
    """A process does not stay up; its own last lines say why."""


def python(*arguments: str) -> list[str]:
    """A command that runs this Python."""
    return [sys.executable, *arguments]


class Supervisor:
    """Keeps `processes` running until stopped by a signal."""

    def __init__(
        self, processes: list[Process], say: Callable[[str], None], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """`seconds`: the clock by which falls are counted; only given by tests."""
        self._processes = processes
        self._say = say
        self._seconds = seconds
        self._stopping = False

    def run(self, ready: Callable[[], None]) -> int:
        """Start all, call `ready` once every one answers, watch until SIGINT or SIGTERM. Returns an exit code."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        try:
            for process in self._processes:
                self._start(process)
            self._wait_until_ready()
            if not self._stopping:
                ready()
            while not self._stopping:
                self._look_after()
                time.sleep(0.3)
        except ProcessFell as fell:
            self._say(str(fell))
            return 1
        finally:
            self._stop_all()
        return 0

    def _start(self, process: Process) -> None:
        # A group of its own: Ctrl-C in the terminal reaches us first, and we stop the others in order.
        process.running = subprocess.Popen(
            process.command, env={**os.environ, **process.environment}, start_new_session=True
        )

    def _wait_until_ready(self) -> None:
        waiting = list(self._processes)
        while waiting and not self._stopping:
            self._look_after()
            waiting = [process for process in waiting if not _answers(process.health)]
            time.sleep(0.2)

    def _look_after(self) -> None:
        for process in self._processes:
            if process.running is None or process.running.poll() is None or self._stopping:
                continue
            code = process.running.returncode
            # 2: the process said in one line what is wrong with settings, model or port.
            if code == 2:
                raise ProcessFell(f"{process.name} stopped (exit {code}); see its last lines above")
            now = self._seconds()
            process.falls = [*(fall for fall in process.falls if now - fall < _WITHIN), now]
            if len(process.falls) >= _FALLS:
                times = f"{_FALLS} times within {_WITHIN / 60:.0f} minutes"
                raise ProcessFell(f"{process.name} stopped (exit {code}) {times} and is given up; see its last lines above")
            self._say(f"{process.name} fell (exit {code}) and is started again")
            self._start(process)

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def _stop_all(self) -> None:
        self._stopping = True
        alive = [process.running for process in self._processes if process.running and process.running.poll() is None]
        for child in alive:
            child.terminate()
        deadline = time.monotonic() + _STOP_WITHIN
        for child in alive:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as response:  # noqa: S310 - our own loopback address
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
