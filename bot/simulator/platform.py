"""The platform: everything WeChat knows about one account, and the one place where messages set off to it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import structlog

from bot.simulator.allowance import Action
from bot.simulator.chat import UNAVAILABLE, Bubble, Content, Side, Via
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.courier import Courier, Line
from bot.simulator.crypto import MessageCipher
from bot.simulator.envelope import Sealer
from bot.simulator.faults import Faults
from bot.simulator.followers import Follower, Followers
from bot.simulator.incoming import Incoming
from bot.simulator.journal import Delivery, Journal
from bot.simulator.media import MediaStore
from bot.simulator.menu import Button, shown
from bot.simulator.quotas import Quotas
from bot.simulator.replies import ReplyError, ReplyReader
from bot.simulator.tokens import Tokens

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass
class Broadcasts:
    """What mass and template sends must remember: ids, clientmsgids of the last 24 h, sends a day."""

    next_id: int = 1_000_000_001
    clientmsgids: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    sent_on: dict[str, int] = field(default_factory=dict)

    def new_id(self) -> int:
        """The next msg_id."""
        self.next_id += 1
        return self.next_id


class Platform:
    """WeChat's side of one account. Holds no HTTP: `line` carries what goes to the callback."""

    def __init__(self, config: SimulatorConfig, line: Line) -> None:
        self.config = config
        self.clock = config.clock
        self.mode = config.mode
        self.callback = config.callback
        self.base_url = ""
        self.followers = Followers()
        self.journal = Journal()
        self.tokens = Tokens(config.appid, config.secret)
        self.faults = Faults()
        self.quotas = Quotas()
        self.media = MediaStore()
        self.broadcasts = Broadcasts()
        self.tags: dict[int, str] = {}
        self.qr_scenes: dict[str, str] = {}
        self.menu: tuple[Button, ...] = ()
        self.menu_pushed = False
        self.courier = Courier(line, config.clock, config.tries, config.gap)
        cipher = MessageCipher(config.aes_key, config.appid)
        self.sealer = Sealer(config.token, cipher, config.original_id)
        self._reader = ReplyReader(config.token, cipher, config.original_id)
        self._tasks: set[asyncio.Task[object]] = set()

    def now(self) -> datetime:
        """The simulated time."""
        return self.clock.now()

    def act(self, follower: Follower, action: Action) -> None:
        """Note that the user did something: the allowance starts anew."""
        now = self.now()
        follower.allowance.grant(action, now)
        follower.last_exchange = now
        self.tell_parent(follower)

    def show(self, follower: Follower, side: Side, content: Content, via: Via = Via.NONE) -> Bubble:
        """Put a bubble into a chat."""
        bubble = follower.add(side, content, self.now(), via)
        self.journal.publish("bubble", follower.openid, bubble.as_json)
        return bubble

    def deliver(self, incoming: Incoming) -> asyncio.Task[Delivery]:
        """Send a message or event to the callback; the task ends when the last try has."""
        now = self.now()
        sealed = self.sealer.seal(incoming, self.mode, int(now.timestamp()))
        number = self.journal.next_number("delivery")
        delivery = Delivery(number, incoming.openid, incoming.label, sealed, now, incoming.answerable)
        self.journal.deliveries.append(delivery)
        return self.keep(self._carry(delivery, incoming), f"delivery-{number}")

    def keep(self, work: Coroutine[object, object, T], name: str) -> asyncio.Task[T]:
        """Start `work` in the background, kept until it ends or the simulator closes."""
        task: asyncio.Task[T] = asyncio.create_task(work, name=name)
        kept: asyncio.Task[object] = task
        self._tasks.add(kept)
        kept.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """End all deliveries and send the listeners home."""
        self.journal.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tell_parent(self, follower: Follower) -> None:
        """Tell listeners what changed about a user: following, typing, allowance."""
        self.journal.publish("parent", follower.openid, lambda: follower.as_json(self.now()))

    def tell_state(self) -> None:
        """Tell listeners what changed about the whole: mode, clock, menu, faults."""
        self.journal.publish("state", "", self.state)

    def state(self) -> dict[str, object]:
        """The account as the inspector shows it."""
        return {
            "name": self.config.name,
            "mode": self.mode.value,
            "account": self.config.account.value,
            "verified": self.config.verified,
            "tries": self.courier.tries,
            "gap": self.courier.gap,
            "now": self.now().isoformat(),
            "turnable": hasattr(self.clock, "turn"),
            "menu": shown(self.menu),
            "menu_pushed": self.menu_pushed,
            "faults": self.faults.as_json(),
        }

    async def _carry(self, delivery: Delivery, incoming: Incoming) -> Delivery:
        follower = self.followers.get(incoming.openid) if incoming.answerable else None
        if follower:
            follower.flying += 1
        try:
            answer = await self.courier.carry(self.callback, delivery, lambda: self._tell(delivery))
            self._settle(delivery, incoming, follower, answer)
        finally:
            if follower:
                follower.flying -= 1
                follower.changed.set()
        self._tell(delivery)
        return delivery

    def _settle(self, delivery: Delivery, incoming: Incoming, follower: Follower | None, answer: str | None) -> None:
        if answer is None:
            self._fail(delivery, follower, "三次投递都没有收到回答" if self.courier.tries == 3 else "没有收到回答")
            return
        try:
            reply = self._reader.read(answer, incoming, delivery.sealed.mode)
        except ReplyError as error:
            self._fail(delivery, follower, str(error))
            return

        delivery.outcome = "success"
        if reply.content and follower:
            delivery.outcome = "reply"
            delivery.reply = reply.content.kind + ("（已加密）" if reply.encrypted else "（明文）")
            self.show(follower, Side.ACCOUNT, reply.content, Via.PASSIVE)

    def _fail(self, delivery: Delivery, follower: Follower | None, problem: str) -> None:
        delivery.outcome, delivery.problem = "failed", problem
        log.warning("delivery.failed", delivery=delivery.number, label=delivery.label, problem=problem)
        if follower:
            self.show(follower, Side.SYSTEM, Content("text", text=UNAVAILABLE))

    def _tell(self, delivery: Delivery) -> None:
        self.journal.publish("delivery", delivery.openid, delivery.as_json)


def set_mode(platform: Platform, mode: Mode) -> None:
    """Switch the account's mode for everything that is delivered from now on."""
    platform.mode = mode
    platform.tell_state()
