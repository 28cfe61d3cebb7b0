"""The shapes that pass between the wire and the conversation: a turn in, Rasa's messages out, WeChat's messages on."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import TypedDict


class Button(TypedDict):
    title: str
    payload: str


class RasaMessage(TypedDict, total=False):
    """One message as Rasa's CollectingOutputChannel keeps it."""

    recipient_id: str
    text: str
    buttons: list[Button]
    image: str
    attachment: str
    custom: dict[str, object]


@dataclass(frozen=True)
class Turn:
    """One thing a parent said or did, ready for the conversation. `key` is stable over retries and restarts."""

    key: str
    parent_key: str
    text: str
    metadata: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Turn], Awaitable[list[RasaMessage]]]


@dataclass(frozen=True)
class TextOut:
    """A WeChat text message: at most 2048 bytes of UTF-8, already escaped."""

    text: str


@dataclass(frozen=True)
class NewsOut:
    """A WeChat news card: one article (more are refused with 45008)."""

    title: str
    description: str
    url: str
    picurl: str


Outgoing = TextOut | NewsOut


@dataclass(frozen=True)
class Choice:
    """One numbered button of the last answer."""

    number: int
    title: str
    payload: str


def dump_outgoing(messages: Iterable[Outgoing]) -> str:
    return json.dumps([asdict(message) for message in messages], ensure_ascii=False)


def load_outgoing(text: str) -> tuple[Outgoing, ...]:
    return tuple(TextOut(**item) if "text" in item else NewsOut(**item) for item in json.loads(text))


def dump_choices(choices: Iterable[Choice]) -> str:
    return json.dumps([[item.number, item.title, item.payload] for item in choices], ensure_ascii=False)


def load_choices(text: str) -> tuple[Choice, ...]:
    return tuple(Choice(*item) for item in json.loads(text))
