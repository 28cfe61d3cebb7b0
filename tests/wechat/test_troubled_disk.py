"""A disk that is really full, a database that is read-only or locked, while parents write: answered, said in one line, nothing twice."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.db import Database
from bot.settings import Settings
from bot.wechat import turns
from bot.wechat.tables import inbox
from tests.wechat.support import ALICE, BOB, Callback, callback, echo, make_settings, rows

pytestmark = pytest.mark.asyncio

Trouble = Callable[[Callback], AbstractContextManager[object]]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def full(call: Callback) -> Iterator[None]:
    """No byte more on the disk of the database."""
    database = _of(call)
    # What the journal has already would be written over without growing.
    with sqlite3.connect(str(database.engine.url.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    filler = Path(str(database.engine.url.database)).parent / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with suppress(OSError) as _:
                while file.write(b"\0" * size):
                    pass
        with pytest.raises(OSError) as refused:
            file.write(b"\0")
    assert refused.value.errno == errno.ENOSPC
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(call: Callback) -> Iterator[None]:
    """SQLite refuses every write."""

    def refuse(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    def allow(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute("PRAGMA query_only=OFF")

    engine = _of(call).engine
    event.listen(engine, "checkout", refuse)
    try:
        yield
    finally:
        event.remove(engine, "checkout", refuse)
        event.listen(engine, "checkout", allow)


@contextmanager
def locked(call: Callback) -> Iterator[None]:
    """Another program writes and does not end; SQLite waits for it a moment only, so that the test need not."""

    def hurry(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    def wait_again(connection: sqlite3.Connection, *_about: object) -> None:
        connection.execute("PRAGMA busy_timeout=60000")

    engine = _of(call).engine
    event.listen(engine, "checkout", hurry)
    other = sqlite3.connect(str(engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        event.remove(engine, "checkout", hurry)
        event.listen(engine, "checkout", wait_again)
        other.close()


def _of(call: Callback) -> Database:
    database = call.channel._database
    assert database is not None
    return database


@pytest.fixture(params=[full, read_only, locked])
def troubled(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Trouble, Settings, str]:
    """A trouble, settings whose database can have it, and the reason that is to be said."""
    folder = request.getfixturevalue("disk") if request.param is full else tmp_path
    return request.param, make_settings(folder), request.param.__name__.replace("_", "-")


def _states(settings: Settings) -> list[str]:
    return sorted(state for (state,) in rows(settings.database_url, inbox.c.state))


async def test_a_message_in_the_trouble_is_answered_and_after_it_all_is_as_ever(troubled: tuple[Trouble, Settings, str]) -> None:
    trouble, settings, reason = troubled
    async with callback(settings) as call:
        with capture_logs() as lines, trouble(call):
            assert await call.say(ALICE, "孩子发烧", msg_id=1) == "收到：孩子发烧"
        await call.settled()
        said = [line for line in lines if line["event"] == "wechat.inbox_unwritable"]
        assert said and said[0]["reason"] == reason
        assert "\n" not in said[0]["advice"] and said[0]["advice"].startswith("The database ") and ":" in said[0]["advice"]
        assert "发烧" not in str(lines)

        # WeChat may send the first one again: it is known.
        assert await call.say(ALICE, "孩子发烧", msg_id=1) == "success"
        assert await call.say(BOB, "二", msg_id=2) == "收到：二"
        await call.settled()
        assert [words for _, words in call.agent.heard] == ["孩子发烧", "二"]
    assert _states(settings) == ["answered"]


async def test_a_message_that_was_answered_in_the_trouble_is_settled_once_it_is_over(
    troubled: tuple[Trouble, Settings, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble, settings, _ = troubled
    monkeypatch.setattr(turns, "SETTLE_AGAIN", (0.01, 0.01))
    monkeypatch.setattr(turns, "SETTLE_LATER", 0.02)
    opened: list[AbstractContextManager[object]] = []

    def answer(message: UserMessage) -> str:
        # The inbox has it; before the answer the trouble begins.
        opened.append(trouble(call))
        opened[0].__enter__()
        return echo(message)

    async with callback(settings, answer) as call:
        with capture_logs() as lines:
            assert await call.say(ALICE, "一") == "收到：一"
            # More often than the first few attempts.
            await _until(lambda: sum(line["event"] == "wechat.inbox_unwritable" for line in lines) > 4)
        assert _states(settings) == ["running"]
        opened[0].__exit__(None, None, None)
        await call.settled()
        assert len(call.agent.heard) == 1
    assert _states(settings) == ["answered"]

    # The next start finds nothing to answer.
    async with callback(settings) as again:
        await again.settled()
        assert again.agent.heard == []


async def test_a_message_that_queued_in_the_trouble_is_answered_after_it(troubled: tuple[Trouble, Settings, str]) -> None:
    trouble, settings, _ = troubled
    over = asyncio.Event()

    async def answer(message: UserMessage) -> str:
        await over.wait()
        return echo(message)

    async with callback(settings, answer) as call:
        with capture_logs() as lines, trouble(call):
            first = asyncio.create_task(call.say(ALICE, "一"))
            await _until(lambda: bool(call.agent.heard))
            second = asyncio.create_task(call.say(ALICE, "二"))
            await _until(lambda: sum(line["event"] == "wechat.inbox_unwritable" for line in lines) == 2)
        over.set()
        assert await asyncio.gather(first, second) == ["收到：一", "收到：二"]
        await call.settled()
    assert _states(settings) == ["answered"]


async def _until(holds: Callable[[], bool]) -> None:


    for _ in range(6000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happened")
