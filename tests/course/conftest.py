"""An action with a talk around it: what it says, and what the talk remembers after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.nlu_keys import LESSON_RANKING
from tests.conftest import ROOT
from tests.databases import services_over


class Scene:
    """One parent's talk, without Rasa: `run` an action after a message, slots carry over."""

    def __init__(self) -> None:
        self.slots: dict[str, Any] = {}
        self.parent = "palice"
        self.said: list[dict[str, Any]] = []
        self.form: str | None = None
        self.followed: list[str] = []
        # What the message would be answered with if it were a question.
        self.lesson = ""

    async def run(
        self, action: Action, text: str = "", intent: str = "", since: list[dict[str, Any]] | None = None, **entities: str
    ) -> str:
        """All texts of the answer, responses by name and buttons as titles, a line each."""
        latest = {
            "text": text or f"/{intent}",
            "intent": {"name": intent},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            LESSON_RANKING: [{"lesson": self.lesson, "confidence": 0.9}] if self.lesson else [],
        }
        events = [{"event": "user", **latest}, *(since or [])]
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker(self.parent, dict(self.slots), latest, events, False, None, loop, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in await action.run(dispatcher, tracker, {"forms": {}, "slots": {}}) or []:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                self.form = event["name"]
            if event["event"] == "followup":
                self.followed.append(event["name"])
        self.said = dispatcher.messages
        return "\n".join(_lines(dispatcher.messages))

    def tapped(self, title: str) -> str:
        """The payload of the button that begins so."""
        taps = [button for message in self.said for button in message.get("buttons") or []]
        return str(next(button["payload"] for button in taps if button["title"].startswith(title)))


def _lines(messages: list[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        yield message.get("text") or message.get("response") or str(message.get("custom") or "")
        yield from (button["title"] for button in message.get("buttons") or [])


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.chdir(ROOT)
    with services_over(tmp_path, monkeypatch):
        yield Scene()
