"""Understand a sentence from within an action: some words only mean something together with the question before them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Parsed = Mapping[str, Any]
Parse = Callable[[str], Awaitable[Parsed]]

# Of the turn that runs: the agent is exchanged when something is published, and each turn ends with the one that began it.
_parse: ContextVar[Parse | None] = ContextVar("parse", default=None)


@contextmanager
def understanding(parse: Parse) -> Iterator[None]:
    """Inside, actions can have a sentence understood by `parse`, Rasa's `parse_message`."""
    token = _parse.set(parse)
    try:
        yield
    finally:
        _parse.reset(token)


async def understood(sentence: str) -> Parsed | None:
    """What `parse_message` gives; None where nobody can be asked: in an action server of its own."""
    parse = _parse.get()
    return None if parse is None else await parse(sentence)
