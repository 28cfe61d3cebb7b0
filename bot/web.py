"""The web process: lesson pages for parents at /, the staff's desk under /desk, /health for this machine.

It holds no model and no Rasa: it may fall, be restarted or run on another machine without an answer being lost.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress

from sanic import Sanic
from sanic.log import logger as sanic_logger
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import services
from bot.desk import app as desk
from bot.desk import targets
from bot.pages import app as lesson_pages
from bot.pages import finding, pushes
from bot.ports import bound
from bot.publish.following import Follower
from bot.settings import SettingsError

# The desk takes pictures for lessons; parents only send short forms, whose size the pages check themselves.
MAX_REQUEST = 12 * 2**20


def create_app(with_desk: bool = True) -> Sanic:
    """The application, over the settings, library and database of `bot.services`; the pages can be had alone."""
    # Sanic keeps applications by name for ever; a name of its own lets a test make several.
    app = Sanic(f"jiashu_web_{secrets.token_hex(4)}", configure_logging=False)
    app.config.update({"REQUEST_MAX_SIZE": MAX_REQUEST, "ACCESS_LOG": False, "MOTD": False, "KEEP_ALIVE_TIMEOUT": 60})

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"status": "ok", "lessons": len(services.library().lessons)})

    lesson_pages.mount(app)
    if with_desk:
        desk.mount(app)
    return app


def serve() -> None:
    """Serve until stopped.

    Raises:
        ContentError: a content file is broken.
        DatabaseError: the database cannot be written or brought up to date.
        PortError: the port is taken.
        SettingsError: there is no secret key.
    """
    settings = services.settings()
    if not settings.secret_key:
        raise SettingsError("JIASHU_SECRET_KEY is empty: without it links to a parent's own pages could be forged")
    port = bound(settings.host, settings.web_port, "JIASHU_WEB_PORT")
    services.database().upgrade()
    # All content is read now: what is broken in it stops the start with its line, and not a reader.
    for read in (services.library, services.quizzes, services.comics, services.shelf, pushes.campaigns):
        read()
    app = create_app()
    finding.warm_up(app)
    _follow_publishing(app)
    sanic_logger.setLevel(logging.WARNING)
    app.run(sock=port, access_log=False, motd=False, debug=False)


def _follow_publishing(app: Sanic) -> None:
    """Show new lessons when they go live, without a restart."""

    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.following = loop.create_task(Follower(services.settings().var_path, _read_anew).follow(), name="follow")

    async def end(app: Sanic, _loop: object) -> None:
        app.ctx.following.cancel()
        with suppress(asyncio.CancelledError):
            await app.ctx.following

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


def _read_anew() -> None:
    services.read_content_anew()
    targets.index()
