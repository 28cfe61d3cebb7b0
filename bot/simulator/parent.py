"""A parent as tests see one: every act waits for all that it brings back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.simulator.chat import UNAVAILABLE, Bubble, Choice, Content, Side, Via
from bot.simulator.followers import Follower
from bot.simulator.journal import Delivery
from bot.simulator.phone import Phone, Sent, button_at
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal
from bot.simulator.taps import taps_in

# How far back a parent scrolls for something to tap.
LOOKED_AT = 12


class Settle(Protocol):
    """Waits until nothing more comes; see SimulatedWeChat.settle."""

    async def __call__(
        self, follower: Follower, before: int, *, expect: bool, patience: float | None = None
    ) -> None: ...


@dataclass(frozen=True)
class Reply:
    """All that one act brought back: the account's bubbles and grey lines, oldest first, and the delivery."""

    bubbles: tuple[Bubble, ...]
    delivery: Delivery
    seconds: float

    @property
    def text(self) -> str:
        """The account's words, a blank line between messages."""
        return "\n\n".join(bubble.content.words() for bubble in self.bubbles if bubble.side is Side.ACCOUNT)

    @property
    def passive(self) -> Bubble | None:
        """What came as the answer to the delivery itself."""
        return next((bubble for bubble in self.bubbles if bubble.via is Via.PASSIVE), None)

    @property
    def failed(self) -> bool:
        """Whether the parent saw 该公众号暂时无法提供服务."""
        return any(bubble.content.text == UNAVAILABLE for bubble in self.bubbles if bubble.side is Side.SYSTEM)

    @property
    def taps(self) -> list[Choice]:
        """Everything in it that can be tapped to say something: msgmenu items and bizmsgmenu links."""
        return taps_in(self.bubbles)


class Parent:
    """One follower. Every act waits until all it brings back is there."""

    def __init__(self, platform: Platform, follower: Follower, settle: Settle) -> None:
        self._platform = platform
        self._settle = settle
        self._phone = Phone(platform, follower)
        self.follower = follower
        self.welcome: Reply | None = None

    @property
    def openid(self) -> str:
        return self.follower.openid

    @property
    def chat(self) -> list[Bubble]:
        """Everything in the chat."""
        return self.follower.chat

    @property
    def allowance(self) -> int:
        """Messages the account may still send."""
        return self.follower.allowance.left(self._platform.now())

    def begin(self, scene: str = "") -> None:
        """Be a follower of long standing: no event is sent."""
        self._phone.begin(scene)

    async def follow(self, scene: str = "") -> Reply:
        """Follow (again), by a QR code when `scene` is given."""
        return await self._do(lambda: self._phone.follow(scene))

    async def unfollow(self) -> Reply:
        """Leave."""
        return await self._do(self._phone.unfollow)

    async def scan(self, scene: str) -> Reply:
        """Scan a QR code."""
        return await self._do(lambda: self._phone.scan(scene))

    async def say(self, text: str) -> Reply:
        """Write."""
        return await self.send(Content("text", text=text))

    async def voice(self, recognition: str = "", seconds: int = 4) -> Reply:
        """Speak; without `recognition` WeChat heard nothing."""
        return await self.send(Content("voice", text=recognition, seconds=seconds))

    async def image(self) -> Reply:
        """Send a picture."""
        return await self.send(Content("image", picture=f"{self._platform.base_url}/sim/web/drawing.svg"))

    async def video(self) -> Reply:
        """Send a video."""
        return await self.send(Content("video", picture=f"{self._platform.base_url}/sim/web/home.svg"))

    async def location(self, label: str = "广东省东莞市", latitude: float = 22.8106, longitude: float = 113.803) -> Reply:
        """Send a place."""
        return await self.send(Content("location", text=label, latitude=latitude, longitude=longitude))

    async def link(self, title: str, url: str, description: str = "") -> Reply:
        """Forward an article."""
        return await self.send(Content("link", title=title, text=description, url=url))

    async def send(self, content: Content) -> Reply:
        """Send any message a user can send."""
        return await self._do(lambda: self._phone.send(content))

    async def tap(self, target: str | int) -> Reply:
        """Tap a tappable line of the last messages: its words, a part of them, or its place in the list (from 1).

        Raises:
            Refusal: 40035 when nothing there can be tapped so.
        """
        choice = self._find(target)
        return await self._do(lambda: self._phone.tap_choice(choice))

    async def menu(self, key: str) -> Reply:
        """Press the menu button with this key, address or name."""
        button = button_at(self._platform, key)
        return await self._do(lambda: self._phone.press(button))

    async def consent(self, template_id: str, accept: bool = True) -> Reply:
        """Answer a subscription dialog."""
        return await self._do(lambda: self._phone.consent(template_id, accept))

    async def quiet(self, timeout: float | None = None) -> list[Bubble]:
        """Wait for what comes without being asked, such as a reminder; return what came."""
        before = len(self.chat)
        await self._settle(self.follower, before, expect=True, patience=timeout)
        return self.chat[before:]

    async def _do(self, act: Callable[[], Sent]) -> Reply:
        started = time.monotonic()
        sent = act()
        # The parent's own bubble is in the chat by now; whatever comes later is the answer.
        before = len(self.chat)
        delivery = await sent
        late = delivery.outcome == "success" and delivery.answerable
        await self._settle(self.follower, before, expect=late)
        return Reply(tuple(self.chat[before:]), delivery, time.monotonic() - started)

    def _find(self, target: str | int) -> Choice:
        if isinstance(target, int):
            offered = next((found for bubble in reversed(self.chat) if (found := taps_in([bubble]))), [])
            wanted = offered[target - 1 : target] if target > 0 else []
        else:
            offered = taps_in(self.chat[-LOOKED_AT:])[::-1]
            wanted = [one for one in offered if one.text == target] or [one for one in offered if target in one.text]
        if not wanted:
            raise Refusal(40035, f"nothing to tap for {target!r} among {[one.text for one in offered]}")
        return wanted[0]
