"""A closed loop: so many parents at a time, each writes again as soon as it has its answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

# After so many messages a parent goes and the next one comes: parents ask a few questions, not hundreds.
MESSAGES_A_PARENT = 5


class Line(Protocol):
    """A way to a system: `say` returns when the answer is there; False: there was none."""

    async def say(self, parent: str, text: str) -> bool: ...


@dataclass(frozen=True)
class Phase:
    """What to do: `parents` at a time, for `seconds` or `messages`, whichever ends first; `name` makes their names new."""

    name: str
    parents: int
    seconds: float
    messages: int
    first_round: int


@dataclass(frozen=True)
class Measured:
    """What came of it: seconds of each answered message, how many had no answer, and how long it took in all."""

    waits: list[float]
    failed: int
    seconds: float

    @property
    def a_second(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds if self.seconds else 0.0


async def run_phase(line: Line, phase: Phase, texts: Iterator[str]) -> Measured:
    """Write until the phase is over; messages under way are waited for and count."""
    waits: list[float] = []
    failed = begun = 0
    started = time.monotonic()

    async def parent(number: int) -> None:
        nonlocal failed, begun
        said = 0
        while begun < phase.messages and time.monotonic() - started < phase.seconds:
            begun += 1
            sent = time.monotonic()
            name = f"{phase.name}-{number}-{said // MESSAGES_A_PARENT}"
            said += 1
            if await line.say(name, next(texts)):
                waits.append(time.monotonic() - sent)
            else:
                failed += 1

    await asyncio.gather(*(parent(number) for number in range(phase.parents)))
    return Measured(waits, failed, time.monotonic() - started)
