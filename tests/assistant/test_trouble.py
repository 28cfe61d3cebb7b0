"""Something of ours fails in the middle of a turn: said once, without words in the log, and danger is answered all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from bot import services
from bot.assistant import trouble
from bot.assistant.actions_here import NOT_NOW, ActionsHere
from bot.assistant.few_at_once import FewAtOnce
from bot.assistant.hearing import Hearing
from bot.assistant.trouble import DangerAnyway
from bot.db import DatabaseError
from bot.wechat.conversation import SORRY
from tests.databases import services_over

pytestmark = pytest.mark.asyncio

WORDS = "我家小名叫豆豆"
LISTEN = {"event": "followup", "name": "action_listen"}
CHOKING = "孩子被果冻噎住了喘不上气"


async def _no_model(_text: str) -> dict[str, Any]:
    raise RuntimeError(WORDS)


HEARING = Hearing(_no_model)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with services_over(tmp_path, monkeypatch):
        yield


def _call(action: str, *events: dict[str, Any], **found: Any) -> dict[str, Any]:
    message = {"text": WORDS, "intent": {"name": "lesson"}, "entities": [], **found}
    tracker = {
        "sender_id": "alice",
        "slots": {},
        "latest_message": message,
        "events": [{"event": "user", "text": WORDS}, *events],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
    }
    return {"next_action": action, "sender_id": "alice", "tracker": tracker, "domain": {}, "version": "3.6.21"}


async def _run(action: str, error: Exception, *events: dict[str, Any], **found: Any) -> dict[str, Any]:
    async def broken(dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: dict[str, Any]) -> None:
        dispatcher.utter_message(text="说了一半")
        raise error

    actions = ActionsHere()
    actions._executor.register_function(action, broken)
    answer = await actions.request(json=_call(action, *events, **found))
    assert answer is not None
    return answer


def _texts(answer: dict[str, Any]) -> list[str]:
    return [response["text"] for response in answer["responses"] if response.get("text")]


async def test_an_action_that_fails_is_said_and_ends_the_turn(home: None) -> None:
    with capture_logs() as lines:
        answer = await _run("action_some", ValueError(WORDS))

    assert (_texts(answer), answer["events"]) == ([SORRY], [LISTEN])
    assert [line["event"] for line in lines] == ["action.failed"]
    assert lines[0]["error"] == "ValueError" and lines[0]["at"].startswith("broken:") and WORDS not in str(lines)
    assert "120" in SORRY and "110" in SORRY


async def test_it_is_said_once_a_turn_and_again_in_the_next(home: None) -> None:
    said = {"event": "bot", "text": SORRY}
    assert _texts(await _run("action_some", ValueError(), said)) == []
    assert _texts(await _run("action_some", ValueError(), said, {"event": "user", "text": "再问一次"})) == [SORRY]


async def test_a_form_goes_on_asking(home: None) -> None:
    answer = await _run("validate_profile_form", KeyError(WORDS))

    assert (_texts(answer), answer["events"]) == ([SORRY], [])


@pytest.mark.parametrize("error", [ValueError(WORDS), DatabaseError("full", "The disk is full.")])
async def test_in_danger_the_script_is_said_and_nothing_else(home: None, error: Exception) -> None:
    answer = await _run("action_answer_danger", error, danger={"script": "choking", "by": "patterns"})

    assert _texts(answer) == [services.library().safety["choking"].answer]
    assert {"custom": {"urgent": True}} in answer["responses"]
    # Out of whatever was going on, as the action itself would.
    assert {"event": "active_loop", "name": None} in answer["events"] and LISTEN in answer["events"]


async def test_a_script_that_was_said_is_not_said_again(home: None) -> None:
    said = {"event": "bot", "text": services.library().safety["choking"].answer}
    answer = await _run("action_later", ValueError(), said, danger={"script": "choking", "by": "patterns"})

    assert answer["responses"] == []


async def test_where_danger_is_possible_the_script_follows(home: None) -> None:
    answer = await _run("action_some", DatabaseError("locked", "It is locked."), possible_danger={"script": "choking"})

    script = services.library().safety["choking"].answer
    assert _texts(answer) == [NOT_NOW, f"要是这事正在发生，先看这里：\n{script}"]


@pytest.mark.parametrize("fault", [None, IntegrityError("INSERT", {}, Exception(WORDS)), DatabaseError("full", "Full.")])
async def test_the_answer_to_danger_survives_a_flag_that_cannot_be_kept(
    home: None, monkeypatch: pytest.MonkeyPatch, fault: Exception | None
) -> None:
    async def failing(*_work: object) -> None:
        raise fault or RuntimeError(WORDS)

    monkeypatch.setattr(services.database(), "run", failing)
    with capture_logs() as lines:
        answer = await ActionsHere().request(json=_call("action_answer_danger", danger={"script": "choking", "by": "patterns"}))

    assert answer is not None and _texts(answer) == [services.library().safety["choking"].answer]
    assert [line["event"] for line in lines] == ["safety.flag_not_kept"] and WORDS not in str(lines)


class Failing:
    """An agent whose policy, parser or memory fails."""

    async def handle_message(self, _message: UserMessage) -> object:
        raise RuntimeError(WORDS)


async def test_danger_is_answered_when_the_whole_turn_fails(home: None) -> None:
    output = CollectingOutputChannel()
    with capture_logs() as lines:
        await DangerAnyway(Failing(), HEARING).handle_message(UserMessage(CHOKING, output, "alice"))

    assert output.messages[0]["text"] == services.library().safety["choking"].answer
    assert output.messages[1]["custom"] == {"urgent": True}
    assert WORDS not in str(lines) and CHOKING not in str(lines)
    with services.database().session(readonly=True) as session:
        flags = session.execute(text("SELECT parent_key, script FROM logs_safety_flags")).all()
    assert [tuple(each) for each in flags] == [("alice", "choking")]


async def test_danger_is_answered_when_the_database_fails_too(home: None, tmp_path: Path) -> None:
    with services.database().session() as session:
        session.execute(text("DROP TABLE logs_safety_flags"))
    output = CollectingOutputChannel()

    await DangerAnyway(Failing(), HEARING).handle_message(UserMessage(CHOKING, output, "alice"))

    assert output.messages[0]["text"] == services.library().safety["choking"].answer


class Slow:
    """An agent that hangs, as one whose database somebody holds; `then` it ends."""

    def __init__(self, then: Exception | None = None, says: str = "") -> None:
        self.go_on = asyncio.Event()
        self.ended = False
        self._then = then
        self._says = says

    async def handle_message(self, message: UserMessage) -> object:
        if self._says:
            await message.output_channel.send_response(message.sender_id, {"text": self._says})
            await message.output_channel.send_response(message.sender_id, {"custom": {"urgent": True}})
        await self.go_on.wait()
        self.ended = True
        if self._then:
            raise self._then
        return None


def _flags() -> list[tuple[str, str]]:
    with services.database().session(readonly=True) as session:
        return [tuple(each) for each in session.execute(text("SELECT parent_key, script FROM logs_safety_flags"))]


@pytest.mark.parametrize("then", [None, RuntimeError(WORDS)])
async def test_danger_is_answered_while_the_turn_hangs_and_the_turn_goes_on(
    home: None, monkeypatch: pytest.MonkeyPatch, then: Exception | None
) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 0.05)
    output, agent = CollectingOutputChannel(), Slow(then)
    danger = DangerAnyway(agent, HEARING)
    with capture_logs() as lines:
        await asyncio.wait_for(danger.handle_message(UserMessage(CHOKING, output, "alice")), 3)
        assert output.messages[0]["text"] == services.library().safety["choking"].answer
        agent.go_on.set()
        while danger._following:
            await asyncio.sleep(0.01)
    assert agent.ended and _flags() == ([("alice", "choking")] if then else [])
    assert WORDS not in str(lines) and CHOKING not in str(lines)


async def test_a_turn_that_never_ends_is_ended_and_flagged(home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 0.05)
    monkeypatch.setattr(trouble, "ENDED_WITHIN", 0.05)
    agent = Slow()
    queue = FewAtOnce(agent, at_once=1)
    danger = DangerAnyway(queue, HEARING)
    await asyncio.wait_for(danger.handle_message(UserMessage(CHOKING, CollectingOutputChannel(), "alice")), 3)
    while danger._following:
        await asyncio.sleep(0.01)
    assert not agent.ended and not queue._gate.locked() and _flags() == [("alice", "choking")]


async def test_a_script_that_the_hanging_turn_has_said_is_not_said_again(home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 0.05)
    output, agent = CollectingOutputChannel(), Slow(says="马上打120。")
    danger = DangerAnyway(agent, HEARING)
    await asyncio.wait_for(danger.handle_message(UserMessage(CHOKING, output, "alice")), 3)
    assert [each.get("text") for each in output.messages] == ["马上打120。", None]
    agent.go_on.set()


async def test_danger_does_not_queue_behind_turns_that_hang(home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 0.05)
    agent, output = Slow(), CollectingOutputChannel()
    answering = DangerAnyway(FewAtOnce(agent, at_once=1), HEARING)
    other = asyncio.create_task(answering.handle_message(UserMessage("孩子不说话怎么办", CollectingOutputChannel(), "bob")))
    await asyncio.sleep(0.1)
    await asyncio.wait_for(answering.handle_message(UserMessage(CHOKING, output, "alice")), 3)
    assert output.messages[0]["text"] == services.library().safety["choking"].answer
    agent.go_on.set()
    await other


async def test_a_slow_turn_without_danger_is_waited_for_and_ends_with_who_asked(home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 0.05)
    agent = Slow()
    asking = asyncio.create_task(DangerAnyway(agent, HEARING).handle_message(UserMessage("孩子不说话怎么办", CollectingOutputChannel(), "alice")))
    await asyncio.sleep(0.2)
    assert not asking.done()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    agent.go_on.set()
    await asyncio.sleep(0.05)
    assert not agent.ended


async def test_what_is_no_danger_fails_as_before_and_is_tried_again(home: None) -> None:
    output = CollectingOutputChannel()
    with pytest.raises(RuntimeError):
        await DangerAnyway(Failing(), HEARING).handle_message(UserMessage("孩子不说话怎么办", output, "alice"))
    assert output.messages == []
