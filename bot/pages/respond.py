"""What every page is sent with: compressed, with an ETag, and with headers that let it load nothing but our own files."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from types import MappingProxyType

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.pages.assets import stamp_of
from bot.pages.templates import render

# 'self' in frame-ancestors: the desk shows a draft as a phone would.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'; script-src 'self'{scripts}; connect-src 'self'"
)
# WeChat's own script is the only one that may show a title and picture in its share sheet (bot/pages/share.py).
WECHAT_SCRIPTS = " https://res.wx.qq.com"
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# Long enough for a dormitory that opens one link at the same time, short enough that a correction is seen.
_KEPT = "public, max-age=300"
OWN = "private, no-store"
FOR_GOOD = "public, max-age=31536000, immutable"
_TOO_SMALL_TO_PACK = 800
_PACKED_ALREADY = {"image/png", "image/jpeg", "image/webp"}


def page(
    request: Request, template: str, values: Mapping[str, object] = MappingProxyType({}), status: int = 200, own: bool = False
) -> HTTPResponse:
    """A template filled with `values`. `own`: it shows something of one person, and must not be kept anywhere."""
    sharing = getattr(request.app.ctx, "share", None) is not None
    html = render(template, {"path": request.path, "sharing": sharing, **values})
    scripts = WECHAT_SCRIPTS if sharing else ""
    headers = {"Content-Security-Policy": _POLICY.format(scripts=scripts)}
    kept = OWN if own or status != 200 else _KEPT
    return sent(request, html.encode(), "text/html; charset=utf-8", kept, status, headers)


def sent(
    request: Request,
    body: bytes,
    kind: str,
    kept: str = _KEPT,
    status: int = 200,
    headers: dict[str, str] | None = None,
    packed: bytes | None = None,
) -> HTTPResponse:
    """Bytes with the house's headers; 304 when the browser has them already."""
    tag = f'"{stamp_of(body)}"'
    common = {**_HEADERS, "Cache-Control": kept, "ETag": tag, "Vary": "Accept-Encoding", **(headers or {})}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=common)

    if _may_pack(request, body, kind):
        common["Content-Encoding"] = "gzip"
        body = packed or gzip.compress(body, 6, mtime=0)
    return HTTPResponse(body, status=status, headers=common, content_type=kind)


def _may_pack(request: Request, body: bytes, kind: str) -> bool:
    takes = "gzip" in request.headers.get("accept-encoding", "")
    return takes and len(body) >= _TOO_SMALL_TO_PACK and kind not in _PACKED_ALREADY
