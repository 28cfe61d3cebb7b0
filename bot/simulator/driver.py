"""The simulator for tests and for the evaluation: WeChat in this process, parents as Python objects.

    async with SimulatedWeChat(callback=url) as wechat:
        parent = await wechat.follow(silent=True)
        reply = await parent.say("孩子不肯跟我视频")
        assert "慢慢来" in reply.text
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType

from sanic import Sanic
from typing_extensions import Self

from bot.clock import ShiftedClock
from bot.simulator.__main__ import listen
from bot.simulator.app import create_app, serving
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.courier import Answer, HttpLine
from bot.simulator.followers import Follower
from bot.simulator.journal import ApiCall, Delivery
from bot.simulator.parent import Parent
from bot.simulator.platform import Platform, set_mode
from bot.simulator.refusal import Refusal
from bot.simulator.switches import Turnable


class SimulatedWeChat:
    """WeChat on a free loopback port, for as long as the context lasts.

    Args:
        callback: the assistant's address; may be set later, because the assistant wants `url` first.
        config: the account; by default a verified service account in safe mode, whose clock can be turned.
        settle: seconds of silence after which an answer counts as complete.
        patience: seconds to wait for the first message after the callback said only `success`.
        port: port to listen on; 0 takes a free one.
    """

    def __init__(
        self,
        callback: str = "",
        config: SimulatorConfig | None = None,
        *,
        settle: float = 0.3,
        patience: float = 15.0,
        port: int = 0,
    ) -> None:
        base = config or SimulatorConfig(clock=ShiftedClock())
        self.config = replace(base, callback=callback or base.callback)
        self._settle = settle
        self._patience = patience
        self._port = port
        self._line = HttpLine()

    async def __aenter__(self) -> Self:
        # Sanic rewrites its own classes at an app's start and cannot do so twice, unless it knows of several apps.
        Sanic.test_mode = True
        self._serving = serving(create_app(self.config), listen(self._port))
        self.platform: Platform = await self._serving.__aenter__()
        await self._line.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._line.close()
        await self._serving.__aexit__(kind, error, trace)

    @property
    def url(self) -> str:
        """What WECHAT_API_BASE must be."""
        return self.platform.base_url

    @property
    def callback(self) -> str:
        """Where messages go."""
        return self.platform.callback

    @callback.setter
    def callback(self, url: str) -> None:
        self.platform.callback = url

    @property
    def deliveries(self) -> list[Delivery]:
        """What was delivered, oldest first."""
        return list(self.platform.journal.deliveries)

    @property
    def api_calls(self) -> list[ApiCall]:
        """What the account called, oldest first."""
        return list(self.platform.journal.calls)

    def set_mode(self, mode: Mode) -> None:
        """Switch between plain, compatible and safe."""
        set_mode(self.platform, mode)

    async def follow(self, scene: str | None = None, *, silent: bool = False, nickname: str = "") -> Parent:
        """A new parent; `welcome` holds what following brought. `silent`: a follower of long standing, no event."""
        parent = Parent(self.platform, self.platform.followers.add(nickname), self.settle)
        if silent:
            parent.begin(scene or "")
        else:
            parent.welcome = await parent.follow(scene or "")
        return parent

    def turn_clock(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Turn the clock and return the new time; other processes see it when the clock is a TurnedClock."""
        clock = self.platform.clock
        if not isinstance(clock, Turnable):
            raise Refusal(40035, "this clock cannot be turned")
        now = clock.turn(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
        self.platform.tell_state()
        return now

    async def verify(self, echostr: str = "4375120948345356249") -> Answer:
        """What saving the server configuration does: a signed GET that wants `echostr` back."""
        query = self.platform.sealer.verification(int(self.platform.now().timestamp()))
        return await self._line.get(self.callback, query | {"echostr": echostr}, self.config.gap)

    async def deliver_raw(self, query: dict[str, str], body: str, *, timeout: float | None = None) -> Answer:
        """POST exactly this, once: for forged, broken or repeated deliveries. Nothing is noted or shown."""
        return await self._line.post(self.callback, query, body, timeout or self.config.gap)

    async def repeat(self, delivery: Delivery) -> Answer:
        """Deliver the same bytes once more."""
        return await self.deliver_raw(delivery.sealed.query, delivery.sealed.body)

    async def settle(
        self, follower: Follower, before: int, *, expect: bool, patience: float | None = None
    ) -> None:
        """Wait until nothing more comes: no delivery under way, no Typing, and `settle` seconds of silence.

        With `expect`, first wait up to `patience` seconds for a message after the first `before` bubbles.
        """
        ends = time.monotonic() + (self._patience if patience is None else patience)
        while (remaining := ends - time.monotonic()) > 0:
            empty = expect and len(follower.chat) == before
            busy = follower.flying or follower.typing(self.platform.now())
            follower.changed.clear()
            # Typing ends by itself, and nobody says so.
            wait = min(remaining, 1.0) if busy else remaining if empty else self._settle
            try:
                await asyncio.wait_for(follower.changed.wait(), wait)
            except asyncio.TimeoutError:
                if not busy and not follower.flying and not follower.typing(self.platform.now()):
                    return
