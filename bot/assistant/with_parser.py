"""Rasa's agent, with its sentences understood by the parser's process where that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from rasa.core.channels.channel import UserMessage

from bot.assistant.alike import likenesses
from bot.assistant.named_intents import named_intent
from bot.assistant.parser_process import Parsed, ParserProcess
from bot.assistant.plain_words import with_plain_intent
from bot.assistant.two_questions import add_second_question
from bot.assistant.understanding import understanding
from bot.logs.cleaning import Anonymised, Order


class Agent(Protocol):
    """What is needed of Rasa's agent."""

    domain: Any

    async def handle_message(self, message: UserMessage) -> object:
        """Answer one message through its output channel."""

    async def parse_message(self, message_data: str) -> Parsed:
        """Understand a sentence in this process."""


class WithParser:
    """An agent whose sentences are understood by a ParserProcess where it can."""

    def __init__(self, agent: Agent, parser: ParserProcess) -> None:
        self._agent = agent
        self._parser = parser

    async def handle_message(self, message: UserMessage) -> object:
        if not message.parse_data and message.text:
            message.parse_data = named_intent(message.text, self._agent.domain)
        if not message.parse_data and message.text:
            parsed = with_plain_intent(await self.parse_message(message.text))
            message.parse_data = await add_second_question(message.text, parsed, self.parse_message)
        with understanding(self):
            return await self._agent.handle_message(message)

    async def parse_message(self, message_data: str) -> Parsed:
        """Understand a sentence: there if it can be done there, else here."""
        return await self._parser.parse(message_data) or await self._agent.parse_message(message_data)

    async def alike(self, said: str, sentences: Sequence[str]) -> list[float]:
        """How near each sentence is in meaning to what was said: there if it can be told there, else here."""
        comparison = (said, tuple(sentences))
        near = await self._parser.alike(comparison)
        return likenesses(comparison) if near is None else near

    async def scrub(self, order: Order) -> Sequence[Anonymised] | None:
        """Anonymise for the record over there; None: it cannot now."""
        return await self._parser.scrub(order)

    def close(self) -> None:
        """End the parser's process."""
        self._parser.close()
