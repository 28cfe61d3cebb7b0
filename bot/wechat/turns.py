"""Running turns: one a message however often WeChat delivers it, in order for each parent, each answer given once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, repeat

import structlog
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.faults import place
from bot.reminders.contact import Waiting, waiting_for
from bot.wechat import inbox, receipt
from bot.wechat.addresses import ParentKeys, openid_for
from bot.wechat.conversation import SORRY, Typing, ask, asks_for_the_rest, is_sorry, sorry, turn_of
from bot.wechat.delivery import THINKING, Deliveries, Timing
from bot.wechat.incoming import Incoming, load
from bot.wechat.mapping import Meaning, meaning
from bot.wechat.messages import Handler, Outgoing, RasaMessage, TextOut, Turn
from bot.wechat.receipt import Receipt
from bot.wechat.reception import Reception, Urgent, not_urgent
from bot.wechat.rendering import Answer, compose, is_urgent
from bot.wechat.reports import take_report
from bot.wechat.sender import Sender

log = structlog.get_logger(__name__)

# A message whose turn has ended the process this often is answered without the conversation.
MAX_ATTEMPTS = 3
# Messages left by a crash are taken up a few at a time, so that new ones are not kept waiting behind them.
RESUME_AT_ONCE = 8
# Seconds before each further attempt to write down that a message is answered: forgotten, it would be answered twice.
SETTLE_AGAIN = (0.5, 2.0, 5.0)
# And then again and again, for a disk may stay full for hours; only for messages that the inbox has, which are few: those that were in
# work when the trouble began.
SETTLE_LATER = 15.0


@dataclass(eq=False)
class _Running:
    """One message in work, or finished a short while ago."""

    message: Incoming
    parent_key: str
    meaning: Meaning
    deliveries: Deliveries
    attempts: int = 0
    gate: asyncio.Semaphore | None = None  # of messages that are taken up again
    passed: asyncio.Event = field(default_factory=asyncio.Event)  # the parent's next message may begin

    @property
    def key(self) -> str:
        return self.message.dedup_key(self.parent_key)

    def turn(self, got: Receipt) -> Turn:
        return turn_of(self.key, self.parent_key, self.meaning, got.choices, got.fresh)


class Turns:
    """The turns of this process.

    `sender` None: the account may only answer passively. `exclusive`: no other process works on the same inbox.
    `urgent`: which words do not wait for the turn of an earlier message.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keys: ParentKeys,
        handler: Handler,
        sender: Sender | None,
        timing: Timing | None = None,
        exclusive: bool = True,
        urgent: Urgent = not_urgent,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._handler = handler
        self._sender = sender
        self._timing = timing or Timing()
        self._urgent = urgent
        self._reception = Reception(database, clock, exclusive, urgent)
        self._running: dict[str, _Running] = {}
        self._last: dict[str, _Running] = {}  # of each parent, while it is in work
        self._tasks: set[asyncio.Task[None]] = set()
        self._signs: set[asyncio.Future[None]] = set()  # "typing" on its way

    async def deliver(self, message: Incoming, closing: Callable[[], bool] = lambda: False) -> Outgoing | None:
        """What to answer this delivery with; None: `success`. `closing`: whether its connection is going away."""
        means = meaning(message)
        parent_key = self._keys.parent_key_for(message.sender)
        if means is None:
            await take_report(self._database, self._clock, message, parent_key)
            return None

        running = self._running.get(message.dedup_key(parent_key))
        if running is None:
            running = _Running(message, parent_key, means, self._new_deliveries())
            self._start(running)
        return await running.deliveries.join(closing)

    async def resume(self, everything: bool) -> int:
        """Take up unanswered messages, oldest first; returns how many.

        `everything`: at the start of the only process; else only those whose process seems to be gone.
        """
        rows = await self._database.read(inbox.unanswered, self._clock.now(), everything)
        gate = asyncio.Semaphore(RESUME_AT_ONCE)
        return sum([await self._resume_row(row, gate) for row in rows])

    async def close(self, patience: float = 8.0) -> None:
        """Let running turns end; those that take longer than `patience` seconds are taken up at the next start."""
        if self._tasks or self._signs:
            _done, late = await asyncio.wait({*self._tasks, *self._signs}, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._sender:
            self._sender.close()

    @property
    def sender(self) -> Sender | None:
        """None: the account may only answer passively."""
        return self._sender

    @property
    def in_work(self) -> int:
        return len(self._tasks)

    def _new_deliveries(self) -> Deliveries:
        return Deliveries(self._timing, may_send=self._sender is not None)

    async def _resume_row(self, row: inbox.Row, gate: asyncio.Semaphore) -> bool:
        if row.dedup_key in self._running:
            return False
        openid = await self._database.read(openid_for, row.parent_key)
        try:
            message = load(row.kind, row.body, openid or "")
        except (TypeError, ValueError) as error:  # another version wrote it; the others must not wait for it
            log.error("wechat.inbox_unreadable", reason=type(error).__name__)
            return False
        means = meaning(message)
        if means is None or row.dedup_key in self._running:
            return False
        running = _Running(message, row.parent_key, means, self._new_deliveries(), row.attempts, gate)
        self._start(running)
        return True

    def _start(self, running: _Running) -> None:
        before = self._last.get(running.parent_key)
        self._running[running.key] = running
        self._last[running.parent_key] = running
        task = asyncio.create_task(self._run(running, before), name="wechat-turn")
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(running, done))

    def _ended(self, running: _Running, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pass_on(running)
        running.deliveries.close()
        asyncio.get_running_loop().call_later(self._timing.remember, self._running.pop, running.key, None)

    def _pass_on(self, running: _Running) -> None:
        running.passed.set()
        if self._last.get(running.parent_key) is running:
            del self._last[running.parent_key]

    async def _run(self, running: _Running, before: _Running | None) -> None:
        try:
            hurries = before is not None and bool(running.meaning.question) and await self._urgent(running.meaning.question)
            await self._answer(running, None if hurries else before)
        except Exception as error:  # noqa: BLE001
            # A bug of ours: where it is, without the words it may quote. Who has heard nothing yet hears that something failed.
            log.error("wechat.turn_broken", parent=running.parent_key, error=type(error).__name__, at=place(error))
            await running.deliveries.offer(TextOut(SORRY))
        if before:
            # Danger goes past an earlier message; the next message goes past neither.
            await before.passed.wait()

    async def _answer(self, running: _Running, before: _Running | None) -> None:
        gate = running.gate
        got = Receipt(ours=True) if gate else await self._take_in(running, queued=before is not None)
        if before:
            await before.passed.wait()
        if not got.ours:
            return
        if gate is None:
            if before:
                # What could not be written down when it came is new to the inbox.
                got = await (self._begin(running) if got.written else self._take_in(running, queued=False))
            return await self._converse(running, got)
        async with gate:
            await self._converse(running, await self._begin(running))

    async def _converse(self, running: _Running, got: Receipt) -> None:
        if not got.ours:
            return
        if not running.meaning.speaks:
            running.deliveries.close()
            await ask(self._handler, running.turn(got), self._timing)
            await self._settle(running, got, Answer(()), ())
            return
        turn = running.turn(got)
        messages = [] if asks_for_the_rest(turn, got.kept) else await self._think(running, turn)
        told = await self._waited(running, got, messages)
        said = [*messages, *(RasaMessage(text=each.text) for each in told)]
        # Nothing stands before what to do in danger, and nothing beside it.
        kept = () if is_urgent(messages) else got.kept
        await self._give(running, got, compose(said, kept, cards=self._sender is not None), told)

    async def _take_in(self, running: _Running, queued: bool) -> Receipt:
        return await self._reception.take_in(running.message, running.parent_key, queued, running.meaning.question)

    async def _begin(self, running: _Running) -> Receipt:
        return await self._reception.begin(running.message, running.parent_key, left=running.gate is not None)

    async def _think(self, running: _Running, turn: Turn) -> list[RasaMessage]:
        if running.attempts >= MAX_ATTEMPTS:
            log.error("wechat.turn_given_up", parent=running.parent_key, attempts=running.attempts)
            return sorry()
        sender, openid = self._sender, running.message.sender
        show = (lambda on: sender.typing(openid, on)) if sender and openid else None
        with Typing(self._timing.typing, show, self._signs):
            return await ask(self._handler, turn, self._timing)

    async def _waited(self, running: _Running, got: Receipt, messages: list[RasaMessage]) -> tuple[Waiting, ...]:
        """Reminders that waited for this contact. They come after an answer, and not beside everything."""
        kind = running.meaning.metadata.get("kind")
        if not messages or got.kept or kind == "follow" or is_sorry(messages) or is_urgent(messages):
            return ()
        try:
            return await self._database.glance(waiting_for, running.parent_key, self._clock.now())
        except DatabaseError as error:
            log.error("wechat.reminders_unreadable", reason=error.reason)
            return ()

    async def _give(self, running: _Running, got: Receipt, answer: Answer, told: tuple[Waiting, ...] = ()) -> None:
        left = answer.messages
        if left:
            given = await self._give_passively(running, left[0])
            left = left[1:] if given else left
            if given and left and self._sender:
                await asyncio.sleep(self._timing.follow_up)
        # Told now, while it is still open: a delivery that the answer did not go by.
        running.deliveries.close(late=THINKING if left and not self._sender else None)
        if left and self._sender:
            openid = running.message.sender or None
            left = await self._send(running, left, answer.urgent, openid)
        await self._settle(running, got, answer, left, told)

    async def _give_passively(self, running: _Running, message: Outgoing) -> bool:
        deliveries = running.deliveries
        if await deliveries.offer(message):
            return True
        if not deliveries.awaits_retry():
            return False
        self._pass_on(running)
        return await deliveries.offer_to_retry(message)

    async def _send(
        self, running: _Running, messages: tuple[Outgoing, ...], urgent: bool, openid: str | None
    ) -> tuple[Outgoing, ...]:
        assert self._sender is not None
        try:
            outcome, left = await self._sender.try_send(running.parent_key, messages, urgent, openid)
        except DatabaseError as error:
            log.error("wechat.send_failed", parent=running.parent_key, reason=error.reason)
            return messages
        log.info("wechat.sent_late", parent=running.parent_key, outcome=outcome.value, kept=len(left))
        return left

    async def _settle(
        self,
        running: _Running,
        got: Receipt,
        answer: Answer,
        left: tuple[Outgoing, ...],
        told: tuple[Waiting, ...] = (),
    ) -> None:
        args = (running.message, running.parent_key, got.kept, answer.choices, bool(got.choices), left)
        for pause in chain(SETTLE_AGAIN, repeat(SETTLE_LATER) if got.written else (None,)):
            try:
                question, now = running.meaning.question, self._clock.now()
                return await self._database.run(receipt.settle, *args, question, now, told, answer.urgent)
            except (DatabaseError, IntegrityError) as error:  # the second: another process wrote the same in this moment
                log.error("wechat.inbox_unwritable", reason=getattr(error, "reason", "other"), kept=len(left))
            except Exception as error:  # noqa: BLE001
                # A bug of ours: the answer is with the parent, and must not come again every few minutes.
                log.error("wechat.turn_broken", parent=running.parent_key, error=type(error).__name__, at=place(error))
                await self._database.run(inbox.finish, running.key, self._clock.now())
                return
            self._pass_on(running)
            if pause:
                await asyncio.sleep(pause)
