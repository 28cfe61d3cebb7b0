"""Title and picture in WeChat's share sheet: the signature that its JS-SDK asks for, for verified accounts with HTTPS.

Everywhere else nothing of this is on a page, and WeChat shows title and address by itself. The script comes from
res.wx.qq.com, the one place WeChat allows it from; only WeChat's own browser fetches it (bot/pages/static/share.js).
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import services
from bot.clock import Clock
from bot.pages.respond import OWN
from bot.settings import Settings
from bot.wechat.client import JiashuWeChatClient
from bot.wechat.errors import SendError
from bot.wechat.wire import make_client

log = structlog.get_logger(__name__)

# A ticket is renewed a little early, and a refusal is not asked about again at every page.
_EARLY = timedelta(minutes=5)
_REST = timedelta(minutes=10)
_HEADERS = {"Cache-Control": OWN, "X-Content-Type-Options": "nosniff"}


class Share:
    """Signs addresses of our own pages with a ticket that is fetched when it is needed and kept while it lives."""

    def __init__(self, client: JiashuWeChatClient, clock: Clock, app_id: str, public_url: str) -> None:
        self._client = client
        self._clock = clock
        self._app_id = app_id
        self._public_url = public_url
        self._ticket = ""
        self._until: datetime | None = None
        self._one_at_a_time = asyncio.Lock()

    async def config(self, url: str) -> dict[str, object] | None:
        """What `wx.config` takes for the page at `url`; None for a page of others, or when WeChat gives no ticket."""
        page = url.split("#", 1)[0]
        if not page.startswith(f"{self._public_url}/"):
            return None
        ticket = await self._current()
        if not ticket:
            return None
        nonce, timestamp = secrets.token_hex(8), int(self._clock.now().timestamp())
        signed = signature(ticket, nonce, timestamp, page)
        return {"appId": self._app_id, "timestamp": timestamp, "nonceStr": nonce, "signature": signed}

    async def _current(self) -> str:
        async with self._one_at_a_time:
            now = self._clock.now()
            if self._until is None or now >= self._until:
                self._ticket, self._until = await self._fetched(now)
            return self._ticket

    async def _fetched(self, now: datetime) -> tuple[str, datetime]:
        try:
            fetched = await asyncio.get_running_loop().run_in_executor(None, self._client.jsapi_ticket)
        except SendError as error:
            log.warning("pages.no_ticket", code=error.code, detail=error.detail)
            return "", now + _REST
        return fetched.value, now + max(timedelta(seconds=fetched.lifetime) - _EARLY, _REST)


def make(settings: Settings) -> Share | None:
    """The signer; None for an account or an address to which WeChat gives no share interface."""
    if not (settings.real_account and settings.wechat_verified and settings.public_url.startswith("https://")):
        return None
    client = make_client(settings, services.database(), services.clock())
    return Share(client, services.clock(), settings.wechat_app_id, settings.public_url)


def signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """SHA-1 as the JS-SDK's documentation has it: the four values in this order, the address without its fragment."""
    words = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(words.encode()).hexdigest()


def blueprint() -> Blueprint:
    """/share/config?url=…"""
    made = Blueprint("pages_share")

    @made.get("/share/config")
    async def config(request: Request) -> HTTPResponse:
        share: Share | None = request.app.ctx.share
        found = await share.config(request.args.get("url") or "") if share else None
        return json(found or {}, headers=_HEADERS)

    return made
