"""`jiashu clock` as a process: it sends, says how it is, is killed, starts again and sends nothing twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.clock import TurnedClock
from bot.commands.process import in_loop
from bot.db import Database
from bot.simulator.allowance import Action
from bot.simulator.chat import Side, Via
from bot.simulator.config import SIMULATED_APP_ID, SIMULATED_SECRET, SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.followers import Follower
from bot.wechat import addresses
from bot.wechat.addresses import ParentKeys
from bot.wechat.incoming import TextMessage
from tests.reminders.support import ROOT, beijing

SECRET_KEY = "k" * 32
PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def clock_process(environment: dict[str, str], log: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        command = [sys.executable, "-m", "bot.cli", "clock"]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until(true: Callable[[], bool], what: str) -> None:
    for _ in range(int(PATIENCE / 0.1)):
        if true():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"in vain: {what}")


async def health(port: int) -> dict[str, object]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/health") as response:
        assert response.status == 200
        return dict(await response.json())


async def leading(port: int) -> None:
    """Wait until it says that it leads."""
    for _ in range(int(PATIENCE / 0.2)):
        try:
            if (await health(port))["leads"]:
                return
        except (aiohttp.ClientError, OSError):
            pass
        await asyncio.sleep(0.2)
    raise AssertionError("it does not lead")


def pushed(follower: Follower) -> list[str]:
    return [each.content.text for each in follower.chat if each.side is Side.ACCOUNT and each.via is Via.CUSTOM]


@pytest.mark.slow
async def test_it_sends_once_through_a_kill(tmp_path: Path) -> None:
    clock = TurnedClock(tmp_path / "clock.json")
    clock.set(beijing(2027, 1, 7, 19, 40))
    database = Database(f"sqlite:///{tmp_path}/jiashu.db")
    database.upgrade()
    async with SimulatedWeChat(config=SimulatorConfig(clock=clock)) as wechat:
        follower = wechat.platform.followers.add()
        follower.following = True
        wechat.platform.act(follower, Action.MESSAGE)
        key = ParentKeys(SECRET_KEY).parent_key_for(follower.openid)
        message = TextMessage(follower.openid, "gh", 0, "m:1", "您好")
        with database.session() as session:
            addresses.note_contact(session, key, message, 5, clock.now() + timedelta(hours=48), clock.now())
        port = free_port()
        environment = {
            "WECHAT_APP_ID": SIMULATED_APP_ID,
            "WECHAT_APP_SECRET": SIMULATED_SECRET,
            "WECHAT_API_BASE": wechat.url,
            "JIASHU_DATABASE_URL": f"sqlite:///{tmp_path}/jiashu.db",
            "JIASHU_VAR": str(tmp_path),
            "JIASHU_SECRET_KEY": SECRET_KEY,
            "JIASHU_CLOCK_PORT": str(port),
        }
        log = tmp_path / "clock.log"
        async with clock_process(environment, log) as first:
            await until(lambda: len(pushed(follower)) > 0, log.read_text())
            first.send_signal(signal.SIGKILL)
            first.wait()
        sent = pushed(follower)
        async with clock_process(environment, log) as second:
            await leading(port)
            clock.turn(timedelta(minutes=30))
            await until(lambda: "reminders.leader" in log.read_text().rpartition("clock_ready")[2], "a second leader")
            await asyncio.sleep(8)
            assert pushed(follower) == sent and len(sent) == 1
            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0
    database.close()
    said = json.dumps(sent, ensure_ascii=False)
    assert follower.openid not in log.read_text() and said[2:8] not in log.read_text()


def test_it_runs_in_the_faster_loop() -> None:
    loops: list[str] = []

    async def look() -> None:
        await asyncio.sleep(0)
        loops.append(type(asyncio.get_running_loop()).__module__)

    in_loop(look())
    assert loops == ["uvloop"]


def test_without_it_the_ordinary_loop_does(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise LookupError("from inside")

    monkeypatch.setitem(sys.modules, "uvloop", None)
    with pytest.raises(LookupError, match="from inside"):
        in_loop(fail())
