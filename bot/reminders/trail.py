"""The trail of a row: every decision about it with its time, as short codes in one column. `why.py` puts them into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

_FORMAT = "%y%m%d%H%M"


@dataclass(frozen=True)
class Mark:
    """One decision; `about` says more where the code alone does not."""

    code: str
    about: str
    at: datetime


def add(trail: str, code: str, now: datetime, about: object = "") -> str:
    """The trail with one more decision; one that only repeats the last is not written again."""
    said = f"{code}:{about}" if about != "" else code
    if trail.rpartition(" ")[2].partition("@")[0] == said:
        return trail
    mark = f"{said}@{now.astimezone(timezone.utc):{_FORMAT}}"
    return f"{trail} {mark}" if trail else mark


def read(trail: str) -> tuple[Mark, ...]:
    """The decisions, oldest first."""
    return tuple(_mark(piece) for piece in trail.split())


def last(trail: str) -> str:
    """The code of the newest decision; "" when there is none."""
    return trail.rpartition(" ")[2].partition("@")[0].partition(":")[0]


def _mark(piece: str) -> Mark:
    said, _, at = piece.rpartition("@")
    code, _, about = said.partition(":")
    # By hand: `strptime` takes ten times as long, and a parent's year has hundreds of these.
    year, month, day, hour, minute = (int(at[begin : begin + 2]) for begin in range(0, 10, 2))
    return Mark(code, about, datetime(2000 + year, month, day, hour, minute, tzinfo=timezone.utc))
