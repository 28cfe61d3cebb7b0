"""What the tests of the desk share: the desk itself, and a browser that fills in forms."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from secrets import token_hex

import aiohttp
import pytest
import structlog
from sanic import Sanic

from bot import services
from bot.clock import ManualClock
from bot.desk import accounts
from bot.desk.app import mount
from tests import applications as applications  # Sanic for many of them in one process
from tests.databases import services_over
from tests.loops import single_use

PASSWORD = "一二三四五六七八九十"
CAST = {"editor": "wang", "reviewer": "alice", "counsellor": "bob", "admin": "charlie"}


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Browser:
    """One browser with its cookies; it fills in the CSRF word of the page it looked at last."""

    base: str
    http: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path)

    async def ask(self, path: str, query: dict[str, str]) -> Answer:
        async with self.http.get(self.base + path, params=query, allow_redirects=False) as response:
            return Answer(response.status, await response.text(errors="replace"), dict(response.headers))

    async def post(self, path: str, csrf: str | None = None, **form: str) -> Answer:
        return await self._ask("POST", path, {"csrf": self.csrf if csrf is None else csrf, **form})

    async def sign_in(self, name: str, password: str = PASSWORD, code: str = "", after: str = "") -> Answer:
        await self.get("/desk/login")
        answer = await self.post("/desk/login", name=name, password=password, code=code, next=after)
        if answer.status == 303:
            await self.get("/desk/me")
        return answer

    async def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        async with self.http.request(
            method, self.base + path, data=form, headers=self.headers, allow_redirects=False
        ) as response:
            text = await response.text()
            found = re.search(r'data-csrf="([^"]*)"', text)
            self.csrf = found[1] if found else self.csrf
            return Answer(response.status, text, dict(response.headers))


@dataclass
class Desk:
    """The running desk, and browsers for whoever comes."""

    base: str
    clock: ManualClock
    open: list[aiohttp.ClientSession] = field(default_factory=list)

    def stranger(self) -> Browser:
        http = aiohttp.ClientSession(connector=single_use(), cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.open.append(http)
        return Browser(self.base, http)

    async def staff(self, role: str) -> Browser:
        """Somebody with that role, signed in."""
        hire(role)
        browser = self.stranger()
        answer = await browser.sign_in(CAST[role])
        assert answer.status == 303, answer.text
        return browser


def hire(role: str) -> str:
    """Make the account of that role unless it is there; returns its name."""
    name = CAST[role]
    with services.database().session() as session:
        if name not in {user.name for user in accounts.everyone(session)}:
            user = accounts.add(session, name, role, PASSWORD, services.clock().now())
            assert user.role == role
    return name


@asynccontextmanager
async def desk_serving(clock: ManualClock) -> AsyncIterator[Desk]:
    app = Sanic(f"desk_{token_hex(6)}", configure_logging=False)
    app.config.update({"ACCESS_LOG": False, "MOTD": False})
    mount(app)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    here = Desk(f"http://127.0.0.1:{sock.getsockname()[1]}", clock)
    try:
        yield here
    finally:
        for http in here.open:
            await http.close()
        await server.before_stop()
        await server.close()
        for connection in list(server.connections):
            connection.close()
        Sanic._app_registry.pop(app.name, None)


@contextmanager
def desk_services(folder: Path, monkeypatch: pytest.MonkeyPatch, clock: ManualClock, **settings: str) -> Iterator[None]:
    """What the desk's process shares, over an empty database in `folder`; `settings` are named without JIASHU_."""
    _cheap_hashing()
    with services_over(folder, monkeypatch, clock, **{"SECRET_KEY": "k" * 40, "VAR": str(folder), **settings}):
        yield
        structlog.reset_defaults()  # a command that was run here has bound it to this test's stderr


@cache
def _cheap_hashing() -> None:
    """argon2 with little work: a test signs in dozens of times, and what is tested is not the hash."""
    from argon2 import PasswordHasher

    accounts._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
