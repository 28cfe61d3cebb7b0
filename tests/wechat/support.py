"""What the tests of the wire share: a callback on a real Sanic server, WeChat's side of it, and WeChat's API on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from sqlalchemy import select

from bot.clock import Clock, ManualClock
from bot.db import Database
from bot.settings import Settings
from bot.wechat.addresses import ParentKeys
from bot.wechat.channel import WeChatInput
from bot.wechat.delivery import Timing
from bot.wechat.markup import read_xml
from tests import applications as applications  # Sanic for many of them in one process

TOKEN, APP_ID, SECRET_KEY = "a-token", "wx0123456789abcdef", "k" * 32
AES_KEY, OLD_AES_KEY = "a" * 42 + "A", "b" * 42 + "A"
ALICE, BOB, CHARLIE = (name.ljust(28, "0") for name in ("oAlice", "oBob", "oCharlie"))
ACCOUNT = "gh_account"

_app_names = (f"wire_{number}" for number in itertools.count())
# Seconds that nothing takes.
LONG = 90.0
ALICE_KEY, BOB_KEY = (ParentKeys(SECRET_KEY).parent_key_for(openid) for openid in (ALICE, BOB))

# Faster than WeChat; a busy machine must still have room between two deliveries.
SCALE = 0.4
FAST = Timing().scaled(SCALE)
# For tests that do not ask how soon: a busy machine never takes that long. What follows a passive reply comes at once all the same.
UNHURRIED = replace(Timing().scaled(20), follow_up=0.1)

_msg_ids = itertools.count(23922168065204906)


def make_settings(folder: Path, **changed: str) -> Settings:
    environment = {
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": "a-secret",
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_ENCODING_AES_KEY": AES_KEY,
        "WECHAT_PREVIOUS_AES_KEY": OLD_AES_KEY,
        "WECHAT_API_BASE": "http://127.0.0.1:9",
        "JIASHU_DATABASE_URL": f"sqlite:///{folder}/jiashu.db",
        "JIASHU_SECRET_KEY": SECRET_KEY,
        "JIASHU_VAR": str(folder),
        **changed,
    }
    return Settings.from_environment(environment)


def text_xml(openid: str, content: str, msg_id: int | None = None) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>1714037059</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>{msg_id or next(_msg_ids)}</MsgId></xml>"
    )


def event_xml(openid: str, event: str, key: str = "", created: int = 1714037059) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{event}]]></Event><EventKey><![CDATA[{key}]]></EventKey></xml>"
    )


def signed(**more: str) -> dict[str, str]:
    parts = [TOKEN, "1714037059", "486452656"]
    signature = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
    return {"signature": signature, "timestamp": parts[1], "nonce": parts[2], **more}


@dataclass
class FakeAgent:
    """Stands where Rasa's agent is: `answer` says something for each message and may take its time."""

    answer: Callable[[UserMessage], Any]
    heard: list[tuple[str, str]] = field(default_factory=list)
    metadata: list[dict[str, Any]] = field(default_factory=list)

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append((message.sender_id, message.text))
        self.metadata.append(message.metadata)
        replies = self.answer(message)
        if asyncio.iscoroutine(replies):
            replies = await replies
        for reply in [replies] if isinstance(replies, (str, dict)) else replies or []:
            reply = {"text": reply} if isinstance(reply, str) else dict(reply)
            await message.output_channel.send_response(message.sender_id, reply)


def echo(message: UserMessage) -> str:
    return f"收到：{message.text}"


def slow(seconds: float) -> Callable[[UserMessage], Any]:
    async def answer(message: UserMessage) -> str:
        await asyncio.sleep(seconds)
        return echo(message)

    return answer


@dataclass
class Callback:
    """A running callback, and WeChat's way to call it."""

    url: str
    channel: WeChatInput
    agent: FakeAgent
    http: aiohttp.ClientSession

    async def post(self, xml: str | bytes, query: dict[str, str] | None = None) -> tuple[int, str]:
        data = xml.encode() if isinstance(xml, str) else xml
        async with self.http.post(self.url, data=data, params=signed() if query is None else query) as response:
            return response.status, await response.text()

    async def say(self, openid: str, content: str, msg_id: int | None = None) -> str:
        """The text of the passive reply, or "success"."""
        return content_of((await self.post(text_xml(openid, content, msg_id)))[1])

    async def settled(self) -> None:
        """Wait until no turn is in work."""
        turns = self.channel._running.turns
        while turns.in_work:
            await asyncio.sleep(0.01)


def content_of(body: str) -> str:
    if not body.startswith("<xml>"):
        return body
    fields = read_xml(body.encode())
    return fields.get("Content") or fields.get("Articles.item.Title", "")


@asynccontextmanager
async def callback(
    settings: Settings,
    answer: Callable[[UserMessage], Any] = echo,
    clock: Clock | None = None,
    timing: Timing | None = None,
    agent: FakeAgent | None = None,
) -> AsyncIterator[Callback]:
    """The channel on a real Sanic server, mounted as Rasa mounts it; `timing`: UNHURRIED unless told."""
    app = Sanic(next(_app_names), configure_logging=False)
    app.ctx.agent = agent or FakeAgent(answer)
    channel = WeChatInput(settings, clock or ManualClock(), timing or UNHURRIED)
    register([channel], app, route="/webhooks/")
    sock = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=sock, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.after_start()
    url = f"http://127.0.0.1:{sock.getsockname()[1]}/webhooks/wechat/webhook"
    # A connection each: one that is kept may be closed by the server at the moment in which it is used again.
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True)) as http:
            yield Callback(url, channel, app.ctx.agent, http)
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


class Platform:
    """WeChat's API on loopback: gives tokens, takes messages, answers with the error codes it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.codes: list[int] = []  # for the next calls, token fetches apart
        self.fetches = 0
        self.forced = 0
        self.valid = "token-1"
        self.raw: list[bytes] = []
        self._lock = threading.Lock()

    @property
    def sent(self) -> list[str]:
        """The texts (or card titles) that parents got."""
        done = [data for path, data in self.calls if path.endswith("custom/send")]
        return [data["text"]["content"] if "text" in data else data["news"]["articles"][0]["title"] for data in done]

    def answer(self, path: str, token: str, body: bytes) -> dict[str, Any]:
        data = json.loads(body)
        with self._lock:
            if path.endswith("stable_token"):
                self.fetches += 1
                self.forced += bool(data["force_refresh"])
                if data["force_refresh"]:
                    self.valid = f"{self.valid}+"
                return {"access_token": self.valid, "expires_in": 7200}
            self.raw.append(body)
            code = self.codes.pop(0) if self.codes else 0
            if code == 0:
                self.calls.append((path, data))
            return {"errcode": code, "errmsg": "told so" if code else "ok", "used": token}


@asynccontextmanager
async def platform() -> AsyncIterator[tuple[Platform, str]]:
    running = Platform()

    class Http(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            parts = urlsplit(self.path)
            reply = running.answer(parts.path, parse_qs(parts.query).get("access_token", [""])[0], body)
            data = json.dumps(reply).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Http)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def rows(url: str, *columns: Any) -> list[tuple[Any, ...]]:
    database = Database(url)
    with database.session(readonly=True) as session:
        found = [tuple(row) for row in session.execute(select(*columns))]
    database.close()
    return found


async def deliver_thrice(call: Callback, openid: str, words: str, gap: float = 5 * SCALE, tries: int = 3) -> list[str]:
    """Three deliveries `gap` apart, each closed by WeChat when the next is due; what each was answered until then ("" if not).

    The last one waits longer: between the account's 4.5 seconds and WeChat's 5 a busy machine may sleep.
    """
    xml = text_xml(openid, words)

    async def once(number: int) -> str:
        await asyncio.sleep(number * gap)
        try:
            return read_reply(await asyncio.wait_for(call.post(xml), gap if number < tries - 1 else LONG))
        except asyncio.TimeoutError:
            return ""

    return list(await asyncio.gather(*(once(number) for number in range(tries))))


def read_reply(got: tuple[int, str]) -> str:
    assert got[0] == 200
    return read_xml(got[1].encode())["Content"] if got[1].startswith("<xml>") else got[1]
