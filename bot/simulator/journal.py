"""What the platform saw, kept for the inspector and for tests, and told live to whoever listens."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime

from bot.simulator.envelope import Sealed

Update = dict[str, object]

KEPT = 5000
UNREAD = 1000


@dataclass(frozen=True)
class Try:
    """One POST to the callback: HTTP status (0: none came), milliseconds, and what it was in a word."""

    number: int
    at: datetime
    status: int
    milliseconds: int
    outcome: str


@dataclass
class Delivery:
    """One message or event with all its tries.

    outcome: flying, success, reply, failed. problem: what was wrong with the answer, in Chinese, else "".
    """

    number: int
    openid: str
    label: str
    sealed: Sealed
    at: datetime
    answerable: bool = True
    tries: list[Try] = field(default_factory=list)
    outcome: str = "flying"
    problem: str = ""
    reply: str = ""

    def as_json(self) -> Update:
        """For the inspector."""
        return {
            "number": self.number,
            "openid": self.openid,
            "label": self.label,
            "mode": self.sealed.mode.value,
            "query": self.sealed.query,
            "plain": self.sealed.plain,
            "at": self.at.isoformat(),
            "tries": [asdict(one) | {"at": one.at.isoformat()} for one in self.tries],
            "outcome": self.outcome,
            "problem": self.problem,
            "reply": self.reply,
        }


@dataclass(frozen=True)
class ApiCall:
    """One call of the account's: path, errcode, milliseconds, to whom, and the body as it came (secrets blanked)."""

    number: int
    at: datetime
    path: str
    errcode: int
    errmsg: str
    milliseconds: int
    openid: str = ""
    body: str = ""

    def as_json(self) -> Update:
        """For the inspector."""
        return asdict(self) | {"at": self.at.isoformat()}


class Journal:
    """The last deliveries and calls, and the listeners."""

    def __init__(self) -> None:
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.calls: deque[ApiCall] = deque(maxlen=KEPT)
        self._numbers = {"delivery": 0, "call": 0}
        self._listeners: set[asyncio.Queue[Update | None]] = set()

    def next_number(self, kind: str) -> int:
        """The next number of `kind` ("delivery" or "call"), from 1."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    def publish(self, kind: str, openid: str, make: Callable[[], Update]) -> None:
        """Tell the listeners; `make` is called only when there are any."""
        if not self._listeners:
            return
        update: Update = {"kind": kind, "openid": openid, "data": make()}
        for queue in self._listeners:
            # A listener that does not read is a page asleep; it asks for everything anew when it wakes.
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(update)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Update | None]]:
        """A queue of updates for as long as the context lasts; None means that the simulator stops."""
        queue: asyncio.Queue[Update | None] = asyncio.Queue(UNREAD)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """Send every listener home."""
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)
