"""The whole desk: one table of pages, made into blueprints."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk import (
    ahead,
    assets,
    contact,
    door,
    examples,
    gaps,
    me,
    overview,
    reach,
    safety,
    security,
    talks,
    targets,
    teach,
    trail,
    users,
)
from bot.desk.access import PREFIX, STAFF, Page, guarded
from bot.desk.editing import begun, comics, edit, index, past, pictures, second, shelf
from bot.desk.errors import DeskError
from bot.desk.publish import pages as publishing
from bot.desk.tryout import pages as trying
from bot.desk.web import redirect
from bot.tryout import running


async def _nowhere(_request: Request, path: str = "") -> HTTPResponse:
    raise DeskError(404)


async def _to_the_slash(_request: Request) -> HTTPResponse:
    return redirect(f"{PREFIX}/")


# What nobody declared: said in our own words, to those who are signed in.
_REST = (
    Page("GET", "/<path:path>", STAFF, _nowhere, "没有这一页"),
    Page("POST", "/<path:path>", STAFF, _nowhere, "没有这一页"),
)


@lru_cache(maxsize=1)
def pages() -> tuple[Page, ...]:
    """Every page of the desk. An area is a module with `PAGES`; a new one is named here, once."""
    areas = (door, overview, safety, contact, talks, gaps, teach, examples, ahead, shelf, index, begun, edit, past, pictures, comics, second, trying, publishing, reach, users, trail, me)
    return tuple(page for area in areas for page in area.PAGES)


def blueprints() -> list[Blueprint]:
    """Fresh blueprints of every page, under /desk."""
    desk = Blueprint("desk", url_prefix=PREFIX)
    for page in (*pages(), *_REST):
        # Unguarded addresses do not exist: this is the only place that adds one.
        strict = page.path == "/"  # else /desk/ goes to the address below that takes everything
        desk.add_route(guarded(page), page.path, methods=[page.method], name=page.name, strict_slashes=strict)
    desk.add_route(_to_the_slash, "", methods=["GET"], name="slash", strict_slashes=True)
    return [assets.blueprint(), desk]


async def _warm_up(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    await loop.run_in_executor(None, targets.index)


async def _end_tryouts(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    await loop.run_in_executor(None, running.stop_all)


def mount(app: Sanic) -> None:
    """Serve the desk in `app`."""
    app.blueprint(blueprints())
    app.register_middleware(security.protect, "response")
    app.register_listener(_warm_up, "before_server_start")
    app.register_listener(_end_tryouts, "before_server_stop")
