"""The assistant's process: WeChat's callback and /health on the public port, nothing else.

Rasa's own HTTP API is not started at all; whoever reaches the port can post a signed callback or ask whether we are well.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.log import logger as sanic_logger
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot import services
from bot.assistant import tracker_store
from bot.assistant.agent import load_agent
from bot.assistant.few_at_once import FewAtOnce
from bot.db import DatabaseError
from bot.logs import flags
from bot.people.erasure import register_eraser
from bot.wechat import forget
from bot.wechat.channel import WeChatInput
from bot.wechat.wire import make_keys

log = structlog.get_logger(__name__)

PURGE_EVERY = timedelta(hours=6)


def create_app(agent: Agent) -> Sanic:
    """The Sanic app around a loaded agent."""
    app = Sanic("jiashu_assistant")
    app.ctx.agent = FewAtOnce(agent)
    # WeChat never sends more than a few kilobytes; the channel answers 413 above its own limit of 1 MB.
    app.config.REQUEST_MAX_SIZE = 2 * 1024 * 1024
    app.config.KEEP_ALIVE_TIMEOUT = 60
    register([WeChatInput.from_credentials({})], app, route="/webhooks/")

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok", "model": agent.model_id})

    async def refused(_request: Request, error: SanicException) -> HTTPResponse:
        # Sanic's own page repeats the path and, in some cases, the query; the query of a callback holds an openid.
        return text(f"{error.status_code}\n", status=error.status_code)

    async def warm_up(_app: Sanic, _loop: object) -> None:
        # Dictionaries and the sentence encoder are read at first use: not while a parent waits.
        await agent.parse_message("孩子不说话怎么办")

    async def start_purging(app: Sanic, _loop: object) -> None:
        app.ctx.purging = asyncio.create_task(_purge_forever(), name="purge")

    async def stop_purging(app: Sanic, _loop: object) -> None:
        app.ctx.purging.cancel()
        with suppress(asyncio.CancelledError):
            await app.ctx.purging

    app.error_handler.add(SanicException, refused)
    app.register_listener(warm_up, "before_server_start")
    app.register_listener(start_purging, "after_server_start")
    app.register_listener(stop_purging, "before_server_stop")
    return app


def serve(model: Path) -> None:
    """Serve until stopped.

    Raises:
        ContentError: a content file is broken.
        DatabaseError: the database cannot be written or brought up to date.
        OSError: the port is taken.
        SettingsError: there is no secret key.
    """
    settings = services.settings()
    # What can be wrong is looked at before the model is loaded, which takes many seconds.
    make_keys(settings)
    port = _bound(settings.host, settings.port)
    services.database().upgrade()
    services.library()
    for room, erase in (("assistant", tracker_store.erase), ("logs", flags.erase), ("wechat", forget.erase)):
        register_eraser(room, erase)
    app = create_app(load_agent(model))
    sanic_logger.setLevel(logging.WARNING)
    app.run(sock=port, access_log=False, motd=False, debug=False)


def _bound(host: str, port: int) -> socket.socket:
    """The port, ours but not listening yet. Sanic 21.12 left to bind it itself ends with a traceback and exit code 0."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    return bound


async def _purge_forever() -> None:
    while True:
        try:
            await purge()
        except DatabaseError as error:
            log.error("purge.failed", reason=error.reason)
        await asyncio.sleep(PURGE_EVERY.total_seconds())


async def purge() -> None:
    """Delete raw words past their time: the talk, the inbox, answers that waited too long."""
    now, days = services.clock().now(), services.settings().retention_days
    turns = await services.database().run(tracker_store.purge, now - timedelta(days=days))
    wire = await services.database().run(forget.purge, now, days)
    log.info("purge.done", turns=turns, **wire)
