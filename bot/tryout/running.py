"""The try-outs of this web process: one for each member of staff, few at once, all ended with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from bot.settings import Settings
from bot.tryout import place as places
from bot.tryout.place import Ports, State

# Each holds a model and two Python processes of its own in memory, beside what parents need.
MOST = 2
_END_WITHIN = 20.0


class TooMany(Exception):
    """Others are trying something out; the message says so in Chinese."""


@dataclass(frozen=True)
class Tryout:
    """One that runs, of the member of staff with that id; `title` is what is tried, `unheard` what its model has not learned."""

    staff: int
    title: str
    unheard: tuple[str, ...]
    place: Path
    ports: Ports
    process: subprocess.Popen[bytes]

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process.poll() is None

    @property
    def state(self) -> State:
        """How far it is."""
        return places.read(self.place)

    @property
    def phone(self) -> str:
        """The simulator's address on this machine."""
        return f"http://127.0.0.1:{self.ports.simulator}"


_all: dict[int, Tryout] = {}
_lock = Lock()


def of(staff: int) -> Tryout | None:
    """Theirs, if it still runs."""
    found = _all.get(staff)
    return found if found and found.alive else None


def start(
    staff: int, title: str, unheard: tuple[str, ...], source: Path, content: Path, changed: Mapping[str, str], settings: Settings, model: str
) -> Tryout:
    """Begin one; that which they had is ended. `model` "": it is trained first. Takes a moment: files are copied.

    Raises:
        OSError: no room, or the copy failed.
        TooMany: as many as may be are running.
    """
    with _lock:
        # Inside: of two clicks on the button the second must find what the first has begun, or nobody would ever end that.
        _end(_all.pop(staff, None))
        for number in [number for number, each in _all.items() if not each.alive]:
            del _all[number]
        if len(_all) >= MOST:
            raise TooMany("已经有同事在试了，机器一次带不动更多。等他们点了“结束”再来。")
        place = places.make_place(source, content, settings.var_path / "models", changed, model)
        own = places.ports()
        command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "tryout", *([] if model else ["--learn"])]
        environment = places.environment(settings, own)
        # A group of its own: Ctrl-C in a terminal ends us first, and it ends because we are gone.
        try:
            process = subprocess.Popen(
                command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
            )
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            raise
        _all[staff] = Tryout(staff, title, () if not model else unheard, place, own, process)
        return _all[staff]


def stop(staff: int) -> None:
    """End theirs, if there is one, and wait until nothing of it is left."""
    with _lock:
        _end(_all.pop(staff, None))


def _end(found: Tryout | None) -> None:
    if found is None:
        return
    if found.alive:
        found.process.send_signal(signal.SIGTERM)
    try:
        found.process.wait(_END_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(found.process.pid, signal.SIGKILL)
        found.process.wait()
    shutil.rmtree(found.place, ignore_errors=True)


def stop_all() -> None:
    """The web process ends."""
    for staff in list(_all):
        stop(staff)
