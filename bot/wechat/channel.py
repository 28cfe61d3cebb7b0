"""The WeChat channel of Rasa: its callback at /webhooks/wechat/webhook, and the life of everything behind it.

In credentials.yml: `bot.wechat.channel.WeChatInput:` with nothing under it; all settings come from the environment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import cast

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot import services
from bot.clock import Clock, clock_for
from bot.db import Database, DatabaseError
from bot.settings import Settings
from bot.wechat import human, quiet
from bot.wechat.delivery import Timing
from bot.wechat.envelope import EnvelopeError, Opened
from bot.wechat.incoming import Incoming, IncomingError, parse
from bot.wechat.markup import passive_reply
from bot.wechat.messages import Handler, Outgoing, RasaMessage, Turn
from bot.wechat.reception import Urgent, not_urgent
from bot.wechat.sender import Outcome
from bot.wechat.urgent import fires
from bot.wechat.wire import Wire, make_keys, make_wire

log = structlog.get_logger(__name__)

NAME = "wechat"
BODY_LIMIT = 1024 * 1024
# Messages whose process is gone are looked for this often; only of use with several processes.
SWEEP_SECONDS = 30.0

OnNewMessage = Callable[[UserMessage], Awaitable[object]]


class WeChatOutput(CollectingOutputChannel):  # type: ignore[misc]  # Rasa has no types here
    """Collects Rasa's messages; named "wechat", so that responses may have a `channel: wechat` variation."""

    @classmethod
    def name(cls) -> str:
        return NAME


class WeChatInput(InputChannel):  # type: ignore[misc]
    """Rasa's side of the wire. A `database` that is given is shared and left open; `timing` is only given by tests.

    `urgent`: which words cannot wait for anything.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        timing: Timing | None = None,
        database: Database | None = None,
        urgent: Urgent = not_urgent,
    ) -> None:
        make_keys(settings)  # a missing secret key is said now, not at the first message
        self._settings = settings
        self._clock = clock or clock_for(settings)
        self._timing = timing
        self._shared = database
        self._urgent = urgent
        self._database: Database | None = None
        self._wire: Wire | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, object] | None, urgent: Urgent = fires) -> WeChatInput:
        """The channel, from the environment; without a model at hand the patterns say what is `urgent`.

        Raises:
            SettingsError: a setting is missing or wrong.
        """
        # One database a process: two writers of one SQLite file would wait for each other.
        return cls(services.settings(), services.clock(), database=services.database(), urgent=urgent)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The callback, with what it needs made and ended together with the server."""
        blueprint = Blueprint("wechat_webhook")

        async def start(_app: Sanic, _loop: object) -> None:
            await self._start(rasa_handler(on_new_message))

        async def resume(_app: Sanic, _loop: object) -> None:
            self._tasks.append(asyncio.create_task(self._take_up_again(), name="wechat-resume"))

        async def stop(_app: Sanic, _loop: object) -> None:
            await self._stop()

        # Nothing is opened before the server's own process runs: Rasa may fork several.
        blueprint.listener(start, "before_server_start")
        # The agent is loaded in before_server_start too: only after it can it answer.
        blueprint.listener(resume, "after_server_start")
        blueprint.listener(stop, "before_server_stop")

        @blueprint.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @blueprint.get("/webhook")
        async def verify(request: Request) -> HTTPResponse:
            return self._verify(request)

        # A streaming handler: Sanic would read 100 MB into memory before asking us.
        @blueprint.post("/webhook", stream=True)
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        return blueprint

    async def _start(self, handler: Handler) -> None:
        quiet.hide_queries()
        if not self._settings.wechat_token:
            log.error("wechat.no_token", advice="set WECHAT_TOKEN; until then every callback is refused")
        self._database = self._shared or Database(self._settings.database_url)
        await asyncio.get_running_loop().run_in_executor(None, self._database.upgrade)
        self._wire = make_wire(self._settings, self._database, self._clock, handler, self._timing, self._urgent)

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._wire:
            await self._wire.turns.close()
        if self._database and not self._shared:
            await asyncio.get_running_loop().run_in_executor(None, self._database.close)

    async def _take_up_again(self) -> None:
        everything = not self._settings.redis_url
        while True:
            try:
                count = await self._running.turns.resume(everything)
                everything = False
                if count:
                    log.warning("wechat.taken_up_again", messages=count)
            except DatabaseError as error:
                log.error("wechat.inbox_unreadable", reason=error.reason)
            except Exception as error:  # noqa: BLE001
                # A bug must not end the looking: what a crash leaves would stay unanswered until the next start.
                log.error("wechat.inbox_unreadable", reason=type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def give_from_human(self, parent_key: str, text: str, question: str, late: bool = False) -> Outcome:
        """Send what a human wrote to the parent, or keep it for the next contact; see human.give."""
        assert self._database is not None, "a message was given before the server had started"
        return await human.give(self._database, self._clock, self._running.turns.sender, parent_key, text, question, late)

    def _verify(self, request: Request) -> HTTPResponse:
        try:
            return text(self._running.envelope.verify(_query(request)))
        except EnvelopeError as error:
            return _refused(error.status, str(error))

    async def _receive(self, request: Request) -> HTTPResponse:
        body = await _body(request)
        if body is None:
            return _refused(413, "body too large")
        try:
            opened = self._running.envelope.open(_query(request), body)
            message = parse(opened.fields)
        except EnvelopeError as error:
            return _refused(error.status, str(error))
        except IncomingError as error:
            return _refused(400, str(error))

        reply = await self._running.turns.deliver(message, lambda: _is_closing(request))
        return self._answer(reply, message, opened)

    def _answer(self, reply: Outgoing | None, message: Incoming, opened: Opened) -> HTTPResponse:
        if reply is None:
            return text("success")  # goes unencrypted in every mode
        xml = passive_reply(reply, message.sender, message.account, int(time.time()))
        sealed = self._running.envelope.seal(xml, opened.cipher) if opened.cipher else xml
        return text(sealed, content_type="application/xml; charset=utf-8")

    @property
    def _running(self) -> Wire:
        assert self._wire is not None, "the callback was called before the server had started"
        return self._wire


def rasa_handler(on_new_message: OnNewMessage) -> Handler:
    """A turn as Rasa takes it, and the messages that it answers with."""

    async def handle(turn: Turn) -> list[RasaMessage]:
        output = WeChatOutput()
        message = UserMessage(
            turn.text,
            output,
            turn.parent_key,
            input_channel=NAME,
            message_id=turn.key,
            metadata=dict(turn.metadata),
        )
        await on_new_message(message)
        # A copy: a turn that was not waited for (bot/assistant/trouble.py) may still write into the list.
        return list(cast("list[RasaMessage]", output.messages))

    return handle


async def _body(request: Request) -> bytes | None:
    """The whole body; None once it is over the limit."""
    stream = request.stream
    assert stream is not None, "Sanic gives every handler its stream"
    chunks: list[bytes] = []
    left = BODY_LIMIT
    while chunk := await stream.read():
        left -= len(chunk)
        if left < 0:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _query(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in request.args.items() if values}


def _refused(status: int, reason: str) -> HTTPResponse:
    log.warning("wechat.refused", status=status, reason=reason)
    return text("", status=status)


def _is_closing(request: Request) -> bool:
    # Sanic's type names only what it uses itself; asyncio's and uvloop's transports have it.
    is_closing = getattr(request.transport, "is_closing", None)
    return is_closing is not None and bool(is_closing())
