"""Danger that only the model hears does not wait behind something slow either."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from sqlalchemy import text

from bot import services
from bot.assistant import hearing, trouble
from bot.assistant.hearing import Hearing
from bot.assistant.trouble import DangerAnyway
from bot.wechat.urgent import script_for
from tests.databases import services_over

pytestmark = pytest.mark.asyncio

# No pattern fires on it.
UNHEARD_OF = "奶奶说他整个人不对劲 叫也没反应"
CHOKING = "孩子被果冻噎住了喘不上气"
HARMLESS = {"intent": {"name": "lesson"}, "danger": None}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with services_over(tmp_path, monkeypatch):
        monkeypatch.setattr(trouble, "PATIENCE", 0.05)
        yield


class Parser:
    """Finds what it is told to find; counts how often it was asked."""

    def __init__(self, script: str | None) -> None:
        self.asked = 0
        self._found = {"danger": {"script": script, "by": "classifier"}} if script else HARMLESS

    async def parse(self, _text: str) -> dict[str, Any]:
        self.asked += 1
        return self._found


async def _hanging(_text: str) -> dict[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError


class Slow:
    """An agent whose turn lasts until it is told to go on; then it fails, or not."""

    def __init__(self, fails: bool = False) -> None:
        self.go_on = asyncio.Event()
        self._fails = fails

    async def handle_message(self, message: UserMessage) -> object:
        await self.go_on.wait()
        if self._fails:
            raise RuntimeError
        return await message.output_channel.send_response(message.sender_id, {"text": "慢慢来。"})


async def _said(answering: DangerAnyway, agent: Slow, words: str, parsed: dict[str, Any] | None = None) -> list[str]:
    """What is said while the turn hangs; then it ends."""
    output = CollectingOutputChannel()
    message = UserMessage(words, output, "alice", parse_data=parsed)
    asking = asyncio.create_task(answering.handle_message(message))
    done, _ = await asyncio.wait({asking}, timeout=3 if agent.go_on.is_set() else 1)
    said = [each["text"] for each in output.messages if "text" in each]
    agent.go_on.set()
    await asyncio.wait_for(asking, 3)
    while answering._following:
        await asyncio.sleep(0.01)
    return said


async def test_what_only_the_model_hears_is_answered_while_the_turn_hangs() -> None:
    assert script_for(UNHEARD_OF) is None
    agent = Slow(fails=True)

    said = await _said(DangerAnyway(agent, Hearing(Parser("seizure-or-unconscious").parse)), agent, UNHEARD_OF)

    assert said == [services.library().safety["seizure-or-unconscious"].answer]
    with services.database().session(readonly=True) as session:
        flags = session.execute(text("SELECT script, found_by FROM logs_safety_flags")).all()
    assert [tuple(each) for each in flags] == [("seizure-or-unconscious", "classifier")]


async def test_what_the_turn_has_understood_is_not_asked_again() -> None:
    agent, parser = Slow(), Parser(None)
    understood = {"danger": {"script": "seizure-or-unconscious", "by": "classifier"}}

    said = await _said(DangerAnyway(agent, Hearing(parser.parse)), agent, UNHEARD_OF, understood)

    assert said == [services.library().safety["seizure-or-unconscious"].answer] and parser.asked == 0


async def test_a_slow_turn_about_no_danger_is_waited_for_though_a_pattern_fires() -> None:
    told = "去年他被果冻噎住了喘不上气 现在都好"
    assert script_for(told) is not None
    agent = Slow()

    assert await _said(DangerAnyway(agent, Hearing(Parser(None).parse)), agent, told) == []


async def test_where_the_model_hangs_the_patterns_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "UNDERSTOOD_WITHIN", 0.05)
    agent = Slow()

    said = await _said(DangerAnyway(agent, Hearing(_hanging)), agent, CHOKING)

    assert said == [services.library().safety["choking"].answer]


@pytest.mark.parametrize(
    ("words", "script", "urgent"),
    [(UNHEARD_OF, "seizure-or-unconscious", True), (UNHEARD_OF, None, False), (CHOKING, None, True), ("孩子挑食", None, False)],
)
async def test_what_does_not_wait_for_an_earlier_message(words: str, script: str | None, urgent: bool) -> None:
    assert await Hearing(Parser(script).parse).urgent(words) is urgent
