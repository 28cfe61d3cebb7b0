"""The people of the simulated WeChat, as the platform sees them."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulator.allowance import Allowance
from bot.simulator.chat import Bubble, Content, Side, Via
from bot.simulator.refusal import Refusal

# A Typing command holds this long and wants an exchange this fresh (WeChat's typing page).
TYPING_LASTS = timedelta(seconds=15)
TYPING_AFTER = timedelta(seconds=30)


@dataclass
class Follower:
    """One user: chat, allowance and everything the API can ask about."""

    openid: str
    nickname: str
    following: bool = False
    followed_at: datetime | None = None
    scene: str = ""
    chat: list[Bubble] = field(default_factory=list)
    allowance: Allowance = field(default_factory=Allowance)
    tags: set[int] = field(default_factory=set)
    consents: Counter[str] = field(default_factory=Counter)
    mass_received: Counter[str] = field(default_factory=Counter)
    typing_until: datetime | None = None
    last_exchange: datetime | None = None
    flying: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def add(self, side: Side, content: Content, now: datetime, via: Via = Via.NONE) -> Bubble:
        """Append a bubble; a message of the account's ends its Typing."""
        bubble = Bubble(len(self.chat) + 1, side, now, content, via)
        self.chat.append(bubble)
        if side is not Side.SYSTEM:
            self.last_exchange = now
        if side is Side.ACCOUNT:
            self.typing_until = None
        self.changed.set()
        return bubble

    def typing(self, now: datetime) -> bool:
        """Whether 对方正在输入… shows."""
        return self.typing_until is not None and now < self.typing_until

    def start_typing(self, now: datetime) -> None:
        """Show 对方正在输入….

        Raises:
            Refusal: 45080 without an exchange in the last 30 s, 45081 while it shows already.
        """
        if self.last_exchange is None or now - self.last_exchange > TYPING_AFTER:
            raise Refusal(45080, "no message exchanged with the user in the last 30 seconds")
        if self.typing(now):
            raise Refusal(45081, "typing is already shown")
        self.typing_until = now + TYPING_LASTS
        self.changed.set()

    def stop_typing(self) -> None:
        """Show nothing any more."""
        self.typing_until = None
        self.changed.set()

    def as_json(self, now: datetime) -> dict[str, object]:
        """For the phone and the inspector."""
        return {
            "openid": self.openid,
            "nickname": self.nickname,
            "following": self.following,
            "scene": self.scene,
            "typing": self.typing(now),
            "allowance": self.allowance.as_json(now),
            "tags": sorted(self.tags),
        }


class Followers:
    """All users, by openid."""

    def __init__(self) -> None:
        self._by_openid: dict[str, Follower] = {}

    def add(self, nickname: str = "", openid: str = "") -> Follower:
        """A new user who follows nothing yet; openids have 28 characters and begin with "o", as WeChat's do.

        `openid`: for a run that has to be the same every time; drawn when it is empty.
        """
        follower = Follower(openid or "o" + secrets.token_urlsafe(20), nickname or f"家长{len(self._by_openid) + 1}")
        self._by_openid[follower.openid] = follower
        return follower

    def get(self, openid: str) -> Follower:
        """The user with this openid.

        Raises:
            Refusal: 40003 when there is none.
        """
        follower = self._by_openid.get(openid)
        if follower is None:
            raise Refusal(40003, "invalid openid")
        return follower

    def reachable(self, openid: str) -> Follower:
        """The user, who must follow.

        Raises:
            Refusal: 40003 when there is none, 43004 when the user does not follow.
        """
        follower = self.get(openid)
        if not follower.following:
            raise Refusal(43004, "require subscribe")
        return follower

    def all(self) -> list[Follower]:
        """Everyone, in order of appearance."""
        return list(self._by_openid.values())
