"""Trouble on demand: the next calls refused with any errcode, slow answers, or no API at all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.refusal import Refusal

# What the inspector offers by name; any other number works too.
PHRASES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40014: "invalid access_token",
    40164: "invalid ip 203.0.113.7, not in whitelist",
    42001: "access_token expired",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    48001: "api unauthorized",
}


@dataclass
class Fault:
    """Refuse the next `times` calls whose path contains `path` with `errcode`."""

    errcode: int
    times: int = 1
    path: str = ""


class Faults:
    """All trouble that is switched on."""

    def __init__(self) -> None:
        self.latency = 0.0
        self.down = False
        self._queue: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Refuse the next calls so."""
        self._queue.append(fault)

    def clear(self) -> None:
        """Everything works again."""
        self.latency, self.down = 0.0, False
        self._queue.clear()

    def strike(self, path: str) -> None:
        """Use up one fault that fits `path`.

        Raises:
            Refusal: with the fault's errcode.
        """
        for fault in self._queue:
            if fault.path in path:
                fault.times -= 1
                if fault.times <= 0:
                    self._queue.remove(fault)
                raise Refusal(fault.errcode, PHRASES.get(fault.errcode, "simulated fault"))

    def as_json(self) -> dict[str, object]:
        """For the inspector."""
        waiting = [{"errcode": fault.errcode, "times": fault.times, "path": fault.path} for fault in self._queue]
        return {"latency": self.latency, "down": self.down, "waiting": waiting}
