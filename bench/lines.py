"""The two ways in: Rasa's REST channel, and WeChat's callback in safe mode with the platform's API behind it."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from xml.etree import ElementTree

import aiohttp
from aiohttp import web

from bot.simulator.chat import Content
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.crypto import MessageCipher
from bot.simulator.envelope import Sealer
from bot.simulator.incoming import message

# WeChat closes at 5 s and tries again; here nothing is tried again, an answer that late must come through the API.
CALLBACK_SECONDS = 5.0
LATE_SECONDS = 60.0


class RestLine:
    """Rasa's REST channel: the answer is a list of messages."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def say(self, parent: str, text: str) -> bool:
        timeout = aiohttp.ClientTimeout(total=LATE_SECONDS)
        async with self._http.post(self._url, json={"sender": parent, "message": text}, timeout=timeout) as response:
            messages = await response.json()
        return any(message.get("text") for message in messages)


class WeChatLine:
    """WeChat's side of the wire: signs and encrypts, opens the passive reply; an answer that comes late counts by its API call."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url
        config = SimulatorConfig()
        self._cipher = MessageCipher(config.aes_key, config.appid)
        self._sealer = Sealer(config.token, self._cipher, config.original_id)
        self._late: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def say(self, parent: str, text: str) -> bool:
        openid = f"o{parent}"
        self._late[openid].clear()
        sealed = self._sealer.seal(message(openid, Content("text", text=text)), Mode.SAFE, int(time.time()))
        timeout = aiohttp.ClientTimeout(total=CALLBACK_SECONDS)
        try:
            async with self._http.post(self._url, params=sealed.query, data=sealed.body.encode(), timeout=timeout) as response:
                if self._answers(await response.text()):
                    return True
        except asyncio.TimeoutError:
            pass
        try:
            await asyncio.wait_for(self._late[openid].wait(), LATE_SECONDS)
        except asyncio.TimeoutError:
            return False
        return True

    def came(self, openid: str) -> None:
        """The API was called with a message for this parent."""
        self._late[openid].set()

    def _answers(self, body: str) -> bool:
        if not body.startswith("<xml>"):
            return False
        encrypted = ElementTree.fromstring(body).findtext("Encrypt")
        if not encrypted:
            return False
        reply = ElementTree.fromstring(self._cipher.decrypt(encrypted))
        return bool((reply.findtext("Content") or "").strip() or reply.findtext("Articles/item/Title"))


def platform_api(line: WeChatLine) -> web.Application:
    """As much of the platform's API as an assistant under load calls: the token, messages, the sign of typing."""

    async def token(_request: web.Request) -> web.Response:
        return web.json_response({"access_token": "a" * 32, "expires_in": 7200})

    async def send(request: web.Request) -> web.Response:
        line.came(str(json.loads(await request.text())["touser"]))
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def fine(_request: web.Request) -> web.Response:
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    app = web.Application()
    app.router.add_route("*", "/cgi-bin/token", token)
    app.router.add_post("/cgi-bin/stable_token", token)
    app.router.add_post("/cgi-bin/message/custom/send", send)
    app.router.add_post("/cgi-bin/message/custom/typing", fine)
    return app
