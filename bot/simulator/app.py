"""The simulator as a Sanic application: WeChat's API under /cgi-bin, the phone and its control under /sim."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket

from sanic import Request, Sanic
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.simulator.api import api
from bot.simulator.config import SimulatorConfig
from bot.simulator.control import control
from bot.simulator.courier import HttpLine
from bot.simulator.inspector import inspector, refresh_menu
from bot.simulator.pages import pages
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal
from bot.simulator.stream import stream
from bot.simulator.switches import switches

MAX_REQUEST = 12 * 2**20


def create_app(config: SimulatorConfig) -> Sanic:
    """The application for one simulated account; `app.ctx.platform` is its Platform."""
    app = Sanic(f"simulator_{secrets.token_hex(6)}", configure_logging=False)
    app.config.update({"REQUEST_MAX_SIZE": MAX_REQUEST, "ACCESS_LOG": False, "MOTD": False})
    line = HttpLine()
    platform = Platform(config, line)
    app.ctx.platform = platform
    blueprints = (api, control, inspector, stream, pages)
    app.blueprint([*(make(platform) for make in blueprints), switches(platform, line)])
    app.error_handler.add(Refusal, _refused)
    app.register_middleware(_same_origin, "request")

    async def start(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
        await line.open()
        await refresh_menu(platform)

    async def stop(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
        await platform.close()
        await line.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "before_server_stop")
    return app


@asynccontextmanager
async def serving(app: Sanic, sock: socket) -> AsyncIterator[Platform]:
    """Serve `app` on the bound `sock` inside the running loop for as long as the context lasts."""
    host, port = sock.getsockname()[:2]
    app.ctx.platform.base_url = f"http://{host}:{port}"
    server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    if server is None:
        raise RuntimeError("Sanic made no server")
    # create_server listens already; the rest of Sanic 21.12's start is left to its caller, and untyped.
    await server.startup()  # type: ignore[no-untyped-call]
    await server.before_start()  # type: ignore[no-untyped-call]
    try:
        yield app.ctx.platform
    finally:
        await server.before_stop()  # type: ignore[no-untyped-call]
        await server.close()  # type: ignore[no-untyped-call]
        for connection in list(server.connections):
            connection.close()
        Sanic._app_registry.pop(app.name, None)


def _refused(_: Request, refusal: Refusal) -> HTTPResponse:
    """What the control API refuses has status 400; WeChat's own answers never come here."""
    return json_response(refusal.as_json(), status=404 if refusal.errcode == 40003 else 400)


async def _same_origin(request: Request) -> HTTPResponse | None:
    """A page of another site, open in the same browser, must not steer the simulator."""
    origin = request.headers.get("origin")
    if not origin or origin.split("://", 1)[-1] == request.headers.get("host"):
        return None
    return json_response({"errcode": 48001, "errmsg": "another origin"}, status=403)
