"""The time, behind one small interface, so that tests and the simulator can turn it.

Every time is an aware `datetime` in UTC; other zones, which is to say Beijing's, exist only at the edges.
"""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from bot.settings import Settings

# All of China has one time, and no summer time.
BEIJING = timezone(timedelta(hours=8))

# A turned clock may be read several times a message: one stat in this many seconds is enough for a person at the phone.
STAT_EVERY = 0.5

log = structlog.get_logger(__name__)


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Return the time as an aware datetime in UTC."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


class ManualClock:
    """A clock for tests: it stands still until it is turned."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (aware); by default noon in China on a plain Monday."""
        self._now = _utc(start or datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc))

    def now(self) -> datetime:
        return self._now

    def turn(self, delta: timedelta) -> datetime:
        """Move by `delta` (may be negative) and return the new time."""
        self._now += delta
        return self._now

    def set(self, moment: datetime) -> datetime:
        """Jump to `moment` (aware) and return it."""
        self._now = _utc(moment)
        return self._now


class ShiftedClock:
    """System time plus an offset held in memory: it goes on by itself, and can be turned."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self._offset

    def turn(self, delta: timedelta) -> datetime:
        """Move by `delta` (may be negative) and return the new time."""
        self._offset += delta
        return self.now()

    def set(self, moment: datetime) -> datetime:
        """Jump to `moment` (aware); time goes on from there. Return the new time."""
        self._offset = _utc(moment) - datetime.now(timezone.utc)
        return self.now()


class TurnedClock:
    """System time plus an offset kept in a small file.

    The simulator writes the file; every other process of the same run reads it, so all of them tell the same time.
    Without the file, or with one that does not parse, the offset is zero.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = timedelta()
        self._stamp: tuple[int, int] | None = None
        self._next_stat = 0.0

    def now(self) -> datetime:
        self._refresh()
        return datetime.now(timezone.utc) + self._offset

    @property
    def offset(self) -> timedelta:
        """How far this clock is from the system's."""
        self._refresh()
        return self._offset

    def turn(self, delta: timedelta) -> datetime:
        """Move by `delta` (may be negative) for every process that reads the file; return the new time."""
        self._write(self.offset + delta)
        return self.now()

    def set(self, moment: datetime) -> datetime:
        """Jump to `moment` (aware); time goes on from there. Return the new time."""
        self._write(_utc(moment) - datetime.now(timezone.utc))
        return self.now()

    def reset(self) -> datetime:
        """Go back to system time and return it."""
        self._write(timedelta())
        return self.now()

    def _refresh(self) -> None:
        moment = time.monotonic()
        if moment < self._next_stat:
            return
        self._next_stat = moment + STAT_EVERY

        stamp = self._stat()
        if stamp != self._stamp:
            self._stamp = stamp
            self._offset = self._read() if stamp else timedelta()

    def _stat(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        # The file is replaced, never edited: a new inode shows a change that the mtime is too coarse to show.
        return status.st_mtime_ns, status.st_ino

    def _read(self) -> timedelta:
        try:
            return timedelta(seconds=float(json.loads(self._path.read_text("utf-8"))["offset_seconds"]))
        except (OSError, ValueError, TypeError, KeyError, OverflowError):
            log.warning("clock.unreadable", file=self._path.name)
            return timedelta()

    def _write(self, offset: timedelta) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        draft.write_text(json.dumps({"offset_seconds": offset.total_seconds()}), "utf-8")
        os.replace(draft, self._path)
        self._next_stat = 0.0


def clock_for(settings: Settings) -> Clock:
    """System time; with the simulator (an API on this machine, or no account at all) the clock that it turns."""
    on_this_machine = urlsplit(settings.wechat_api_base).hostname in ("127.0.0.1", "localhost", "::1")
    # A command typed beside a local run (`jiashu why`) has no API set, and must tell the same time as that run.
    simulated = on_this_machine or not settings.real_account
    return TurnedClock(settings.var_path / "clock.json") if simulated else SystemClock()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment.astimezone(timezone.utc)
