"""Sending to a parent by the customer-service API: allowance first, then WeChat, then what its error asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from functools import partial

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database, DatabaseError
from bot.wechat import addresses, allowance, pauses, waiting
from bot.wechat.client import JiashuWeChatClient
from bot.wechat.errors import Action, SendError
from bot.wechat.messages import Choice, NewsOut, Outgoing, TextOut
from bot.wechat.rendering import as_text
from bot.wechat.splitting import LIMIT, split

log = structlog.get_logger(__name__)

# Seconds before each further attempt when WeChat is busy or not reached.
RETRY_AFTER = (1.0, 2.0, 4.0)

_ALARMS = {Action.STOP_ALARM, Action.SWITCH_OFF, Action.UNTIL_MIDNIGHT, Action.REFRESH_TOKEN}
_NOTHING_LEFT = {Action.OUTSIDE_WINDOW, Action.KEEP_FOR_NEXT}


class Outcome(Enum):
    """SENT; KEPT: it may be given later; DROPPED: it never can."""

    SENT = "sent"
    KEPT = "kept"
    DROPPED = "dropped"


class Sender:
    """Sends rendered messages. `retry_after` (seconds) is a parameter for tests."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        client: JiashuWeChatClient,
        retry_after: Sequence[float] = RETRY_AFTER,
    ) -> None:
        self._database = database
        self._clock = clock
        self._client = client
        self._retry_after = tuple(retry_after)
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="wechat-api")

    async def send(
        self,
        parent_key: str,
        messages: Sequence[Outgoing],
        urgent: bool = False,
        question: str = "",
        choices: Sequence[Choice] = (),
    ) -> Outcome:
        """Send the messages in order; what cannot go now waits for the next contact, with its question."""
        outcome, rest = await self.try_send(parent_key, messages, urgent)
        if rest:
            keep = partial(waiting.keep, parent_key=parent_key, question=question, messages=rest, choices=choices)
            await self._database.run(lambda session: keep(session, now=self._clock.now()))
        return outcome

    async def try_send(
        self, parent_key: str, messages: Sequence[Outgoing], urgent: bool = False, openid: str | None = None
    ) -> tuple[Outcome, tuple[Outgoing, ...]]:
        """Send the messages in order; returns the last outcome and what is left to be kept, if it is KEPT.

        `openid`: the sender of the message being answered, known without a look into the table.

        Raises:
            DatabaseError: nothing was sent, because the openid could not be read.
        """
        outcome = Outcome.DROPPED
        for index, message in enumerate(messages):
            outcome, openid = await self._send_one(parent_key, message, urgent, openid)
            if outcome is Outcome.KEPT:
                return outcome, tuple(messages[index:])
        return outcome, ()

    async def typing(self, openid: str, on: bool = True) -> None:
        """Show the parent, or no longer, that an answer is being written; failing to do so is only logged."""
        try:
            await self._in_thread(lambda: self._client.typing(openid, on))
        except SendError as error:
            log.info("wechat.typing_refused", code=error.code)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _send_one(
        self, parent_key: str, message: Outgoing, urgent: bool, openid: str | None
    ) -> tuple[Outcome, str | None]:
        """What became of it, and the openid, known from now on."""
        try:
            permit, known = await self._database.run(self._permit, parent_key, urgent, openid)
        except DatabaseError as error:
            if openid is None:
                raise
            # An answer goes out even so: WeChat counts too, and says when nothing is left.
            log.error("wechat.send_failed", parent=parent_key, reason=error.reason)
            permit, known = None, openid
        to = openid or known
        if permit is not None or to is None:
            return permit or Outcome.DROPPED, to
        try:
            await self._persist(to, message, urgent)
        except SendError as error:
            return await self._refused(parent_key, to, message, error, urgent), to
        return Outcome.SENT, to

    def _permit(
        self, session: Session, parent_key: str, urgent: bool, asked_by: str | None
    ) -> tuple[Outcome | None, str | None]:
        """None and the openid if it may be sent (one of the allowance is taken then), else what becomes of it."""
        now = self._clock.now()
        openid = addresses.openid_for(session, parent_key)
        if openid is None:
            # Who had everything erased by the message that is answered hears that it was done; who left hears nothing.
            erased = asked_by is not None and addresses.is_unknown(session, parent_key)
            return (None, asked_by) if erased else (Outcome.DROPPED, None)
        if pauses.paused_until(session, now) or not allowance.take(session, parent_key, now, urgent):
            return Outcome.KEPT, None
        return None, openid

    async def _persist(self, openid: str, message: Outgoing, urgent: bool) -> None:
        for pause in (*self._retry_after, None):
            try:
                return await self._in_thread(lambda: self._client.send(openid, message))
            except SendError as error:
                # What may have arrived is not sent again at once, but for danger: rather twice than not at all.
                if error.action is not Action.RETRY or pause is None or (error.unclear and not urgent):
                    raise
                await asyncio.sleep(pause)

    async def _refused(
        self, parent_key: str, openid: str, message: Outgoing, error: SendError, urgent: bool
    ) -> Outcome:
        alarm = error.action in _ALARMS
        (log.error if alarm else log.warning)(
            "wechat.send_refused", parent=parent_key, code=error.code, action=error.action.value, detail=error.detail
        )
        try:
            await self._database.run(self._note_refusal, parent_key, error)
        except DatabaseError as broken:
            log.error("wechat.send_failed", parent=parent_key, reason=broken.reason)
        if error.action is Action.DONE:
            return Outcome.SENT
        smaller = _smaller(message, error.action)
        if smaller:
            outcome, rest = await self.try_send(parent_key, smaller, urgent, openid)
            return Outcome.KEPT if rest else outcome
        return Outcome.DROPPED if error.permanent or error.action is Action.SPLIT else Outcome.KEPT

    def _note_refusal(self, session: Session, parent_key: str, error: SendError) -> None:
        now = self._clock.now()
        if error.action is Action.MARK_DEAD:
            addresses.note_left(session, parent_key, now, addresses.DEAD)
        if error.action in _NOTHING_LEFT:
            allowance.exhaust(session, parent_key)
        elif error.code is not None and error.action is not Action.DONE:
            allowance.give_back(session, parent_key)
        until = pauses.begin(session, error.action, now)
        if until:
            log.error("wechat.sending_paused", until=until.isoformat(), action=error.action.value)

    async def _in_thread(self, call: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, call)


def _smaller(message: Outgoing, action: Action) -> tuple[Outgoing, ...]:
    """Another form of a message that WeChat refused, or nothing."""
    if action is Action.FALL_BACK_TEXT and isinstance(message, NewsOut):
        return (as_text(message),)
    if action is Action.SPLIT and isinstance(message, TextOut) and len(message.text.encode()) > LIMIT // 4:
        return tuple(TextOut(piece) for piece in split(message.text, len(message.text.encode()) // 2 + 4))
    return ()
