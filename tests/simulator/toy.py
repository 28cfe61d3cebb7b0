"""A toy callback that echoes, for the simulator's own tests: it opens and answers what WeChat's modes send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree

from aiohttp import web

from bot.simulator.config import SimulatorConfig
from bot.simulator.crypto import MessageCipher, sign
from bot.simulator.incoming import element

Answer = Callable[["Toy", ElementTree.Element], Awaitable[str]]


@dataclass
class Toy:
    """The callback's side: what arrived, and how it answers (`answer` returns the plain body of the reply)."""

    config: SimulatorConfig
    answer: Answer
    url: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    messages: list[ElementTree.Element] = field(default_factory=list)

    async def post(self, request: web.Request) -> web.Response:
        """Open, note, answer in the mode of the request."""
        body = await request.text()
        self.requests.append((request.query_string, body))
        root = ElementTree.fromstring(body)
        encrypted = root.findtext("Encrypt")
        cipher = MessageCipher(self.config.aes_key, self.config.appid)
        message = ElementTree.fromstring(cipher.decrypt(encrypted)) if encrypted else root
        self.messages.append(message)
        plain = await self.answer(self, message)
        if not encrypted or not plain.startswith("<xml>"):
            return web.Response(text=plain)
        return web.Response(text=self.seal(cipher, plain))

    def seal(self, cipher: MessageCipher, plain: str) -> str:
        """An encrypted reply."""
        sealed = cipher.encrypt(plain)
        signature = sign(self.config.token, "1700000000", "7", sealed)
        return (
            "<xml>" + element("Encrypt", sealed) + element("MsgSignature", signature)
            + element("TimeStamp", 1700000000) + element("Nonce", "7") + "</xml>"
        )

    async def get(self, request: web.Request) -> web.Response:
        """Answer the verification."""
        return web.Response(text=request.query.get("echostr", ""))


def text_reply(message: ElementTree.Element, text: str) -> str:
    """A plain text reply to `message`."""
    return (
        "<xml>" + element("ToUserName", message.findtext("FromUserName") or "")
        + element("FromUserName", message.findtext("ToUserName") or "")
        + element("CreateTime", 1700000000) + element("MsgType", "text") + element("Content", text) + "</xml>"
    )


async def echo(_: Toy, message: ElementTree.Element) -> str:
    """Answer with what was said; events with their name."""
    said = message.findtext("Content") or message.findtext("Recognition") or message.findtext("Event")
    if said in {"unsubscribe", "VIEW", "MASSSENDJOBFINISH", "TEMPLATESENDJOBFINISH"}:
        return "success"
    return text_reply(message, f"收到：{said or message.findtext('MsgType')}")


@asynccontextmanager
async def toy_callback(config: SimulatorConfig, answer: Answer = echo) -> AsyncIterator[Toy]:
    """Serve a toy on a free loopback port."""
    toy = Toy(config, answer)
    app = web.Application()
    app.router.add_post("/callback", toy.post)
    app.router.add_get("/callback", toy.get)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    toy.url = f"http://127.0.0.1:{runner.addresses[0][1]}/callback"
    try:
        yield toy
    finally:
        await runner.cleanup()
        await asyncio.sleep(0)
