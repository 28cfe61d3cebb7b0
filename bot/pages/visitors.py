"""Whose link was opened. The token moves from the address into a cookie at once, so that a forwarded page is nobody's."""

from __future__ import annotations

from urllib.parse import urlencode

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot import services
from bot.pages.links import seals_for
from bot.pages.seals import COURSE, READER

PARAMETER = "t"
_COOKIES = {READER: "jiashu_reader", COURSE: "jiashu_course"}
# A day: phones are shared, and the chat gives a new link whenever one is wanted.
_COOKIE_SECONDS = 24 * 3600


def mount(app: Sanic) -> None:
    """Take the token out of every address."""
    app.register_middleware(_take, "request")


def parent_key(request: Request, purpose: str) -> str | None:
    """Who opened a link of that purpose in this browser within the last day; None for everybody else."""
    token = request.cookies.get(_COOKIES[purpose], "")
    return seals_for(services.settings().secret_key).opened(purpose, token, services.clock().now()) if token else None


def set_cookie(response: HTTPResponse, name: str, value: str, seconds: int) -> None:
    """A cookie that no script reads and no other site sends."""
    response.cookies[name] = value
    secure = services.settings().public_url.startswith("https://")
    response.cookies[name].update({"max-age": seconds, "httponly": True, "samesite": "Lax"})
    if secure:
        response.cookies[name]["secure"] = True


async def _take(request: Request) -> HTTPResponse | None:
    token = request.args.get(PARAMETER)
    if token is None or request.method != "GET" or request.path.startswith("/desk"):
        return None
    rest = urlencode([(name, value) for name, value in request.query_args if name != PARAMETER])
    # `//host` would be another site's address.
    response = redirect("/" + request.path.lstrip("/") + (f"?{rest}" if rest else ""), status=303)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    seals, now = seals_for(services.settings().secret_key), services.clock().now()
    for purpose, cookie in _COOKIES.items():
        if seals.opened(purpose, token, now) is not None:
            set_cookie(response, cookie, token, _COOKIE_SECONDS)
    return response
