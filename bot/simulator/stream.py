"""/sim/stream: server-sent events, so that every open page shows what happens as it happens."""

from __future__ import annotations

import asyncio
import json

from sanic import Blueprint, Request

from bot.simulator.journal import Update
from bot.simulator.platform import Platform

HEARTBEAT = 10.0


def stream(platform: Platform) -> Blueprint:
    """The blueprint of the live updates; each event's data is {kind, openid, data}."""
    blueprint = Blueprint("sim_stream", url_prefix="/sim")

    @blueprint.get("/stream")
    async def live(request: Request) -> None:
        response = await request.respond(content_type="text/event-stream; charset=utf-8")
        with platform.journal.listen() as queue:
            await response.send(": hello\n\n")
            while True:
                update = await _next(queue)
                if update is None:
                    break
                await response.send(update)
        await response.eof()

    return blueprint


async def _next(queue: asyncio.Queue[Update | None]) -> str | None:
    try:
        update = await asyncio.wait_for(queue.get(), HEARTBEAT)
    except asyncio.TimeoutError:
        # Sanic ends answers that stay silent for its RESPONSE_TIMEOUT.
        return ": still here\n\n"
    if update is None:
        return None
    return f"data: {json.dumps(update, ensure_ascii=False)}\n\n"
