"""Understanding in another process: used when it is there, never waited for in vain."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
import structlog
from rasa.core.channels.channel import UserMessage

from bot.assistant import parser_process
from bot.assistant.parser_process import ParserProcess
from bot.assistant.with_parser import WithParser
from bot.logs.cleaning import Order, anonymised
from tests.loops import lasting_loop

WORDS = "孩子挑食怎么办"
HERE, THERE = {"intent": {"name": "here"}}, {"intent": {"name": "there"}}


def load(_model: str) -> None:
    """Runs in the other process."""


def understand(sentence: str) -> dict[str, Any]:
    """Runs in the other process."""
    if sentence == "慢":
        time.sleep(1.5)
    if sentence == "死":
        os.kill(os.getpid(), signal.SIGKILL)
    return {**THERE, "pid": os.getpid()}


def talkative(sentence: str) -> dict[str, Any]:
    """Runs in the other process: logs what Rasa logs of each message."""
    structlog.get_logger().debug("processor.message.parse", parse_data_text=sentence)
    structlog.get_logger().error("parser.failed")
    return THERE


class Agent:
    """Stands in for Rasa's agent."""

    domain = tracker_store = None

    def __init__(self) -> None:
        self.given: list[dict[str, Any] | None] = []

    async def handle_message(self, message: UserMessage) -> None:
        self.given.append(message.parse_data)

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        return HERE


# One loop: the other process takes seconds to start, so that it is there for all tests, and started anew when one has ended it.
event_loop = pytest.fixture(lasting_loop, scope="module")


@pytest.fixture(scope="module")
def kept(event_loop: asyncio.AbstractEventLoop) -> Iterator[ParserProcess]:
    made = ParserProcess(Path("model"), load, understand)
    yield made
    event_loop.call_soon(made.close)
    event_loop.run_until_complete(asyncio.sleep(0))


@pytest.fixture
async def parser(kept: ParserProcess, monkeypatch: pytest.MonkeyPatch) -> ParserProcess:
    # A busy machine may keep the other process from its second.
    monkeypatch.setattr(parser_process, "PATIENCE", 120.0)
    if kept._process is None and kept._again is None:
        kept.start()
    await _ready(kept)
    return kept


async def first_words(parser: ParserProcess) -> dict[str, Any]:
    parser_process.PATIENCE = 120.0  # of a process of its own
    assert await parser.wait()
    return await parser.parse(WORDS) or {}


async def _ready(parser: ParserProcess) -> None:
    # A busy machine needs minutes to import Rasa once more.
    for _ in range(6000):
        if await parser.parse(WORDS):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the other process never came up")


async def test_a_sentence_is_understood_over_there(parser: ParserProcess) -> None:
    agent = Agent()

    await WithParser(agent, parser).handle_message(UserMessage(WORDS))

    (given,) = agent.given
    assert given and given["intent"] == THERE["intent"] and given["pid"] != os.getpid()


async def test_an_intent_that_is_named_needs_no_understanding(parser: ParserProcess) -> None:
    agent = Agent()

    await WithParser(agent, parser).handle_message(UserMessage('/choose_lesson{"slug": "fears"}'))

    (given,) = agent.given
    assert given is not None and given["intent"] == {"name": "choose_lesson", "confidence": 1.0}
    assert [(each["entity"], each["value"]) for each in given["entities"]] == [("slug", "fears")]


async def test_what_comes_before_it_is_ready_is_understood_here() -> None:
    agent, parser = Agent(), ParserProcess(Path("model"), load, understand)

    assert await WithParser(agent, parser).parse_message(WORDS) == HERE
    parser.start()
    assert await parser.parse(WORDS) is None
    parser.close()


async def test_a_killed_process_costs_nobody_an_answer_and_comes_back(parser: ParserProcess) -> None:
    understanding = WithParser(Agent(), parser)

    assert await understanding.parse_message("死") == HERE
    await _ready(parser)
    assert (await understanding.parse_message(WORDS))["intent"] == THERE["intent"]


async def test_sentences_are_compared_over_there_and_here_alike(parser: ParserProcess) -> None:
    sentences = ["可以洗温水澡。", "今晚给孩子打个电话。"]
    there = await parser.alike(("能洗澡吗", tuple(sentences)))
    not_there = WithParser(Agent(), ParserProcess(Path("model"), load, understand))

    assert there is not None and there[0] > there[1]
    assert await not_there.alike("能洗澡吗", sentences) == pytest.approx(there, abs=1e-3)


async def test_who_wants_the_record_anonymised_gets_it_from_over_there(parser: ParserProcess) -> None:
    order = Order("k" * 32, {"a": ""}, (("a", ("我叫欧阳建国，发烧怎么办",)), ("b", ()), ("a", ("欧阳建国是我",))))

    assert await parser.scrub(order) == list(anonymised(order))


async def test_a_copy_of_this_process_understands_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_process, "PATIENCE", 120.0)
    with socket.socket() as listening:
        parser = ParserProcess(Path("model"), load, understand)
        parser.fork(Agent(), listening)

        assert await parser.wait()
        parsed = await parser.parse(WORDS)
        assert parsed and parsed["intent"] == THERE["intent"]
        assert listening.fileno() >= 0
        parser.close()


def _assistant(told: Connection) -> None:
    """Runs in a process of its own, which falls as soon as the other one understands."""
    parser = ParserProcess(Path("model"), load, understand)
    parser.fork(Agent(), socket.socket())
    told.send(asyncio.run(first_words(parser))["pid"])
    os.kill(os.getpid(), signal.SIGKILL)


def test_it_ends_with_the_assistant() -> None:
    heard, told = multiprocessing.Pipe(duplex=False)
    assistant = multiprocessing.get_context("fork").Process(target=_assistant, args=(told,))
    assistant.start()
    told.close()  # else nobody would see that it fell without a word
    assistant.join()

    other = int(heard.recv())
    for _ in range(600):
        if not _alive(other):
            return
        time.sleep(0.1)
    raise AssertionError("the other process went on alone")


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]
    except OSError:
        return False


async def test_a_late_answer_is_not_waited_for(parser: ParserProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_process, "PATIENCE", 0.2)

    assert await WithParser(Agent(), parser).parse_message("慢") == HERE


async def test_nobody_waits_for_a_process_that_is_gone(parser: ParserProcess) -> None:
    parser.close()

    assert await parser.scrub(Order("k" * 32, {}, ())) is None
    assert await WithParser(Agent(), parser).parse_message(WORDS) == HERE


async def test_a_process_that_was_not_forked_writes_down_no_words(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser_process, "PATIENCE", 120.0)
    made = ParserProcess(Path("model"), load, talkative)
    made.start()
    try:
        assert await made.wait(120.0) and await made.parse(WORDS)
    finally:
        made.close()
    written = "".join(capfd.readouterr())
    assert "parser.failed" in written and "孩子" not in written
