"""A run has a process of its own, which outlives the web process: one at a time, kept by a lock that goes when the process goes."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.db import Database
from bot.model.current import Current, choose, read_current, read_serving
from bot.publish import runs
from bot.publish.tree import INSTALLED, tree_of

# Parents are answered on the same machine.
_NICE = "10"
# Seconds that a process may take to end after its last word.
_ENDING = 15.0
_PAUSE = 0.1
INTERRUPTED = "中断了：可能是机器重启了。请再发布一次。"


def start(database: Database, var: Path, by: str, now: datetime) -> runs.Run:
    """Begin a run and its process.

    Raises:
        RunError: another one is running.
    """
    with database.session(readonly=True) as session:
        busy = runs.running(session)
    # One that has just ended still has its process for a moment.
    with _locked(var, 0 if busy else _ENDING) as lock:
        if lock is None:
            raise runs.RunError("已经有一次发布在进行，等它做完或者停掉再来。")
        _hold_installed(var)
        with database.session() as session:
            _end_interrupted(session, now)
            run = runs.begin(session, by, *_answering(var), now)
        # The child inherits the lock: it is free when the child has ended, however that was.
        with (var / "publish" / f"{run.id}.log").open("wb") as log:
            command = ("nice", "-n", _NICE, sys.executable, "-W", "ignore", "-m", "bot.cli", "publish", "run", str(run.id))
            subprocess.Popen(command, pass_fds=(lock,), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    return run


def mend(session: Session, var: Path, now: datetime) -> None:
    """A run whose process is gone has failed."""
    with _locked(var) as lock:
        if lock is not None:
            _end_interrupted(session, now)


def _end_interrupted(session: Session, now: datetime) -> None:
    if run := runs.running(session):
        runs.end(session, run.id, runs.FAILED, [INTERRUPTED], now)


def _hold_installed(var: Path) -> None:
    """Before the first run, what answers now is chosen: after a restart the model of the present files would answer, and a refused run has
    left it there, trained.
    """
    serving = read_serving(var)
    if read_current(var) is None and serving and (tree_of(var, INSTALLED) / "content").is_dir():
        choose(var, Current(serving.model, INSTALLED))


def _answering(var: Path) -> tuple[str, int]:
    current, serving = read_current(var), read_serving(var)
    if current:
        return current.model, current.run
    return (serving.model if serving else ""), 0


def _taken(lock: int, pause: bool) -> bool:
    time.sleep(_PAUSE if pause else 0)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _locked(var: Path, patience: float = 0) -> Iterator[int | None]:
    """The lock's file descriptor, or None: somebody has it, and for longer than `patience` seconds."""
    (var / "publish").mkdir(parents=True, exist_ok=True)
    lock = os.open(var / "publish/lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        tries = 1 + int(patience / _PAUSE)
        yield lock if any(_taken(lock, pause=number > 0) for number in range(tries)) else None
    finally:
        os.close(lock)
