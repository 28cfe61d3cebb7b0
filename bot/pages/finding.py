"""Search, and the lists by audience."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.lessons import AUDIENCES
from bot.pages import search
from bot.pages.lessons import by_series
from bot.pages.respond import page


def blueprint() -> Blueprint:
    """/search and /for/<audience>."""
    made = Blueprint("pages_finding")

    @made.get("/search")
    async def find(request: Request) -> HTTPResponse:
        words = (request.args.get("q") or "").strip()[: search.LONGEST]
        lessons = services.library().lessons
        # Built at first use, which takes two seconds: not while everybody else waits.
        index = await asyncio.get_running_loop().run_in_executor(None, search.index)
        found = [lessons[slug] for slug in index.find(words)] if words else []
        # What somebody looks for is theirs: no cache on the way keeps it.
        return page(request, "search.html", {"words": words, "found": found, "series": by_series()}, own=True)

    @made.get("/for/<audience:[a-z_]+>")
    async def audience(request: Request, audience: str) -> HTTPResponse:
        if audience not in AUDIENCES:
            raise NotFound("no such audience")
        for_them = {
            name: [lesson for lesson in lessons if audience in lesson.audience] for name, lessons in by_series().items()
        }
        return page(request, "audience.html", {"audience": audience, "series": for_them})

    return made


def warm_up(app: Sanic) -> None:
    """Build the index once the process answers, so that the first to search does not wait for it."""

    async def build(_app: Sanic, _loop: object) -> None:
        app.ctx.building = asyncio.get_running_loop().run_in_executor(None, search.index)

    app.register_listener(build, "after_server_start")
