"""Sending while something fails: nothing arrives twice that need not, and what can go out does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from bot.clock import ManualClock
from bot.db import Database, DatabaseError
from bot.reminders.gateway import Fate, Message, Result
from bot.wechat import api, inbox, receipt, tables, turns
from bot.wechat import client as client_module
from bot.wechat.gateway import CUSTOM, WeChatGateway
from bot.wechat.messages import TextOut
from bot.wechat.sender import Outcome, Sender
from bot.wechat.tables import waiting
from tests.wechat.support import ALICE, FAST, SCALE, callback, make_settings, platform, rows, slow
from tests.wechat.test_api import KEY, kept, make_client, says

ONE, TWO, THREE = TextOut("一"), TextOut("二"), TextOut("三")


@contextmanager
def doubtful(how: str) -> Iterator[tuple[list[bytes], str]]:
    """WeChat takes each message, and its answer does not arrive."""
    taken: list[bytes] = []
    over = threading.Event()

    class Http(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if "stable_token" in self.path:
                return self._say(200, b'{"access_token": "t", "expires_in": 7200}')
            taken.append(body)
            if how == "hangs":
                over.wait(20)
            elif how == "hangs up":
                self.close_connection = True
            else:
                self._say(int(how), b"<html>")

        def _say(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Http)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield taken, f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("how", ["hangs", "hangs up", "200", "504"])
def test_what_may_have_arrived_is_not_sent_again_at_once(
    database: Database, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, urgent: bool
) -> None:
    monkeypatch.setattr(client_module, "READ_SECONDS", 0.3)
    says(database, clock)
    with doubtful(how) as (taken, base):
        sender = Sender(database, clock, make_client(database, clock, base, tmp_path), retry_after=(0.01, 0.02))
        outcome = asyncio.run(sender.send(KEY, [ONE], urgent, question="问"))
        sender.close()
    # Danger rather twice than not at all; an answer comes once more at the next contact, with its question.
    assert (outcome, len(taken)) == (Outcome.KEPT, 3 if urgent else 1)
    assert kept(database, clock) == [ONE]


def test_an_answer_goes_out_while_nothing_can_be_written(tmp_path: Path) -> None:
    async def story() -> None:
        async with platform() as (wechat, base):
            settings = make_settings(tmp_path, WECHAT_API_BASE=base)
            async with callback(settings, slow(6 * SCALE), timing=FAST) as call:
                asking = asyncio.create_task(call.say(ALICE, "你好"))
                while not call.agent.heard:
                    await asyncio.sleep(0.01)
                database = call.channel._database
                assert database is not None
                with refusing(database):
                    assert await asking == "success"
                    for _ in range(500):
                        if wechat.sent:
                            break
                        await asyncio.sleep(0.02)
                    assert wechat.sent == ["收到：你好"]
                await call.settled()
        assert rows(settings.database_url, waiting.c.id) == []

    asyncio.run(story())


@pytest.mark.parametrize("known", [ALICE, None])
def test_a_database_that_fails_between_two_messages_does_not_send_the_first_again(
    database: Database, clock: ManualClock, tmp_path: Path, known: str | None
) -> None:
    says(database, clock)

    async def story() -> tuple[Any, list[str]]:
        async with platform() as (wechat, base):
            sender = Sender(database, clock, make_client(database, clock, base, tmp_path), retry_after=())
            wechat.codes = [0, 0, -1]
            with refusing(database, after=1):
                got = await sender.try_send(KEY, [ONE, TWO, THREE], openid=known)
            sender.close()
            return got, wechat.sent

    assert asyncio.run(story()) == ((Outcome.KEPT, (THREE,)), ["一", "二"])


@pytest.mark.parametrize("fault", [IntegrityError("INSERT", {}, Exception()), RuntimeError("孩子的名字")])
def test_an_answer_that_was_given_does_not_come_again_when_it_cannot_be_settled(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    usual, times = receipt.settle, 0

    def settle(*args: Any) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise fault
        usual(*args)

    monkeypatch.setattr(receipt, "settle", settle)
    monkeypatch.setattr(turns, "SETTLE_AGAIN", (0.01,))
    settings = make_settings(tmp_path)

    async def story() -> None:
        async with callback(settings, clock=clock) as call:
            assert await call.say(ALICE, "你好") == "收到：你好"
            await call.settled()
            clock.turn(inbox.LEASE * 2)
            assert await call.channel._running.turns.resume(everything=False) == 0

    with capture_logs() as lines:
        asyncio.run(story())
    assert rows(settings.database_url, tables.inbox.c.state) == [("answered",)] and "孩子" not in str(lines)


def test_a_push_waits_when_wechat_gives_no_token_in_time(
    database: Database, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "FETCH_SECONDS", 0.05)

    class Hanging:
        async def post(self, endpoint: str, token: str, data: object) -> dict[str, object]:
            await asyncio.sleep(1)
            return {}

        async def close(self) -> None:
            pass

    async def story() -> Result:
        gateway = WeChatGateway(make_settings(tmp_path), database, clock, Hanging(), retry_after=())
        with database.session() as session:
            gateway.reach(session, [KEY], clock.now())
        return await gateway.send(KEY, CUSTOM, Message("今晚打个电话。", "春节", "话在聊天里"))

    says(database, clock)
    assert asyncio.run(story()).fate is Fate.LATER


@contextmanager
def refusing(database: Database, after: int = 0) -> Iterator[None]:
    """No transaction is taken, but for the first `after` ones."""
    usual, seen = database.run, 0

    async def run(work: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen > after:
            raise DatabaseError("full", "The disk is full.")
        return await usual(work, *args, **kwargs)

    database.run = run  # type: ignore[method-assign]
    try:
        yield
    finally:
        del database.run  # type: ignore[attr-defined]
