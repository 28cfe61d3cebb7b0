"""When something of ours fails within a turn: the parent hears so once, the turn ends, and what to do in danger is said whatever failed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import structlog
from rasa.core.channels.channel import UserMessage

from bot import services
from bot.assistant.hearing import Hearing
from bot.content.safety import SafetyScript
from bot.faults import place
from bot.logs.flags import raise_flag
from bot.nlu_keys import DANGER, POSSIBLE_DANGER

log = structlog.get_logger(__name__)

# As actions/danger.py says it under an answer.
_IF_IT_IS_HAPPENING = "要是这事正在发生，先看这里：\n"
# Rasa goes on with the form after these; it would take the end of the turn for the end of the form.
_OF_A_FORM = ("validate_", "action_validate_", "action_ask_")
# Seconds that danger waits for a turn, of the 4.5 in which it can be answered; and then for its flag to be written.
PATIENCE, FLAGGED_WITHIN = 3.0, 0.5
# Seconds that a slow turn may go on after that.
ENDED_WITHIN = 60.0


def instead(call: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The answer of an action that failed; `call`: Rasa's request for it, `text`: what the parent is told.

    Nothing is said twice in a turn, and where there is danger its script is said and nothing else.
    """
    tracker = call["tracker"]
    message = tracker.get("latest_message") or {}
    script = _script(message.get(DANGER))
    possible = _script(message.get(POSSIBLE_DANGER))
    if script:
        said = _unsaid(tracker, script.answer)
        responses = [{"text": said}, {"custom": {"urgent": True}}] if said else []
        return {"events": [_loop_ends(), _nothing_asked(), *_listen(call)], "responses": responses}
    texts = [text, _IF_IT_IS_HAPPENING + possible.answer] if possible else [text]
    responses = [{"text": said} for said in (_unsaid(tracker, each) for each in texts) if said]
    return {"events": _listen(call), "responses": responses}


def _script(found: Mapping[str, Any] | None) -> SafetyScript | None:
    return services.library().safety.get(str(found["script"])) if found else None


def _unsaid(tracker: Mapping[str, Any], text: str) -> str:
    """The text, or "" when it was said in this turn already."""
    return "" if text in _said(tracker.get("events") or []) else text


def _said(events: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for event in reversed(events):
        if event.get("event") == "user":
            return
        if event.get("event") == "bot":
            yield str(event.get("text") or "")


def _listen(call: Mapping[str, Any]) -> list[dict[str, Any]]:
    # Where no rule says what follows, Rasa would ask for the same action again and again.
    return [] if str(call["next_action"]).startswith(_OF_A_FORM) else [{"event": "followup", "name": "action_listen"}]


def _loop_ends() -> dict[str, Any]:
    return {"event": "active_loop", "name": None}


def _nothing_asked() -> dict[str, Any]:
    return {"event": "slot", "name": "requested_slot", "value": None}


class Answering(Protocol):
    """What stands behind: Rasa's agent."""

    async def handle_message(self, message: UserMessage) -> object:
        """Answer one message through its output channel."""


class DangerAnyway:
    """An agent whose failure or slowness does not keep a parent in danger waiting."""

    def __init__(self, agent: Answering, hearing: Hearing) -> None:
        self._agent = agent
        self._hearing = hearing
        self._following: set[asyncio.Task[None]] = set()

    async def handle_message(self, message: UserMessage) -> object:
        turn = asyncio.ensure_future(self._agent.handle_message(message))
        try:
            await asyncio.wait({turn}, timeout=PATIENCE)
            done = turn.done() and _failure(turn) is None
            heard = None if done else await self._hearing.script(message.text or "", message.parse_data)
            # It may have ended well meanwhile.
            if heard is None or (turn.done() and _failure(turn) is None):
                return await turn
        except asyncio.CancelledError:
            turn.cancel()
            raise
        # Neither waited for nor tried again, as other turns are: minutes count.
        script, by = heard
        await _say(message, script)
        following = asyncio.create_task(_follow(turn, message.sender_id, script.slug, by))
        self._following.add(following)
        following.add_done_callback(self._following.discard)
        if turn.done():
            await asyncio.wait({following}, timeout=FLAGGED_WITHIN)
        return None


def _failure(turn: asyncio.Future[object]) -> BaseException | None:
    return asyncio.CancelledError() if turn.cancelled() else turn.exception()


async def _say(message: UserMessage, script: SafetyScript) -> None:
    said = getattr(message.output_channel, "messages", [])
    if not any((each.get("custom") or {}).get("urgent") for each in said):
        await message.output_channel.send_response(message.sender_id, {"text": script.answer})
        await message.output_channel.send_response(message.sender_id, {"custom": {"urgent": True}})


async def _follow(turn: asyncio.Future[object], parent_key: str, script: str, by: str) -> None:
    """A slow turn goes on, so that the talk knows of it, and raises the flag itself; for one that failed it is raised here."""
    if not turn.done():
        log.error("turn.slow_in_danger", script=script, seconds=PATIENCE)
        await asyncio.wait({turn}, timeout=ENDED_WITHIN)
        if not turn.done():
            # As the wire ends other turns: it holds a place in the queue and the talk of this parent.
            turn.cancel()
            await asyncio.wait({turn})
    error = _failure(turn)
    if error:
        log.error("turn.failed_in_danger", script=script, error=type(error).__name__, at=place(error))
        await _flag(parent_key, script, by)


async def _flag(parent_key: str, script: str, by: str) -> None:
    try:
        await services.database().run(raise_flag, parent_key, script, by, services.clock().now())
    except Exception as error:  # noqa: BLE001
        # Whatever it is, the parent has the answer.
        log.error("safety.flag_not_kept", script=script, error=type(error).__name__)
