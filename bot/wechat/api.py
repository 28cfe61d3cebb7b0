"""WeChat's API for thousands of pushes: async, one token for all, and never a guess about what was taken.

Replies go through `client.py`, which blocks a thread each. Here a call that got no answer says whether it may have been
taken (`SendError.unclear`), because a push must not arrive twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from concurrent import futures
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

import aiohttp
import redis
from yarl import URL

from bot.clock import Clock
from bot.db import DatabaseError
from bot.settings import Settings
from bot.wechat.errors import Action, SendError
from bot.wechat.token_store import Fetched, TokenStore, get_token

CONNECT_SECONDS, READ_SECONDS, FETCH_SECONDS = 3, 5, 12
# The token is looked up in the store this often; in between the one in memory is good, WeChat says when it is not.
LOOK_AFTER = timedelta(seconds=30)
_JSON = {"Content-Type": "application/json; charset=utf-8"}
# Statuses with which a server says that it did not take the request.
_NOT_TAKEN = (429, 503)

Fields = Mapping[str, object]


class Transport(Protocol):
    """Carries one call."""

    async def post(self, endpoint: str, token: str, data: Fields) -> dict[str, object]:
        """WeChat's answer to /cgi-bin/<endpoint>, which has no errcode or 0. Raises SendError."""

    async def close(self) -> None:
        """End all connections."""


class HttpTransport:
    """Over HTTP with kept connections; `at_once` at most. Made inside the running loop."""

    def __init__(self, base: str, at_once: int = 64) -> None:
        self._base = base
        connector = aiohttp.TCPConnector(limit=at_once, keepalive_timeout=15)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=READ_SECONDS)
        # No proxy from the environment: the secret in the body goes to WeChat only. WeChat's API knows no cookies.
        self._http = aiohttp.ClientSession(
            connector=connector, timeout=timeout, headers=_JSON, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )
        # Putting an address together takes as long as a tenth of the call, and all calls of an hour have the same.
        self._address = lru_cache(maxsize=16)(self._make_address)

    async def post(self, endpoint: str, token: str, data: Fields) -> dict[str, object]:
        # Without ensure_ascii=False the parent reads \\u5bb6 (WeChat's 40033).
        body = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        try:
            async with self._http.post(self._address(endpoint, token), data=body, allow_redirects=False) as answer:
                return read_answer(answer.status, await answer.read())
        # `from None`: these exceptions hold the address, and with it the token.
        except aiohttp.ClientConnectorError as error:
            raise SendError(None, type(error).__name__) from None
        except aiohttp.ServerTimeoutError as error:
            # Before the connection stood nothing was said; aiohttp tells the two apart only by their words.
            raise SendError(None, type(error).__name__, unclear="connect" not in str(error).lower()) from None
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise SendError(None, type(error).__name__, unclear=True) from None

    async def close(self) -> None:
        await self._http.close()

    def _make_address(self, endpoint: str, token: str) -> URL:
        return URL(f"{self._base}/cgi-bin/{endpoint}").with_query(access_token=token)


def read_answer(status: int, body: bytes) -> dict[str, object]:
    """The fields of an answer.

    Raises:
        SendError: with WeChat's errcode, or without one when the answer is none of WeChat's.
    """
    if status in _NOT_TAKEN:
        raise SendError(None, f"HTTP {status}")
    try:
        fields = json.loads(body)
    except ValueError:
        raise SendError(None, f"HTTP {status} without JSON", unclear=True) from None
    if status != 200 or not isinstance(fields, dict):
        raise SendError(None, f"HTTP {status}", unclear=True)
    if fields.get("errcode"):
        message_id = str(fields.get("msg_id") or "")
        raise SendError(int(fields["errcode"]), str(fields.get("errmsg") or ""), message_id=message_id)
    return fields


class Api:
    """Calls with the shared token, renewed once a call when WeChat refuses it."""

    def __init__(self, settings: Settings, transport: Transport, tokens: TokenStore, clock: Clock) -> None:
        self._settings = settings
        self._transport = transport
        self._tokens = tokens
        self._clock = clock
        self._held: tuple[str, datetime] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def call(self, endpoint: str, data: Fields) -> dict[str, object]:
        """WeChat's answer.

        Raises:
            SendError: refused or not reached.
        """
        used = await self._token()
        try:
            return await self._transport.post(endpoint, used, data)
        except SendError as error:
            if error.action is not Action.REFRESH_TOKEN:
                raise
        return await self._transport.post(endpoint, await self._token(refused=used), data)

    async def close(self) -> None:
        """End all connections."""
        await self._transport.close()

    async def _token(self, refused: str = "") -> str:
        held, now = self._held, self._clock.now()
        if held and held[0] != refused and held[1] <= now < held[1] + LOOK_AFTER:
            return held[0]
        # Of a hundred calls that find the token gone, one fetches and the others take what it brings.
        async with self._one_at_a_time:
            held = self._held
            if held and held[0] != refused and held[1] <= now < held[1] + LOOK_AFTER:
                return held[0]
            value = await self._from_store(refused)
            self._held = (value, now)
            return value

    async def _from_store(self, refused: str) -> str:
        loop = asyncio.get_running_loop()

        def fetch(force: bool) -> Fetched:
            return asyncio.run_coroutine_threadsafe(self._fetch(force), loop).result(FETCH_SECONDS)

        try:
            return await loop.run_in_executor(None, get_token, self._tokens, fetch, refused)
        # Before Python 3.11 these are two kinds of TimeoutError, and the executor makes the second of the first.
        except (redis.RedisError, DatabaseError, futures.TimeoutError, asyncio.TimeoutError) as error:
            raise SendError(None, f"the token store failed: {type(error).__name__}") from error

    async def _fetch(self, force: bool) -> Fetched:
        asked = {
            "grant_type": "client_credential",
            "appid": self._settings.wechat_app_id,
            "secret": self._settings.wechat_app_secret,
            "force_refresh": force,
        }
        try:
            answer = await self._transport.post("stable_token", "", asked)
        except SendError as error:
            # Nobody was sent anything by asking for a token: the send itself is not in doubt.
            raise SendError(error.code, error.detail) from None
        value, lifetime = answer.get("access_token"), answer.get("expires_in", 7200)
        if not isinstance(value, str) or not value or not isinstance(lifetime, int):
            raise SendError(None, "no access token in WeChat's answer")
        return Fetched(value, lifetime)
