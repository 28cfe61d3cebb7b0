"""When something of ours fails within a turn: the parent hears so once, the turn ends, and what to do in danger is said whatever failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import structlog
from rasa.core.channels.channel import UserMessage

from bot import services
from bot.content.safety import SafetyScript
from bot.faults import place
from bot.logs.flags import raise_flag
from bot.nlu_keys import DANGER, POSSIBLE_DANGER
from bot.text.plain import squash

log = structlog.get_logger(__name__)

# As actions/danger.py says it under an answer.
_IF_IT_IS_HAPPENING = "要是这事正在发生，先看这里：\n"
# Rasa goes on with the form after these; it would take the end of the turn for the end of the form.
_OF_A_FORM = ("validate_", "action_validate_", "action_ask_")


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
    """An agent whose failure does not keep a parent in danger waiting: the patterns of the safety scripts need no model."""

    def __init__(self, agent: Answering) -> None:
        self._agent = agent

    async def handle_message(self, message: UserMessage) -> object:
        try:
            return await self._agent.handle_message(message)
        except Exception as error:
            script = _pattern_fires(message.text or "")
            if script is None:
                raise
            # Not tried again, as other messages are: minutes count.
            log.error("turn.failed_in_danger", script=script.slug, error=type(error).__name__, at=place(error))
            await message.output_channel.send_response(message.sender_id, {"text": script.answer})
            await message.output_channel.send_response(message.sender_id, {"custom": {"urgent": True}})
            await _flag(message.sender_id, script.slug)
            return None


def _pattern_fires(text: str) -> SafetyScript | None:
    """The most urgent script of which a pattern fires, without the models that know better what is told and what is happening."""
    return next((each for each in services.library().safety.values() if each.matches(squash(text))), None)


async def _flag(parent_key: str, script: str) -> None:
    try:
        await services.database().run(raise_flag, parent_key, script, "patterns", services.clock().now())
    except Exception as error:  # noqa: BLE001
        # Whatever it is, the parent has the answer.
        log.error("safety.flag_not_kept", script=script, error=type(error).__name__)
