"""Small processes under the supervisor: who falls is started again, who cannot start ends it all, all stop together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from bot.evaluation.wire import free_port
from bot.supervisor import Process, Supervisor, python

WITHIN = 60.0
SERVER = """
import http.server, os, sys
open(sys.argv[2], "a").write(f"{os.getpid()}\\n")
class Well(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(200); self.end_headers()
    def log_message(self, *about): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Well).serve_forever()
"""


def server(name: str, pids: Path) -> Process:
    port = free_port()
    return Process(name, python("-c", SERVER, str(port), str(pids)), f"http://127.0.0.1:{port}/")


def pids_in(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def until(true: Callable[[], object]) -> None:
    ends = time.monotonic() + WITHIN
    while not true() and time.monotonic() < ends:
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def own_signals() -> object:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_who_falls_is_started_again_and_a_signal_stops_all(tmp_path: Path) -> None:
    first, second, said = tmp_path / "first", tmp_path / "second", []

    def story() -> None:
        os.kill(pids_in(first)[0], signal.SIGKILL)
        until(lambda: len(pids_in(first)) == 2)
        os.kill(os.getpid(), signal.SIGTERM)

    supervisor = Supervisor([server("first", first), server("second", second)], said.append)
    assert supervisor.run(lambda: in_background(story)) == 0

    assert len(pids_in(first)) == 2 and len(pids_in(second)) == 1
    assert said == ["first fell (exit -9) and is started again"]
    assert not any(alive(pid) for pid in pids_in(first) + pids_in(second))


def test_who_says_that_it_cannot_start_ends_everything(tmp_path: Path) -> None:
    other, said = tmp_path / "other", []
    wrong = Process("wrong", [sys.executable, "-c", "raise SystemExit(2)"], "http://127.0.0.1:9/")

    assert Supervisor([server("other", other), wrong], said.append).run(lambda: pytest.fail("never ready")) == 1

    assert said == ["wrong stopped (exit 2); see its last lines above"]
    assert not any(alive(pid) for pid in pids_in(other))


def test_who_falls_again_and_again_is_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    falling = Process("falling", [sys.executable, "-c", "raise SystemExit(1)"], "http://127.0.0.1:9/")

    assert Supervisor([falling], said.append).run(lambda: pytest.fail("never ready")) == 1

    given_up = "falling stopped (exit 1) 5 times within 10 minutes and is given up; see its last lines above"
    assert said == 4 * ["falling fell (exit 1) and is started again"] + [given_up]


def test_who_falls_every_two_minutes_is_given_up_too() -> None:
    said: list[str] = []
    falling = Process("falling", [sys.executable, "-c", "raise SystemExit(1)"], "http://127.0.0.1:9/")

    assert Supervisor([falling], said.append, count(step=120).__next__).run(lambda: pytest.fail("never ready")) == 1

    assert len(said) == 5 and "is given up" in said[-1]


def test_who_falls_now_and_then_is_always_started_again() -> None:
    said: list[str] = []
    falling = Process("falling", [sys.executable, "-c", "raise SystemExit(1)"], "http://127.0.0.1:9/")

    def hear(line: str) -> None:
        said.append(line)
        if len(said) == 8:
            os.kill(os.getpid(), signal.SIGTERM)

    assert Supervisor([falling], hear, count(step=151).__next__).run(lambda: pytest.fail("never ready")) == 0

    assert said == 8 * ["falling fell (exit 1) and is started again"]
