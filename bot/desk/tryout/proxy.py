"""The simulator's phone behind the desk's session: nobody else reaches it, and only what a phone does is let through."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import aiohttp
from sanic.request import Request
from sanic.response import HTTPResponse, ResponseStream, raw

from bot import services
from bot.desk import sessions
from bot.desk.access import PREFIX
from bot.desk.cookies import by_https
from bot.desk.errors import DeskError
from bot.tryout import place, running
from bot.tryout.running import Tryout

HOME = f"{PREFIX}/try/phone/"
_READ = re.compile(r"|state|deliveries|calls|parents/|parents/[\w-]{1,64}/chat|media/[\w-]{1,128}|web/(?:[a-z]{1,20}/)?[a-z]{1,20}\.[a-z]{2,4}")
_DONE = re.compile(r"clock|parents/|parents/[\w-]{1,64}/[a-z]{1,20}")
_STREAM = "stream"
_PATIENCE = aiohttp.ClientTimeout(total=30)
# The simulator says something at least every ten seconds.
_SILENCE = aiohttp.ClientTimeout(total=None, sock_read=40)
# As the simulator's own, but for pictures of other ports; only the desk may frame it.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


async def look(request: Request, path: str) -> HTTPResponse:
    """What the phone reads: its page (an empty path), its files, its chats, its stream."""
    tried = _theirs(request)
    if path == _STREAM:
        return cast(HTTPResponse, _stream(request, tried))
    if not _READ.fullmatch(path):
        raise DeskError(404)
    return await _passed(request, tried, "GET", path)


async def act(request: Request, path: str) -> HTTPResponse:
    """What the parent does, and turning the clock."""
    tried = _theirs(request)
    if not _DONE.fullmatch(path):
        raise DeskError(404)
    place.touch(tried.place, acted=True)
    return await _passed(request, tried, "POST", path)


def _theirs(request: Request) -> Tryout:
    tried = running.of(request.ctx.staff.id)
    if tried is None or tried.state.name != place.READY:
        raise DeskError(404, "没有在试的。请到草稿那里再点一次“在手机上试一试”。")
    return tried


async def _passed(request: Request, tried: Tryout, method: str, path: str) -> HTTPResponse:
    sent = request.body if method == "POST" else None
    async with _asked(tried, method, path, _PATIENCE, sent) as answer:
        body, kind = await answer.read(), answer.headers.get("Content-Type", "")
    if kind.startswith(("text/html", "application/json")):
        body = _at_home(request, tried, body)
    if not path:
        word = f'<body data-csrf="{html.escape(request.ctx.csrf)}"'.encode()
        body = body.replace(b"<body", word, 1)
    return raw(body, answer.status, {"Content-Security-Policy": _POLICY}, kind)


def _stream(request: Request, tried: Tryout) -> ResponseStream:
    async def pour(response: Any) -> None:
        await _pour(request, tried, response)

    return ResponseStream(pour, content_type="text/event-stream; charset=utf-8")


async def _pour(request: Request, tried: Tryout, response: ResponseStream) -> None:
    """The stream, for as long as the phone is looked at and the session lasts."""
    async with _asked(tried, "GET", _STREAM, _SILENCE) as answer:
        async for line in answer.content:
            place.touch(tried.place)
            await response.write(_at_home(request, tried, line).decode())
            if line == b"\n" and not await _still_signed_in(request):
                return


async def _still_signed_in(request: Request) -> bool:
    return await services.database().read(sessions.find, request.ctx.token, services.clock().now()) is not None


def _at_home(request: Request, tried: Tryout, body: bytes) -> bytes:
    """Pictures are named by the simulator's own address, which no browser elsewhere reaches."""
    # Behind nginx we are asked by HTTP: the page that stands there with HTTPS would show no picture from such an address.
    scheme = "https" if by_https(request) else request.scheme
    there, here = f"{tried.phone}/sim/", f"{scheme}://{request.host}{HOME}"
    # Sanic's JSON writes every slash with another before it.
    escaped = there.replace("/", "\\/").encode()
    return body.replace(there.encode(), here.encode()).replace(escaped, here.encode())


@asynccontextmanager
async def _asked(
    tried: Tryout, method: str, path: str, timeout: aiohttp.ClientTimeout, sent: bytes | None = None
) -> AsyncIterator[aiohttp.ClientResponse]:
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http:
            async with http.request(method, f"{tried.phone}/sim/{path}", data=sent, allow_redirects=False) as answer:
                yield answer
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        raise DeskError(503, "试的那部手机没有回答，可能刚刚结束了。") from error
