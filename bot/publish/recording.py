"""Commits of the desk, past locks that a git left behind when it was killed: nobody would ever take them away, and nothing be written again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from bot.content import history
from bot.content.history import HistoryError

log = structlog.get_logger(__name__)

# Seconds. No commit of ours takes a second; a person who writes the words of a commit by hand holds a lock for minutes.
LEFT_AFTER = 600
_PROCESSES = Path("/proc")


def record(folder: Path, files: Mapping[str, bytes | None], author: str, subject: str, now: datetime) -> str:
    """`history.record`, once what was left behind is out of the way.

    Raises:
        HistoryError: as there; or a lock is old, and it cannot be told whether somebody still holds it.
    """
    _clear(history.top(folder))
    return history.record(folder, files, author, subject, now)


def _clear(top: Path) -> None:
    old = [(lock, age) for lock in _locks(top) if (age := _age(lock)) > LEFT_AFTER]
    for lock, age in old:
        if _may_be_held(top):
            minutes = f"{age / 60:.0f} 分钟"
            raise HistoryError(f"历史被锁住 {minutes}了，看不出是不是还有 git 在用。请管理员看一看：git 还开着就关掉；确实没人在用，删掉 .git 里的 {lock.name}")
        lock.unlink(missing_ok=True)
        log.warning("publish.left_lock", lock=lock.name, seconds=round(age))


def _locks(top: Path) -> Iterator[Path]:
    """What git holds while it commits."""
    home = top / ".git"
    if home.is_file():  # a worktree: its own folder is elsewhere
        home = top / home.read_text().partition("gitdir:")[2].strip()
    yield from (home / name for name in ("index.lock", "HEAD.lock"))
    yield from (home / "refs/heads").rglob("*.lock")


def _age(lock: Path) -> float:
    """Seconds by the clock of the machine, which is that of its files; 0 where there is none."""
    try:
        return time.time() - lock.stat().st_mtime
    except OSError:
        return 0


def _may_be_held(top: Path) -> bool:
    """Whether a git runs in this repository, or somewhere that we may not see; True where processes cannot be looked at."""
    if not (_PROCESSES / "self").exists():
        return True
    return any(_is_inside(process, top) for process in _PROCESSES.glob("[0-9]*"))


def _is_inside(process: Path, top: Path) -> bool:
    try:
        if not (process / "comm").read_text().startswith("git"):
            return False
        place = Path(os.readlink(process / "cwd"))
    except (FileNotFoundError, ProcessLookupError):
        return False  # it has ended meanwhile
    except OSError:
        return True
    return place == top.resolve() or top.resolve() in place.parents
