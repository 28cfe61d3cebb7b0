"""The assistant's process: WeChat's callback and /health on the public port, nothing else.

Rasa's own HTTP API is not started at all; whoever reaches the port can post a signed callback or ask whether we are well.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.log import logger as sanic_logger
from sanic.request import Request
from sanic.response import HTTPResponse, json, text
from sqlalchemy.orm import Session

from bot import services
from bot.assistant import tracker_store
from bot.assistant.agent import load_agent
from bot.assistant.few_at_once import FewAtOnce
from bot.assistant.hearing import Hearing
from bot.assistant.humans import Humans
from bot.assistant.parser_process import ParserProcess
from bot.assistant.parser_work import FIRST
from bot.assistant.published import Published
from bot.assistant.purging import purge_forever
from bot.assistant.swap import Swappable, Swapper
from bot.assistant.trouble import DangerAnyway
from bot.assistant.with_parser import WithParser
from bot.content.documents import ContentError
from bot.db import DatabaseError
from bot.erasers import register_erasers
from bot.logs import keeping
from bot.logs.broker import LogBroker
from bot.logs.writer import LogWriter
from bot.model.errors import TrainingError
from bot.people.erasure import register_eraser
from bot.ports import bound
from bot.wechat.channel import WeChatInput
from bot.wechat.wire import make_keys


def create_app(agent: Agent, parser: ParserProcess, writer: LogWriter, model: Path, home: str = "") -> Sanic:
    """The Sanic app around the agent loaded from `model`; `parser` understands for it, `writer` keeps the anonymised record.

    `home`: the folder of content that was set, where a published copy is read instead.
    """
    app = Sanic("jiashu_assistant")
    swappable = Swappable(WithParser(agent, parser))
    hearing = Hearing(swappable.parse_message)
    channel = WeChatInput.from_credentials({}, hearing.urgent)
    var = services.settings().var_path
    published = Published(var, home or services.settings().content, agent.lock_store, writer)
    failures = (TrainingError, ContentError, OSError)
    swapper = Swapper(swappable, var, model.name, published.load, published.renew, failures)
    humans = Humans(swappable, services.database(), services.clock(), writer.put, channel.give_from_human)
    # Danger waits neither in the queue nor for a turn that hangs.
    app.ctx.agent = DangerAnyway(FewAtOnce(humans), hearing)
    writer.elsewhere = swappable.scrub
    # WeChat never sends more than a few kilobytes; the channel answers 413 above its own limit of 1 MB.
    app.config.REQUEST_MAX_SIZE = 2 * 1024 * 1024
    app.config.KEEP_ALIVE_TIMEOUT = 60
    register([channel], app, route="/webhooks/")
    app.error_handler.add(SanicException, _refused)

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok", "model": swapper.model})

    _Life(agent, parser, writer, swappable, swapper, humans).belongs_to(app)
    return app


async def _refused(_request: Request, error: SanicException) -> HTTPResponse:
    # Sanic's own page repeats the path and, in some cases, the query; the query of a callback holds an openid.
    return text(f"{error.status_code}\n", status=error.status_code)


class _Life:
    """What begins with the server and ends with it."""

    def __init__(
        self, agent: Agent, parser: ParserProcess, writer: LogWriter, swappable: Swappable, swapper: Swapper, humans: Humans
    ) -> None:
        self._agent = agent
        self._parser = parser
        self._writer = writer
        self._swappable = swappable
        self._swapper = swapper
        self._humans = humans
        self._purging: asyncio.Task[None] | None = None

    def belongs_to(self, app: Sanic) -> None:
        app.register_listener(self._warm_up, "before_server_start")
        app.register_listener(self._look_who_is_taken_over, "before_server_start")
        app.register_listener(self._start, "after_server_start")
        app.register_listener(self._stop, "before_server_stop")
        # After the wire has let its turns end.
        app.register_listener(self._close_the_record, "after_server_stop")

    async def _warm_up(self, _app: Sanic, _loop: object) -> None:
        # Dictionaries and the sentence encoder are read at first use: not while a parent waits.
        if not await self._parser.wait():
            await self._agent.parse_message(FIRST)

    async def _look_who_is_taken_over(self, _app: Sanic, _loop: object) -> None:
        # Before the first message: after a restart the assistant must not talk over a human.
        with suppress(DatabaseError):
            await self._humans.look_who()

    async def _start(self, _app: Sanic, _loop: object) -> None:
        self._writer.start()
        self._humans.start()
        self._swapper.start()
        self._purging = asyncio.create_task(purge_forever(), name="purge")

    async def _stop(self, _app: Sanic, _loop: object) -> None:
        if self._purging is not None:
            self._purging.cancel()
            with suppress(asyncio.CancelledError):
                await self._purging
        await self._swapper.close()
        await self._humans.close()
        self._swappable.close()

    async def _close_the_record(self, _app: Sanic, _loop: object) -> None:
        await self._writer.close()


def serve(model: Path, home: str = "") -> None:
    """Serve until stopped. `home`: the folder of content that was set, where a published copy is read instead.

    Raises:
        ContentError: a content file is broken.
        DatabaseError: the database cannot be written or brought up to date.
        PortError: the port is taken.
        SettingsError: there is no secret key.
    """
    settings = services.settings()
    # What can be wrong is looked at before the model is loaded, which takes many seconds.
    make_keys(settings)
    port = bound(settings.host, settings.port, "JIASHU_PORT")
    services.database().upgrade()
    services.library()
    services.quizzes()
    services.comics()
    services.shelf()
    writer = LogWriter(services.database(), services.clock(), settings.secret_key, tracker_store.recalled)

    def erase_record(session: Session, parent_key: str) -> int:
        writer.forget(parent_key)
        return keeping.erase(session, parent_key)

    register_erasers()
    register_eraser("logs", erase_record)
    agent = load_agent(model, LogBroker(writer))
    parser = ParserProcess(model)
    parser.fork(agent, port)
    app = create_app(agent, parser, writer, model, home)
    sanic_logger.setLevel(logging.WARNING)
    app.run(sock=port, access_log=False, motd=False, debug=False)
