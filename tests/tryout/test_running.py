"""Beginning and ending: one for each, few at once, and nothing remains however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from bot.settings import Settings
from bot.tryout import place as places
from bot.tryout import running

WITHIN = 60.0
# Stands in for the models and servers: a keeper whose processes only wait.
PROGRAM = """
import os, sys
from pathlib import Path
from bot.supervisor import Process, python
from bot.tryout import keeper, place
from bot.tryout.place import Ports
keeper._processes = lambda *_: [Process("one", python("-c", "import time; time.sleep(600)"), "")]
keeper._ready = lambda there, _: place.tell(there, place.State(place.READY))
import bot.supervisor
bot.supervisor._answers = lambda _: len(sys.argv) < 4
keeper.LEFT, keeper.IDLE, keeper._EVERY = float(sys.argv[1]), float(sys.argv[2]), 0.1
keeper.START_WITHIN = float(sys.argv[3]) if len(sys.argv) > 3 else 600.0
raise SystemExit(keeper.keep(Path.cwd(), Ports(1, 2, 3), False, os.environ))
"""


def _until(true: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in said.split()]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., running.Tryout]]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    for name in ("temporary", "content", "data", "domain", "var/models"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("")
    (tmp_path / "var/models/a.tar.gz").write_text("")
    (tmp_path / "bot").symlink_to(Path("bot").resolve())
    limits = ["600", "600"]
    start = subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        assert command[5:7] == ["tryout"] or command[4:6] == ["bot.cli", "tryout"]
        return start([sys.executable, "-c", PROGRAM, *limits], **options)

    monkeypatch.setattr(subprocess, "Popen", popen)

    def made(staff: int, left: float = 600, idle: float = 600, *never_well: float) -> running.Tryout:
        limits[:] = [str(each) for each in (left, idle, *never_well)]
        settings = Settings.from_environment({"JIASHU_VAR": str(tmp_path / "var")})
        return running.start(staff, "一课", ("没学过",), tmp_path, tmp_path / "content", {}, settings, "a.tar.gz")

    yield made
    running.stop_all()


def _ready(tried: running.Tryout) -> int:
    """Wait for it; the process id of what it started."""
    _until(lambda: tried.state.name == places.READY, "it to be ready")
    (child,) = _children(tried.process.pid)
    return child


def test_ended_by_its_owner_nothing_remains(begin: Callable[..., running.Tryout]) -> None:
    tried = begin(1)
    child = _ready(tried)
    assert running.of(1) == tried and running.of(2) is None

    running.stop(1)

    assert running.of(1) is None and not tried.alive and not tried.place.exists()
    assert not _runs(child)


def test_of_two_clicks_at_once_one_try_out_comes(
    begin: Callable[..., running.Tryout], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, both = running.stop, Barrier(2, timeout=WITHIN)
    with ThreadPoolExecutor(2) as clicks, monkeypatch.context() as at_once:
        # Whoever ends the one before in a step of its own would here have both clicks find nothing to end.
        at_once.setattr(running, "stop", lambda staff: (stop(staff), both.wait()))
        begun = list(clicks.map(begin, [1, 1]))

    assert [each for each in begun if each.alive] == [running.of(1)]
    running.stop(1)
    assert not any((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize(("left", "idle"), [(0.3, 600), (600, 0.3)])
def test_left_or_idle_it_ends_by_itself(begin: Callable[..., running.Tryout], left: float, idle: float) -> None:
    tried = begin(1, left, idle)

    _until(lambda: not tried.alive, "it to end")
    assert not tried.place.exists() and running.of(1) is None


def test_what_does_not_start_says_so_and_can_be_ended(begin: Callable[..., running.Tryout]) -> None:
    tried = begin(1, 600, 600, 1.0)

    _until(lambda: tried.state.name == places.FAILED and tried.state.said, "it to give up")
    assert "没有起来" in tried.state.said and tried.alive, "the page has time to say it"
    running.stop(1)
    assert not tried.place.exists()


def test_a_reply_that_cannot_be_read_is_said_with_its_line(begin: Callable[..., running.Tryout], tmp_path: Path) -> None:
    (tmp_path / "domain/basics.yml").write_text("responses:\n  utter_greet: [\n", encoding="utf-8")
    tried = begin(1)

    _until(lambda: tried.state.name == places.FAILED, "it to say so")
    assert tried.state.said.startswith("basics.yml 第 ") and tried.alive
    running.stop(1)
    assert not tried.place.exists()


def test_it_ends_when_the_web_process_is_gone(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "bot").symlink_to(Path("bot").resolve())
    places.touch(place, acted=True)
    # A web process that starts one and is killed.
    middle = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {PROGRAM!r}, '600', '600'], cwd={str(place)!r}); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", middle]) as web:
        _until(lambda: places.read(place).name == places.READY, "it to be ready")
        (keeper,) = _children(web.pid)
        web.send_signal(signal.SIGKILL)
        web.wait()

    _until(lambda: not place.exists(), "the place to be gone")
    _until(lambda: not _runs(keeper), "its keeper to end")


def test_a_second_one_of_the_same_person_ends_the_first(begin: Callable[..., running.Tryout]) -> None:
    first = begin(1)
    second = begin(1)
    assert not first.alive and not first.place.exists() and running.of(1) == second


def test_no_more_than_the_machine_bears(begin: Callable[..., running.Tryout]) -> None:
    for staff in range(running.MOST):
        begin(staff)
    with pytest.raises(running.TooMany, match="已经有同事在试"):
        begin(running.MOST)
    running.stop(0)
    begin(running.MOST)
