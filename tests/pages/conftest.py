"""The real web process's application over the real library, on a port of its own."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pytest
from sanic import Sanic

from bot import services
from bot.web import create_app
from tests import applications as applications  # Sanic for many of them in one process
from tests.conftest import ROOT
from tests.databases import make_tables, read_content_once
from tests.loops import single_use

KEY = "k" * 32

# As they are before a test puts its own in their place.
_MADE = (
    services.settings, services.database, services.clock,
    services.library, services.quizzes, services.comics, services.shelf, services.calendar,
)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """Settings of our own, a database of our own, the project's content."""
    with settled(monkeypatch, tmp_path):
        yield monkeypatch


@contextmanager
def settled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The same for as long as the context lasts; `monkeypatch` is undone by its owner."""
    monkeypatch.setenv("JIASHU_SECRET_KEY", KEY)
    monkeypatch.setenv("JIASHU_DATABASE_URL", f"sqlite:///{tmp_path}/pages.db")
    monkeypatch.setenv("JIASHU_CONTENT", str(ROOT / "content"))
    read_content_once(monkeypatch)
    services.forget()
    yield
    services.database().close()
    for made in _MADE:
        made.cache_clear()


def make_database() -> None:
    """Give this test's database its tables."""
    make_tables(services.database())


@asynccontextmanager
async def serving(app: Sanic) -> AsyncIterator[str]:
    """`app` on a free loopback port; yields its address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        host, port = sock.getsockname()
        server = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        try:
            yield f"http://{host}:{port}"
        finally:
            await server.before_stop()
            await server.close()
            for connection in list(server.connections):
                connection.close()
            Sanic._app_registry.pop(app.name, None)


@asynccontextmanager
async def site(with_database: bool = False) -> AsyncIterator[aiohttp.ClientSession]:
    """A client whose paths are those of the web process; most pages need no database, and making one takes its time."""
    if with_database:
        make_database()
    async with serving(create_app(with_desk=False)) as address:
        async with aiohttp.ClientSession(address, connector=single_use(), cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            yield client
