"""The assistant without the wire: for `jiashu ask` and for conversation tests. Its memory is a throw-away database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot import services
from bot.assistant.agent import load_agent
from bot.assistant.parser_process import ParserProcess
from bot.assistant.with_parser import WithParser


@dataclass(frozen=True)
class Heard:
    """What the pipeline found in one message."""

    intent: str
    confidence: float
    lessons: tuple[tuple[str, float], ...]
    danger: str
    age_months: int | None


class Questioner:
    """Ask a loaded model as one or several parents."""

    def __init__(self, model: Path, folder: str) -> None:
        self._model = model
        self._url = f"sqlite:///{folder}/talk.db"

    async def __aenter__(self) -> Questioner:
        self._before = os.environ.get("JIASHU_DATABASE_URL")
        os.environ["JIASHU_DATABASE_URL"] = self._url
        services.forget()
        services.database().upgrade()
        # Its parser's process is never started: everything is understood here, in the same way.
        self._agent = WithParser(load_agent(self._model), ParserProcess(self._model))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        services.database().close()
        if self._before is None:
            os.environ.pop("JIASHU_DATABASE_URL")
        else:
            os.environ["JIASHU_DATABASE_URL"] = self._before
        services.forget()

    async def understood(self, text: str) -> Heard:
        """What the pipeline makes of a text, without a talk around it."""
        parsed = await self._agent.parse_message(text)
        ages = [each["value"] for each in parsed.get("entities", []) if each["entity"] == "child_age"]
        return Heard(
            intent=parsed["intent"]["name"],
            confidence=parsed["intent"]["confidence"],
            lessons=tuple((each["lesson"], each["confidence"]) for each in parsed.get("lesson_ranking") or ()),
            danger=(parsed.get("danger") or {}).get("script", ""),
            age_months=ages[0] if ages else None,
        )

    async def messages(self, text: str, parent: str = "stranger") -> list[dict[str, object]]:
        """Rasa's messages in answer to one message of a parent."""
        channel = CollectingOutputChannel()
        await self._agent.handle_message(UserMessage(text, channel, sender_id=parent))
        return list(channel.messages)

    async def answer(self, text: str, parent: str = "stranger") -> str:
        """The same as text, with buttons as numbered lines."""
        lines: list[str] = []
        for message in await self.messages(text, parent):
            lines.append(str(message.get("text") or ""))
            buttons = message.get("buttons")
            if isinstance(buttons, list):
                lines.extend(f"{number}. {button['title']}" for number, button in enumerate(buttons, 1))
        return "\n".join(line for line in lines if line)
