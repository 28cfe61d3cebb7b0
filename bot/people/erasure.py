"""Delete a parent everywhere. Each room brings its own `erase(session, parent_key)`; no room reaches into another's tables."""

from __future__ import annotations

from collections.abc import Callable, Collection

import structlog
from sqlalchemy.orm import Session

from bot.people import parents

Eraser = Callable[[Session, str], object]

log = structlog.get_logger(__name__)
_erasers: dict[str, Eraser] = {"people": parents.erase}


def register_eraser(room: str, erase: Eraser) -> None:
    """A room that keeps something about parents says here how it is deleted. Called once, at start."""
    _erasers[room] = erase


def rooms() -> tuple[str, ...]:
    """The rooms that take part in an erasure."""
    return tuple(_erasers)


def erase_everywhere(session: Session, parent_key: str, but: Collection[str] = ()) -> None:
    """Delete the parent from every registered room `but` these, in one transaction: all of it or nothing."""
    chosen = {room: erase for room, erase in _erasers.items() if room not in but}
    for erase in chosen.values():
        erase(session, parent_key)
    log.info("people.erased", rooms=",".join(chosen))
