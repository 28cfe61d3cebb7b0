"""Understand a sentence from within an action: some words only mean something together with the question before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

Parsed = Mapping[str, Any]


class Understands(Protocol):
    """What understands: the assistant's agent with its parser."""

    async def parse_message(self, message_data: str) -> Parsed:
        """Rasa's `parse_message`."""

    async def alike(self, said: str, sentences: Sequence[str]) -> list[float]:
        """The cosine in meaning between what was said and each sentence."""


# Of the turn that runs: the agent is exchanged when something is published, and each turn ends with the one that began it.
_asked: ContextVar[Understands | None] = ContextVar("asked", default=None)


@contextmanager
def understanding(agent: Understands) -> Iterator[None]:
    """Inside, actions can have sentences understood by `agent`."""
    token = _asked.set(agent)
    try:
        yield
    finally:
        _asked.reset(token)


async def understood(sentence: str) -> Parsed | None:
    """What `parse_message` gives; None where nobody can be asked: in an action server of its own."""
    agent = _asked.get()
    return None if agent is None else await agent.parse_message(sentence)


async def alike(said: str, sentences: Sequence[str]) -> list[float] | None:
    """How near each sentence is in meaning, 1 at most; None where nobody can be asked."""
    agent = _asked.get()
    return None if agent is None else await agent.alike(said, sentences)
