"""The process of one try-out: it learns if that is wanted, starts the others, and ends with them when nobody is there any more."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from bot.content.documents import ContentError
from bot.supervisor import Process, Supervisor, python
from bot.tryout import lent
from bot.tryout import place as places
from bot.tryout.place import Ports, State

# Parents are answered on the same machine.
_NICE = "10"
LEFT, IDLE = 120.0, 900.0
# A process that falls each time after some seconds is started again each time: somebody waits for the phone.
START_WITHIN = 300.0
_EVERY = 2.0
_PATIENCE = 30.0


def keep(place: Path, ports: Ports, learn: bool, environment: Mapping[str, str]) -> int:
    """Run until somebody ends it, the page is left, or nothing was done there for long; then nothing of it remains."""
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_watch, args=(place, os.getppid()), name="watch", daemon=True).start()
    try:
        if not (_learned(place, environment) if learn else _lent(place)):
            return 1
        places.tell(place, State(places.STARTING))
        late = threading.Timer(START_WITHIN, _give_up, (place,))
        late.daemon = True
        late.start()
        fell = Supervisor(_processes(ports, environment), lambda _: None).run(lambda: _ready(place, ports))
        late.cancel()
        if fell or places.read(place).name == places.FAILED:
            places.tell(place, State(places.FAILED, "没有起来，请告诉管理员看日志"))
            _linger(place)
            return 1
        return 0
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _processes(ports: Ports, environment: Mapping[str, str]) -> list[Process]:
    def one(name: str, health: str) -> Process:
        return Process(name, ["nice", "-n", _NICE, *python("-W", "ignore", "-m", "bot.cli", name)], health, environment)

    return [
        one("simulator", f"http://127.0.0.1:{ports.simulator}/sim/state"),
        one("assistant", f"http://127.0.0.1:{ports.assistant}/health"),
        one("clock", f"http://127.0.0.1:{ports.clock}/health"),
    ]


def _ready(place: Path, ports: Ports) -> None:
    """The private parent follows the account; then the phone can be shown."""
    follow = urllib.request.Request(f"http://127.0.0.1:{ports.simulator}/sim/parents/", json.dumps({"nickname": "我"}).encode())
    with urllib.request.urlopen(follow, timeout=_PATIENCE):  # noqa: S310 - our own loopback address
        places.tell(place, State(places.READY))


def _give_up(place: Path) -> None:
    if places.read(place).name == places.STARTING:
        places.tell(place, State(places.FAILED))
        os.kill(os.getpid(), signal.SIGTERM)


def _learned(place: Path, environment: Mapping[str, str]) -> bool:
    """Train what lies here; the page is told how far it is."""
    places.tell(place, State(places.LEARNING))
    command = ["nice", "-n", _NICE, *python("-W", "ignore", "-m", "bot.cli", "train")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=dict(environment), cwd=place, stdout=pipe, stderr=subprocess.STDOUT, text=True) as process:
        try:
            last = ""
            for line in process.stdout or ():
                last = line.strip() or last
                if part := re.fullmatch(r"\W*(?:\w+\.)*([A-Z]\w+)", line.strip()):
                    places.tell(place, State(places.LEARNING, part[1]))
        finally:
            if process.poll() is None:
                process.terminate()
    if process.wait():
        places.tell(place, State(places.FAILED, f"没有学成：{last[:200]}"))
        _linger(place)
    return not process.returncode


def _lent(place: Path) -> bool:
    """Let the model say the replies that lie here."""
    try:
        for model in (place / "var/models").glob("*.tar.gz"):
            lent.say_otherwise(model, place / "domain")
    except ContentError as error:
        places.tell(place, State(places.FAILED, f"{error.path.name} 第 {error.line} 行：{error.message}"))
        _linger(place)
        return False
    return True


def _linger(place: Path) -> None:
    """The page must have time to read why; ended by its owner or left, it ends."""
    signal.signal(signal.SIGTERM, _end)
    while places.idle(place)[0] < LEFT:
        time.sleep(_EVERY)


def _watch(place: Path, parent: int) -> None:
    while True:
        time.sleep(_EVERY)
        try:
            open_since, acted_since = places.idle(place)
        except OSError:
            open_since = acted_since = IDLE
        left = open_since >= LEFT and places.read(place).name == places.READY
        if os.getppid() != parent or left or acted_since >= IDLE:
            os.kill(os.getpid(), signal.SIGTERM)
            return


def _end(_number: int, _frame: object) -> None:
    sys.exit(0)
