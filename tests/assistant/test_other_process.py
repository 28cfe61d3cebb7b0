"""Calls over a socket to a worker that runs in a thread here: what comes first, what is given up, what a failure costs."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.assistant.other_process import Frames, Line, ProcessGone, frame, serve

LONG = 60.0


@dataclass
class Worker:
    """What the other side does, in the order in which it does it."""

    line: Line
    thread: threading.Thread
    first_step: threading.Event
    go_on: threading.Event
    did: list[str] = field(default_factory=list)
    lost: list[Line] = field(default_factory=list)


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    ours, theirs = socket.socketpair()
    first_step, go_on, did, lost = threading.Event(), threading.Event(), list[str](), list[Line]()

    def quick(word: str) -> str:
        if word == "broken":
            raise ValueError(word)
        did.append(word)
        return word * 2

    def slow(words: list[str]) -> Iterator[str]:
        for word in words:
            if word == "broken":
                raise ValueError(word)
            did.append(word)
            first_step.set()
            go_on.wait(LONG)
            yield word.upper()

    thread = threading.Thread(target=lambda: (serve(theirs, {"quick": quick}, {"slow": slow}), theirs.close()), daemon=True)
    thread.start()
    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_unix_connection(lambda: Line(lost.append), sock=ours)
    yield Worker(line, thread, first_step, go_on, did, lost)
    go_on.set()
    line.close()
    await loop.run_in_executor(None, thread.join, LONG)


def test_frames_are_put_together_from_any_pieces() -> None:
    contents = [(1, "quick", "孩子" * 500, 2.5), (2, None), (3, b"")]
    stream, frames, got = b"".join(frame(each) for each in contents), Frames(), list[Any]()

    for start in range(0, len(stream), 7):
        got += frames.add(stream[start : start + 7])

    assert got == contents
    assert list(Frames().add(stream)) == contents


async def test_calls_are_answered_each_with_its_own(worker: Worker) -> None:
    answers = await asyncio.gather(*(worker.line.call("quick", str(number), LONG) for number in range(30)))

    assert answers == [str(number) * 2 for number in range(30)]
    assert worker.line.ready


async def test_a_large_call_goes_through_whole(worker: Worker) -> None:
    worker.go_on.set()
    words = ["w" * 50_000] * 40

    assert await worker.line.call("slow", words, LONG) == [word.upper() for word in words]


async def test_what_is_urgent_is_done_between_two_steps(worker: Worker) -> None:
    slow = asyncio.ensure_future(worker.line.call("slow", ["a", "b"], LONG))
    await asyncio.sleep(0)  # it is on its way
    assert await asyncio.get_running_loop().run_in_executor(None, worker.first_step.wait, LONG) is True
    quick = asyncio.ensure_future(worker.line.call("quick", "now", LONG))
    await asyncio.sleep(0)
    worker.go_on.set()

    assert (await quick, await slow) == ("nownow", ["A", "B"])
    assert worker.did == ["a", "now", "b"]


async def test_what_fails_there_is_no_answer_and_ends_nothing(worker: Worker) -> None:
    worker.go_on.set()

    assert await worker.line.call("quick", "broken", LONG) is None
    assert await worker.line.call("slow", ["a", "broken"], LONG) is None
    assert await worker.line.call("quick", "on", LONG) == "onon"


async def test_what_nobody_waits_for_any_more_is_not_begun(worker: Worker) -> None:
    with pytest.raises(asyncio.TimeoutError):
        await worker.line.call("quick", "too late", -1.0)

    assert await worker.line.call("quick", "on", LONG) == "onon"
    assert worker.did == ["on"]


async def test_whoever_waits_hears_that_the_other_side_is_gone() -> None:
    ours, theirs = socket.socketpair()
    lost: list[Line] = []
    _transport, line = await asyncio.get_running_loop().create_unix_connection(lambda: Line(lost.append), sock=ours)
    waiting = asyncio.ensure_future(line.call("quick", "a", LONG))
    await asyncio.sleep(0)
    theirs.close()

    with pytest.raises(ProcessGone):
        await waiting
    with pytest.raises(ProcessGone):
        await line.call("quick", "b", LONG)
    assert lost == [line] and not line.ready and not line.was_ready


async def test_hanging_up_ends_calls_and_is_no_loss(worker: Worker) -> None:
    waiting = asyncio.ensure_future(worker.line.call("slow", ["a"], LONG))
    await asyncio.sleep(0)
    worker.line.close()

    with pytest.raises(ProcessGone):
        await waiting
    assert worker.lost == []
