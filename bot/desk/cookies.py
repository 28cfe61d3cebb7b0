"""The desk's two cookies: the session's, and a stranger's (for the form at the door)."""

from __future__ import annotations

import secrets

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.desk.sessions import LONGEST

SESSION = "jiashu_desk"
DOOR = "jiashu_door"


def fresh() -> str:
    """A token for a stranger."""
    return secrets.token_urlsafe(32)


def give(request: Request, response: HTTPResponse, name: str, value: str) -> None:
    """Set a cookie that no script reads and no other site's form sends along."""
    response.cookies[name] = value
    cookie = response.cookies[name]
    cookie["path"] = "/desk"
    cookie["httponly"] = True
    cookie["samesite"] = "Lax"
    cookie["max-age"] = int(LONGEST.total_seconds())
    if by_https(request):
        cookie["secure"] = True


def take_back(response: HTTPResponse, name: str) -> None:
    """Delete a cookie."""
    response.cookies[name] = ""
    response.cookies[name]["path"] = "/desk"
    response.cookies[name]["max-age"] = 0


def by_https(request: Request) -> bool:
    """Whether the browser came by HTTPS; nginx in front of us says so."""
    return request.scheme == "https" or services.settings().public_url.startswith("https://")
