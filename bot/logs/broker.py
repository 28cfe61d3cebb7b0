"""Rasa's event broker that writes the anonymised record. In endpoints.yml: `type: bot.logs.broker.LogBroker`."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Sequence
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.utils.endpoints import EndpointConfig

from bot import services
from bot.logs.heard import Event
from bot.logs.writer import LogWriter

# After these a turn is over: it listens again, or a message without an answer is taken back.
_ENDS = {("action", "action_listen"), ("rewind", None)}


class LogBroker(EventBroker):  # type: ignore[misc]  # Rasa's base is untyped
    """Puts Rasa's events together to turns and hands them to the writer."""

    def __init__(self, writer: LogWriter) -> None:
        self.writer = writer
        self._begun: dict[str, list[Event]] = {}

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: AbstractEventLoop | None = None
    ) -> LogBroker:
        """For a Rasa that was started by its own command; `jiashu assistant` makes and starts the broker itself."""
        settings = services.settings()
        broker = cls(LogWriter(services.database(), services.clock(), settings.secret_key))
        broker.writer.start()
        return broker

    def publish(self, event: dict[str, Any]) -> None:
        parent_key = str(event["sender_id"])
        begun = self._begun.setdefault(parent_key, [])
        begun.append(event)
        if (event.get("event"), event.get("name")) in _ENDS:
            self.publish_turn(parent_key, self._begun.pop(parent_key))

    def publish_turn(self, parent_key: str, events: Sequence[Event]) -> None:
        """All events of a turn at once."""
        self.writer.put_all(parent_key, events)

    async def close(self) -> None:
        await self.writer.close()
