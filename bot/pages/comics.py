"""Comics: panels one below the other, each with words for those who cannot see it."""

from __future__ import annotations

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.comics import Comic
from bot.pages.assets import stamp_of
from bot.pages.drawings import drawing_of
from bot.pages.respond import FOR_GOOD, page, sent


def blueprint() -> Blueprint:
    """/comics, /comics/<slug> and its drawings."""
    made = Blueprint("pages_comics")

    @made.get("/comics")
    async def every(request: Request) -> HTTPResponse:
        return page(request, "comics.html", {"comics": list(services.comics().values())})

    @made.get("/comics/<slug:[a-z0-9-]+>")
    async def comic(request: Request, slug: str) -> HTTPResponse:
        found = _found(slug)
        lesson = services.library().lessons[found.lesson]
        return page(request, "comic.html", {"comic": found, "lesson": lesson})

    @made.get("/comics/<slug:[a-z0-9-]+>/<stamp:[0-9a-f]{12}>/<name:[1-9]\\.svg>")
    async def drawing(request: Request, slug: str, stamp: str, name: str) -> HTTPResponse:
        panels = _found(slug).panels
        # By number and not by name: no name of a file comes from an address.
        number = int(name[0])
        if number > len(panels):
            raise NotFound("no such panel")
        body = drawing_of(panels[number - 1].picture)
        kept = FOR_GOOD if stamp_of(body) == stamp else "no-cache"
        return sent(request, body, "image/svg+xml", kept, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})

    return made


def _found(slug: str) -> Comic:
    comic = services.comics().get(slug)
    if comic is None:
        raise NotFound("no such comic")
    return comic
