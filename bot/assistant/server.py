"""The assistant's process: WeChat's callback and /health on the public port, nothing else.

Rasa's own HTTP API is not started at all; whoever reaches the port can post a signed callback or ask whether we are well.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog
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
from bot.assistant.published import Published
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
from bot.people.erasure import erase_everywhere, register_eraser
from bot.ports import bound
from bot.reunion import plans as reunion
from bot.wechat import forget
from bot.wechat.channel import WeChatInput
from bot.wechat.wire import make_keys

log = structlog.get_logger(__name__)

PURGE_EVERY = timedelta(hours=6)
# A plan is of use until two weeks after the parting; a little longer for who asks what went wrong.
PLANS_KEPT = timedelta(days=180)


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

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok", "model": swapper.model})

    async def refused(_request: Request, error: SanicException) -> HTTPResponse:
        # Sanic's own page repeats the path and, in some cases, the query; the query of a callback holds an openid.
        return text(f"{error.status_code}\n", status=error.status_code)

    async def warm_up(_app: Sanic, _loop: object) -> None:
        # Dictionaries and the sentence encoder are read at first use: not while a parent waits.
        if not await parser.wait():
            await agent.parse_message("孩子不说话怎么办")

    async def look_who_is_taken_over(_app: Sanic, _loop: object) -> None:
        # Before the first message: after a restart the assistant must not talk over a human.
        with suppress(DatabaseError):
            await humans.look_who()

    async def start_purging(app: Sanic, _loop: object) -> None:
        writer.start()
        humans.start()
        swapper.start()
        app.ctx.purging = asyncio.create_task(_purge_forever(), name="purge")

    async def stop_purging(app: Sanic, _loop: object) -> None:
        app.ctx.purging.cancel()
        with suppress(asyncio.CancelledError):
            await app.ctx.purging
        await swapper.close()
        await humans.close()
        swappable.close()

    async def close_the_record(_app: Sanic, _loop: object) -> None:
        await writer.close()

    app.error_handler.add(SanicException, refused)
    app.register_listener(warm_up, "before_server_start")
    app.register_listener(look_who_is_taken_over, "before_server_start")
    app.register_listener(start_purging, "after_server_start")
    app.register_listener(stop_purging, "before_server_stop")
    # After the wire has let its turns end.
    app.register_listener(close_the_record, "after_server_stop")
    return app


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


async def _purge_forever() -> None:
    while True:
        try:
            await purge()
        except DatabaseError as error:
            log.error("purge.failed", reason=error.reason)
        except Exception as error:  # noqa: BLE001
            # A bug must not end the purging: what parents wrote would stay.
            log.error("purge.failed", reason=type(error).__name__)
        await asyncio.sleep(PURGE_EVERY.total_seconds())


async def purge() -> None:
    """Delete what is past its time: the talk, the inbox, answers that waited too long, reunions of last year."""
    now, days = services.clock().now(), services.settings().retention_days
    turns = await services.database().run(tracker_store.purge, now - timedelta(days=days))
    wire = await services.database().run(forget.purge, now, days)
    talks, kept_since = 0, now - timedelta(days=services.settings().log_retention_days)
    # A few hundred a transaction: parents are answered in between.
    while gone := await services.database().run(keeping.purge, kept_since):
        talks += gone
    plans = await services.database().run(reunion.purge, (now - PLANS_KEPT).date())
    left = 0
    while gone := await services.database().run(_erase_who_left, now):
        left += gone
    log.info("purge.done", turns=turns, talks=talks, plans=plans, left=left, **wire)


def _erase_who_left(session: Session, now: datetime) -> int:
    """Some of those who unfollowed long ago, in every room. The record is of nobody by then and has its own time."""
    gone = forget.left_long_ago(session, now)
    for parent_key in gone:
        erase_everywhere(session, parent_key, but={"logs"})
    return len(gone)
