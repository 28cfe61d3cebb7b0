"""Calls to another process of ours over a socket that the event loop reads: no thread stands between, and a fallen process is noticed at once.

A call is a frame: its length in four bytes (big endian), then the pickled tuple (number, kind, argument, until). `until` is a moment of
the machine's monotonic clock, the same in both processes: what nobody waits for any more is not begun. An answer is (number, value).
"""

from __future__ import annotations

import asyncio
import pickle
import select
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

import structlog

log = structlog.get_logger(__name__)

READY = 0
_LENGTH = struct.Struct(">I")
_CHUNK = 1 << 16

# Does a call of its kind in one go, or step by step: between two steps of a patient call every other call is done first.
Work = Callable[[Any], Any]
Steps = Callable[[Any], Iterator[Any]]


class ProcessGone(Exception):
    """The other process ended before it had answered."""


class Frames:
    """Puts what a socket brings in pieces together again."""

    def __init__(self) -> None:
        self._held = bytearray()

    def add(self, data: bytes) -> Iterator[Any]:
        """What is whole now."""
        self._held += data
        while len(self._held) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._held)
            end = _LENGTH.size + length
            if len(self._held) < end:
                return
            whole = pickle.loads(bytes(self._held[_LENGTH.size : end]))  # noqa: S301 - from our own child, over a socket without a name
            del self._held[:end]
            yield whole


def frame(content: object) -> bytes:
    """As it goes over the socket."""
    pickled = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(pickled)) + pickled


class Line(asyncio.Protocol):
    """This side of the socket. `lost` is called once, when the other side is gone and not because of `close`.

    `ready`: it takes calls; `was_ready`: it did so once.
    """

    def __init__(self, lost: Callable[[Line], None]) -> None:
        self.ready = self.was_ready = False
        self._lost = lost
        self._frames = Frames()
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._number = READY
        self._transport: asyncio.WriteTransport | None = None
        self._closed = False

    async def call(self, kind: str, argument: object, patience: float) -> Any:
        """The answer; None: the other process could not do it.

        Raises:
            ProcessGone: it ended.
            asyncio.TimeoutError: it did not answer within `patience` seconds.
        """
        if self._transport is None or self._closed:
            raise ProcessGone
        self._number += 1
        number = self._number
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        timer = asyncio.get_running_loop().call_later(patience, _too_late, answer)
        self._transport.write(frame((number, kind, argument, time.monotonic() + patience)))
        try:
            return await answer
        finally:
            timer.cancel()
            self._waiting.pop(number, None)

    def close(self) -> None:
        """Hang up; calls under way raise ProcessGone."""
        self._end()
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not asked by isinstance: uvloop's transports are of classes of their own.
        self._transport = cast(asyncio.WriteTransport, transport)
        if self._closed:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        for number, value in self._frames.add(data):
            if number == READY:
                self.ready = self.was_ready = True
                continue
            answer = self._waiting.get(number)
            if answer is not None and not answer.done():
                answer.set_result(value)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self._closed:
            self._end()
            self._lost(self)

    def _end(self) -> None:
        self._closed = True
        self.ready = False
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ProcessGone())


def _too_late(answer: asyncio.Future[Any]) -> None:
    if not answer.done():
        answer.set_exception(asyncio.TimeoutError())


def serve(line: socket.socket, at_once: dict[str, Work], patient: dict[str, Steps]) -> None:
    """Runs in the other process: answer calls until the other side is gone. Says first that it is ready.

    `at_once`: done when they come; `patient`: a step at a time while nothing else waits, answered with the list of what the steps gave.
    """
    with suppress(ConnectionError):
        _serve(line, at_once, patient)


def _serve(line: socket.socket, at_once: dict[str, Work], patient: dict[str, Steps]) -> None:
    frames = Frames()
    later: deque[tuple[int, Iterator[Any], list[Any]]] = deque()
    line.sendall(frame((READY, None)))
    while True:
        if not later or select.select([line], [], [], 0)[0]:
            data = line.recv(_CHUNK)
            if not data:
                return
            for number, kind, argument, until in frames.add(data):
                if time.monotonic() > until:
                    continue
                if kind in at_once:
                    line.sendall(frame((number, _done(at_once[kind], argument))))
                else:
                    later.append((number, patient[kind](argument), []))
            continue
        _one_step(line, later)


def _done(work: Work, argument: object) -> Any:
    try:
        return work(argument)
    except Exception as error:  # noqa: BLE001
        # Whoever asked does it there and then fails in the open; the message of the error may quote a parent.
        log.error("parser.failed", error=type(error).__name__)
        return None


def _one_step(line: socket.socket, later: deque[tuple[int, Iterator[Any], list[Any]]]) -> None:
    number, steps, given = later[0]
    try:
        given.append(next(steps))
        return
    except StopIteration:
        answer: list[Any] | None = given
    except Exception as error:  # noqa: BLE001
        # As above.
        log.error("parser.failed", error=type(error).__name__)
        answer = None
    later.popleft()
    line.sendall(frame((number, answer)))
