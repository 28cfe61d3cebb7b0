"""What this room needs of the wire. `bot.wechat.gateway` has it for WeChat; no address of a parent comes through here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Reach:
    """How a parent can be reached now. `custom_left`: customer-service messages that may be sent unasked; `busy`: wrote a
    moment ago or is in the middle of something; `consents`: notifications that the parent still allows."""

    following: bool = False
    custom_left: int = 0
    busy: bool = False
    consents: int = 0


NOWHERE = Reach()


@dataclass(frozen=True)
class Rights:
    """What the account may do. `mass_by_list`: service accounts; others reach a tag, once a day."""

    custom: bool
    subscription: bool
    template: bool
    mass: bool
    mass_by_list: bool


class Fate(Enum):
    """What became of one send."""

    SENT = "sent"  # taken; `message_id` where a result event will name it
    LATER = "later"  # certainly not taken, worth another try at `Result.retry_at` or the next tick
    CLOSED = "closed"  # this way is closed for this parent: try the next way
    GONE = "gone"  # the parent does not follow any more
    NEVER = "never"  # this message can never go
    UNSURE = "unsure"  # it may have been taken: never again


@dataclass(frozen=True)
class Result:
    """`code`: WeChat's error code as text, or the reason; `pause_until`: nobody gets anything by this way before then."""

    fate: Fate
    code: str = ""
    message_id: str = ""
    pause_until: datetime | None = None


@dataclass(frozen=True)
class Message:
    """What to send: the text, and for notifications what fits their fields (title and notice: 20 characters each).

    A page is named in the text as “《title》：address”: the wire makes a link of it where WeChat shows links.
    """

    text: str
    title: str = ""
    notice: str = ""


class Gateway(Protocol):
    """The wire, by parent keys."""

    def rights(self) -> Rights:
        """What the account may do."""

    def reach(self, session: Session, keys: Collection[str], now: datetime) -> dict[str, Reach]:
        """How these parents can be reached; a key that is missing is not reached at all."""

    def followers(self, session: Session, after: str, most: int) -> list[str]:
        """Parent keys of those who follow, in order, from behind `after`."""

    def active_since(self, session: Session, moment: datetime) -> list[str]:
        """Parents of whom something came since then: what is known of them may have changed."""

    def pauses(self, session: Session, now: datetime) -> dict[str, datetime]:
        """Ways by which nothing may be sent now, and until when."""

    def take(self, session: Session, keys: Sequence[str], way: str, now: datetime) -> set[str]:
        """Use up one message (or consent) of each of these parents; returns who had one left."""

    async def send(self, parent_key: str, way: str, message: Message) -> Result:
        """Send one message. Whatever goes wrong is in the result."""

    def note(self, session: Session, way: str, parent_key: str, result: Result, now: datetime) -> None:
        """What a refusal means for the address, the allowance or a pause; in the transaction that settles the row."""

    async def send_mass(self, client_id: str, keys: Sequence[str], text: str) -> Result:
        """Send one text to all of these; repeating it with the same `client_id` within a day does not send it twice."""
