"""The lesson pages as one part of a Sanic application."""

from __future__ import annotations

from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.pages import (
    comics,
    course,
    errors,
    finding,
    lessons,
    notify,
    pictures,
    pushes,
    quizzes,
    share,
    shelves,
    visitors,
    votes,
)
from bot.pages.assets import assets
from bot.pages.pace import Pace
from bot.pages.respond import FOR_GOOD, sent


def mount(app: Sanic) -> None:
    """Add every page to `app`."""
    app.ctx.share = share.make(services.settings())
    pace = Pace()
    parts = (_files(), lessons.blueprint(), finding.blueprint(), votes.blueprint(pace), quizzes.blueprint(pace))
    for blueprint in (*parts, comics.blueprint(), shelves.blueprint(), course.blueprint(), share.blueprint(), pushes.blueprint()):
        app.blueprint(blueprint)
    app.blueprint(notify.blueprint())
    visitors.mount(app)
    errors.mount(app)


def _files() -> Blueprint:
    blueprint = Blueprint("pages_files")

    @blueprint.get("/static/<stamp:[0-9a-f]{12}>/<name:[a-z0-9-]+\\.[a-z]+>")
    async def static(request: Request, stamp: str, name: str) -> HTTPResponse:
        found = assets().get(name)
        if found is None or found.stamp != stamp:
            raise NotFound("no such file")
        return sent(request, found.body, found.kind, FOR_GOOD, packed=found.packed)

    @blueprint.get("/pictures/<stamp:[0-9a-f]{12}>/<name:[a-z0-9_-]+\\.[a-z]+>")
    async def picture(request: Request, stamp: str, name: str) -> HTTPResponse:
        found = pictures.picture(name)
        if found is None:
            raise NotFound("no such picture")
        kept = FOR_GOOD if found.address == f"/pictures/{stamp}/{name}" else "no-cache"
        return sent(request, found.body, found.kind, kept)

    return blueprint
