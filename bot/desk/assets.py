"""The desk's own style, script and icons: read once, served under a name that changes with the content."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
# The name changes with the content, so a copy is good for ever.
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in _TYPES}


@cache
def url(name: str) -> str:
    """The address of a file in bot/desk/static; a name that is not there is a KeyError at the first rendering."""
    return f"/desk/static/{hashlib.sha256(_files()[name]).hexdigest()[:12]}/{name}"


def blueprint() -> Blueprint:
    """Serves the files by their names; nothing else can be asked for."""
    made = Blueprint("desk_assets", url_prefix="/desk/static")

    @made.get("/<version:str>/<name:str>")
    async def serve(_request: Request, version: str, name: str) -> HTTPResponse:
        found = _files().get(name)
        if found is None:
            return empty(status=404)
        return raw(found, content_type=_TYPES[Path(name).suffix], headers=_FOR_EVER)

    return made
