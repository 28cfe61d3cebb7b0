"""The deliveries of one message, and which of them takes its answer.

WeChat sends a message up to three times, 5 s apart, as long as nobody answers in time. An account with
customer-service rights answers `success` at the budget and the rest by the API. One without has nothing but these
deliveries: the first two are held open past 5 s so that WeChat tries again, which gives an answer up to 14 s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.wechat.messages import Outgoing, TextOut

THINKING = TextOut("我还在想，回复任意一个字，马上给您答案。")


@dataclass(frozen=True)
class Timing:
    """Seconds, and one count. `scaled` makes them all shorter for tests.

    budget: an answer may still be passive; hold: a delivery is kept from being answered in time; sure: an answer given
    that early has surely been read; retry_due: after a delivery, until its retry must have come; tries: deliveries of
    one message; remember: a finished turn is known to late retries; handler: one attempt of the conversation;
    typing: a turn this long shows "typing"; follow_up: between a passive reply and the message that follows it by API.
    """

    budget: float = 4.5
    hold: float = 5.3
    sure: float = 4.0
    retry_due: float = 7.5
    remember: float = 60.0
    handler: float = 60.0
    typing: float = 2.0
    follow_up: float = 0.4
    tries: int = 3

    def scaled(self, factor: float) -> Timing:
        names = ("budget", "hold", "sure", "retry_due", "remember", "handler", "typing", "follow_up")
        return Timing(**{name: getattr(self, name) * factor for name in names}, tries=self.tries)


def _never() -> bool:
    return False


@dataclass(eq=False)
class Delivery:
    """One POST that is waiting for what to answer (None: `success`). `closing`: whether its connection is going."""

    arrived: float
    number: int
    answered: asyncio.Future[Outgoing | None]
    closing: Callable[[], bool] = _never
    # Set once it is known whether the answer went out: True, or False when the connection was gone.
    written: asyncio.Future[bool] = field(init=False)

    def __post_init__(self) -> None:
        self.written = self.answered.get_loop().create_future()


class Deliveries:
    """All deliveries of one message. Used on one event loop only, so there are no locks."""

    def __init__(self, timing: Timing, may_send: bool) -> None:
        self._timing = timing
        self._may_send = may_send
        self._open: list[Delivery] = []
        self._newest: Delivery | None = None
        self._seen = 0
        self._came = asyncio.Event()
        self._unread = False  # a connection took the answer and was gone
        self._over = False
        self._again: Outgoing | None = None  # what a late retry is given

    async def join(self, closing: Callable[[], bool] = _never) -> Outgoing | None:
        """Wait for what this delivery is to answer; None: `success`."""
        if self._over:
            return self._late(closing)

        loop = asyncio.get_running_loop()
        self._seen += 1
        delivery = Delivery(loop.time(), self._seen, loop.create_future(), closing)
        self._newest = delivery
        self._open.append(delivery)
        self._came.set()
        timer = loop.call_later(self._patience(delivery), self._give_up, delivery)
        try:
            reply = await delivery.answered
            self._settle(delivery, not closing())
            return reply
        except asyncio.CancelledError:  # Sanic cancels us when WeChat closes the connection
            self._settle(delivery, False)
            raise
        finally:
            timer.cancel()
            if delivery in self._open:
                self._open.remove(delivery)

    async def offer(self, answer: Outgoing) -> bool:
        """Give the answer to an open delivery that is young enough; True: it was written."""
        while True:
            taker = self._fittest()
            if taker is None:
                return False
            self._open.remove(taker)
            taker.answered.set_result(answer)
            if await taker.written:
                self._finish(answer, taker)
                return True
            self._unread = True

    def awaits_retry(self) -> bool:
        """Whether WeChat will try again, and that retry is the way for the answer."""
        if self._newest is None or self._seen >= self._timing.tries or self._retry_in() <= 0:
            return False
        return self._unread or not self._may_send

    async def offer_to_retry(self, answer: Outgoing) -> bool:
        """Wait for the next delivery and give it the answer; False: none came."""
        while self.awaits_retry():
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), self._retry_in())
            except asyncio.TimeoutError:
                return False
            if await self.offer(answer):
                return True
        return False

    def close(self, late: Outgoing | None = None) -> None:
        """The turn is over for all deliveries: open ones get `success`, later ones get `late`."""
        if not self._over:
            self._over = True
            self._again = late
        for delivery in self._open:
            if not delivery.answered.done():
                delivery.answered.set_result(None)
        self._open.clear()

    def _finish(self, answer: Outgoing, taker: Delivery) -> None:
        age = asyncio.get_running_loop().time() - taker.arrived
        # Taken that late, WeChat may have closed just before it arrived: its retry gets the same again.
        doubtful = age > self._timing.sure
        self.close(late=answer if doubtful else None)

    def _late(self, closing: Callable[[], bool]) -> Outgoing | None:
        reply = self._again
        if not closing():
            self._again = reply if reply is THINKING else None
        return reply

    def _settle(self, delivery: Delivery, written: bool) -> None:
        if not delivery.written.done():
            delivery.written.set_result(written)

    def _fittest(self) -> Delivery | None:
        now = asyncio.get_running_loop().time()
        for delivery in reversed(self._open):
            young = now - delivery.arrived < self._timing.budget
            if young and not delivery.answered.done() and not delivery.closing():
                return delivery
        return None

    def _holds(self, delivery: Delivery) -> bool:
        return not self._may_send and delivery.number < self._timing.tries

    def _patience(self, delivery: Delivery) -> float:
        return self._timing.hold if self._holds(delivery) else self._timing.budget

    def _give_up(self, delivery: Delivery) -> None:
        if delivery.answered.done():
            return
        last = not self._may_send and not self._holds(delivery)
        delivery.answered.set_result(THINKING if last else None)

    def _retry_in(self) -> float:
        assert self._newest is not None
        return self._newest.arrived + self._timing.retry_due - asyncio.get_running_loop().time()
