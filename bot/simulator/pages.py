"""The phone's page and its files. Everything is our own: no outside request, no inline script."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw, redirect
from sanic.response import html as html_response

from bot.simulator.platform import Platform

WEB = Path(__file__).parent / "web"

# Cards may show pictures of the assistant's own pages, which a local run serves from another port.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def pages(platform: Platform) -> Blueprint:
    """The blueprint of the phone's page and of uploaded pictures."""
    blueprint = Blueprint("sim_pages")
    skeleton = Template((WEB / "phone.html").read_text("utf-8"))

    @blueprint.get("/")
    async def root(_: Request) -> HTTPResponse:
        return redirect("/sim/")

    @blueprint.get("/sim/")
    async def phone(_: Request) -> HTTPResponse:
        page = skeleton.substitute(name=html.escape(platform.config.name), appid=html.escape(platform.config.appid))
        return html_response(page, headers=HEADERS | {"Cache-Control": "no-store"})

    @blueprint.get("/sim/media/<media_id>")
    async def media(_: Request, media_id: str) -> HTTPResponse:
        found = platform.media.get(media_id, platform.now())
        return raw(found.data, content_type=found.content_type, headers=HEADERS)

    @blueprint.get("/favicon.ico")
    async def icon(_: Request) -> HTTPResponse:
        return redirect("/sim/web/icon.svg")

    blueprint.static("/sim/web", WEB)
    return blueprint
