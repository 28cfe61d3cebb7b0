"""The assistant behind the simulated WeChat, and what it keeps of a parent."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import TurnedClock
from bot.evaluation.judge import visible
from bot.evaluation.wire import SETTLE, Assistant, lend_models, simulated_account
from bot.simulator.chat import Side
from bot.simulator.config import SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.parent import Parent
from bot.wechat.addresses import ParentKeys
from tests.trained import ROOT, VAR

# A machine that does much else needs its time; a test must not fail for that.
WITHIN = 90.0
# This WeChat shares the machine with the assistant, and two slow cores with other tests: it waits for more than five seconds, and the
# assistant may answer passively for nearly as long. A test of slow turns says WECHAT_REPLY_BUDGET and has the real five seconds.
GAP, BUDGET = 60.0, 50.0


@dataclass(frozen=True)
class Stack:
    """`wechat` and the `assistant` that answers it; `folder` holds the database."""

    wechat: SimulatedWeChat
    assistant: Assistant
    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "jiashu.db"

    def rows(self, parent: Parent) -> dict[str, int]:
        """How many rows of each table speak of the parent, by key or by openid; tables without any are left out."""
        key = ParentKeys("k" * 32).parent_key_for(parent.openid)
        found: dict[str, int] = {}
        with self.opened() as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                mine = [row for row in rows if any(each in str(value) for value in row for each in (key, parent.openid))]
                if mine:
                    found[table] = len(mine)
        return found

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection of our own, that writes at once."""
        connection = sqlite3.connect(self.database, isolation_level=None, timeout=30)
        try:
            yield connection
        finally:
            connection.close()


@asynccontextmanager
async def running(folder: Path, mode: str = "safe", **environment: str) -> AsyncIterator[Stack]:
    """Both, for as long as the context lasts; `environment` changes settings of the assistant."""
    lend_models(VAR, folder)
    # One clock for both, in a file, as `jiashu run` has it.
    config = SimulatorConfig(clock=TurnedClock(folder / "clock.json"), content=ROOT / "content")
    if "WECHAT_REPLY_BUDGET" not in environment:
        config, environment = replace(config, gap=GAP), {**environment, "WECHAT_REPLY_BUDGET": str(BUDGET)}
    async with SimulatedWeChat(config=config, settle=SETTLE, patience=WITHIN) as wechat:
        assistant = Assistant({**simulated_account(wechat, folder), **environment}, folder / "assistant.log")
        await assistant.start()
        wechat.callback = assistant.callback
        try:
            yield Stack(wechat, assistant, folder)
        finally:
            await assistant.stop()
    assert "Traceback" not in assistant.words(), assistant.words()[-3000:]


def said(parent: Parent) -> list[str]:
    """What the account has said to the parent so far, as the parent reads it."""
    return [visible(bubble.content.words()) for bubble in parent.chat if bubble.side is Side.ACCOUNT]


def counted(pattern: str, parent: Parent) -> int:
    """How often something was said to the parent."""
    return len(re.findall(pattern, "\n".join(said(parent))))


async def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    ends = asyncio.get_running_loop().time() + WITHIN
    while not true():
        assert asyncio.get_running_loop().time() < ends, f"waited in vain for {what}"
        await asyncio.sleep(0.05)
