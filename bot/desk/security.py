"""Headers of every answer under /desk: nothing from elsewhere, nothing inside another's frame, no copy left behind."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import BaseHTTPResponse

from bot.desk.cookies import by_https

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors {frame}"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Nothing to other sites. With no-referrer Chromium sends our own forms with "Origin: null", and they would be refused.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def protect(request: Request, response: BaseHTTPResponse) -> None:
    """Add the headers; a middleware."""
    if not request.path.startswith("/desk"):
        return
    page = getattr(request.ctx, "page", None)
    framed = page is not None and page.framed
    response.headers.update(_ALWAYS)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(frame="'self'" if framed else "'none'"))
    response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if framed else "DENY")
    # A shared computer: the back button after signing out must not show a conversation.
    response.headers.setdefault("Cache-Control", "no-store")
    if by_https(request):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
