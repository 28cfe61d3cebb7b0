"""What went wrong, on a page in plain words. Nothing of the address or the exception is shown."""

from __future__ import annotations

import structlog
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.pages.respond import page

log = structlog.get_logger(__name__)

_WORDS = {
    404: ("没有这一页", "可能是地址没复制全，也可能这一课换了名字。搜一搜，或者回公众号里问一句。"),
    413: ("写得太长了", "请退回去，写短一点再发。"),
    429: ("点得太快了", "请歇一会儿再点。"),
    500: ("这一页没打开", "是我们这边出了问题，不是您的手机。过一会儿再试试；着急的事，回公众号里问一句。"),
}
_BARE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><h1>{title}</h1><p>{sentence}</p></html>"
)
_OTHERS = ("这个没看懂", "请退回去再试一次，或者回公众号里问一句。")


def mount(app: Sanic) -> None:
    """Answer every error of the process that nobody else answered."""

    async def known(request: Request, error: SanicException) -> HTTPResponse:
        return _page(request, error.status_code)

    async def unknown(request: Request, error: Exception) -> HTTPResponse:
        # The path without its query: a query holds a token or what somebody searched for.
        log.error("pages.failed", path=request.path, error=type(error).__name__, exc_info=error)
        return _page(request, 500)

    app.error_handler.add(SanicException, known)
    app.error_handler.add(Exception, unknown)


def _page(request: Request, status: int) -> HTTPResponse:
    title, sentence = _WORDS.get(status) or (_WORDS[500] if status >= 500 else _OTHERS)
    try:
        return page(request, "error.html", {"heading": title, "sentence": sentence}, status)
    except Exception as error:  # noqa: BLE001 - what broke the page may break the frame around this one as well
        log.error("pages.failed", path=request.path, error=type(error).__name__)
        return html(_BARE.format(title=title, sentence=sentence), status=status)
