"""One panel before its words are put in."""

from __future__ import annotations

from dataclasses import dataclass

from tools.comics.panel import Balloon


@dataclass(frozen=True)
class Drawn:
    """A background, what stands before it from back to front, and the balloons in the order of the yml's `says`."""

    back: str
    parts: tuple[str, ...]
    balloons: tuple[Balloon, ...] = ()


def panel(back: str, *parts: str, balloons: tuple[Balloon, ...] = ()) -> Drawn:
    """Shorthand for a `Drawn`."""
    return Drawn(back, parts, balloons)
