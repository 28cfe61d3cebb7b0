"""The whole of it with a small library: the assistant, the web process and the clock process over a project of their own, WeChat before them, staff in browsers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from playwright.async_api import Browser, Page, async_playwright

from bot.clock import STAT_EVERY, TurnedClock
from bot.db import Database
from bot.desk import accounts
from bot.evaluation.judge import visible
from bot.evaluation.wire import SETTLE, Assistant, free_port, simulated_account
from bot.publish import runs
from bot.settings import SETTINGS
from bot.simulator.chat import Side
from bot.simulator.config import SimulatorConfig
from bot.simulator.driver import SimulatedWeChat
from bot.simulator.parent import Parent
from tests.browsing import FLAGS, PATIENCE
from tests.desk.support import PASSWORD
from tests.end_to_end.stack import BUDGET, GAP

ROOT = Path(__file__).parents[2]
# A machine that does much else needs its time; a test must not fail for that.
WITHIN = 90.0
# Training the small library takes some fifteen seconds of an idle core, a whole publishing about forty.
PUBLISHED_WITHIN = 600.0
STAFF = {"王编辑": "editor", "李编辑": "editor", "陈审阅": "reviewer", "周辅导": "counsellor"}
CASES = (
    ("in_scope", "过马路孩子乱跑怎么办", "停"),
    ("in_scope", "教娃过马路", "停"),
    ("crisis", "孩子掉河里了", "胸口"),
)


@dataclass
class House:
    """`project`: its folder, a git repository. `wechat` is in this process, all others are processes of their own."""

    project: Path
    wechat: SimulatedWeChat
    desk: str
    clock_port: int
    chromium: Browser

    @property
    def var(self) -> Path:
        return self.project / "var"

    def tryouts(self) -> set[Path]:
        """The folders of what is being tried out."""
        return set((self.var / "tmp").glob("jiashu-try-*"))

    def git(self, *arguments: str) -> str:
        """What git says in the project's folder."""
        return git(self.project, *arguments)

    @asynccontextmanager
    async def staff(self, name: str) -> AsyncIterator[Page]:
        """A browser in which somebody is signed in; nothing in it may fail or ask another site."""
        context = await self.chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page = await context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(self.desk) else wrong.append(asked.url))
        page.set_default_timeout(WITHIN * 1000)
        await page.goto(f"{self.desk}/desk/login")
        await page.fill("input[name=name]", name)
        await page.fill("input[name=password]", PASSWORD)
        await page.click("button:has-text('登录')")
        await page.wait_for_selector("body.inside")
        try:
            yield page
        finally:
            await context.close()
        assert wrong == []

    async def go(self, page: Page, path: str) -> None:
        """Open an address of the desk."""
        await page.goto(self.desk + path)

    async def publish(self, page: Page) -> str:
        """Press the button and wait until the run has ended: its address."""
        await self.go(page, "/desk/publish")
        await page.click("button:has-text('开始发布')")
        await page.wait_for_url(re.compile(r"/desk/publish/\d+"))
        await page.wait_for_selector("#live .tag:not(:has-text('在做'))", timeout=PUBLISHED_WITHIN * 1000)
        return page.url.partition("?")[0].removeprefix(self.desk)

    async def turn_clock(self, hours: float) -> None:
        """Turn the clock of all; whoever signs in before the web process has seen it is signed out by it."""
        self.wechat.turn_clock(hours=hours)
        await asyncio.sleep(STAT_EVERY * 2)

    async def serving(self, run: int) -> None:
        """Wait until the assistant says that this choice answers, and the web process has seen it too."""
        told = self.var / "publish/serving.json"
        await until(lambda: (json.loads(told.read_text()).get("wanted") or {}).get("run") == run, f"run {run} to answer")


def said(parent: Parent) -> list[str]:
    """What the account has said to the parent so far, as the parent reads it."""
    return [visible(bubble.content.words()) for bubble in parent.chat if bubble.side is Side.ACCOUNT]


async def until(true: Callable[[], object], what: str, within: float = WITHIN) -> None:
    """Wait until something is so."""
    ends = asyncio.get_running_loop().time() + within
    while not true():
        assert asyncio.get_running_loop().time() < ends, f"waited in vain for {what}"
        await asyncio.sleep(0.1)


async def shown(page: Page, words: str, within: float = WITHIN) -> None:
    """Wait until some words stand on a page that has to be asked again for what is new: the record is written a little later."""
    ends = asyncio.get_running_loop().time() + within
    while not await page.locator(f"text={words}").count():
        assert asyncio.get_running_loop().time() < ends, f"waited in vain for {words} at {page.url}"
        await asyncio.sleep(0.5)
        await page.reload()


@asynccontextmanager
async def living(project: Path, chromium: Path) -> AsyncIterator[House]:
    """Everything, for as long as the context lasts."""
    _make_project(project)
    var = project / "var"
    config = SimulatorConfig(clock=TurnedClock(var / "clock.json"), content=project / "content", gap=GAP)
    async with SimulatedWeChat(config=config, settle=SETTLE, patience=WITHIN) as wechat:
        web, clock = free_port(), free_port()
        # What is tried out lies there, and nothing of whoever else uses this machine.
        (var / "tmp").mkdir()
        own = {"TMPDIR": str(var / "tmp"), "JIASHU_VAR": "var", "JIASHU_DATABASE_URL": "sqlite:///var/jiashu.db", "JIASHU_SECRET_KEY": "k" * 40}
        ports = {"JIASHU_WEB_PORT": str(web), "JIASHU_CLOCK_PORT": str(clock)}
        environment = {**simulated_account(wechat, var), **own, **ports, "JIASHU_CONTENT": "content", "WECHAT_REPLY_BUDGET": str(BUDGET)}
        await _trained(project, environment)
        _hire(var)
        assistant = Assistant(environment, var / "assistant.log", project)
        await assistant.start()
        wechat.callback = assistant.callback
        try:
            async with (
                _process("web", project, environment, f"http://127.0.0.1:{web}/health"),
                _process("clock", project, environment, f"http://127.0.0.1:{clock}/health"),
                async_playwright() as driver,
            ):
                program = await driver.chromium.launch(executable_path=chromium, args=FLAGS, timeout=PATIENCE)
                yield House(project, wechat, f"http://127.0.0.1:{web}", clock, program)
                await program.close()
        finally:
            await assistant.stop()
            await _end_publishing(var)
        for log in var.glob("*.log"):
            words = log.read_text(errors="replace")
            # What Python itself passes over while a process ends is nobody's failure.
            assert not re.search(r"^(?!Exception ignored).*\nTraceback", f"\n{words}", re.MULTILINE), words[-3000:]


def git(place: Path, *arguments: str) -> str:
    """Run git there, whatever repository a hook around the tests may name."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=first", "-c", "user.email=first@localhost")
    command = ["git", "-C", str(place), *who, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def _make_project(project: Path) -> None:
    for name in ("bot", "actions"):
        (project / name).symlink_to(ROOT / name)
    for name in ("data", "domain"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "config.yml", project)
    shutil.copytree(ROOT / "tests/content/library", project / "content")
    sets = project / "tests/evaluation"
    sets.mkdir(parents=True)
    shared = {"area": "child_safety", "topic": "road", "style": "terse", "must_not": []}
    lines = [
        json.dumps({"id": f"case-{number}", "kind": kind, "text": text, "must": [[must]], **shared}, ensure_ascii=False)
        for number, (kind, text, must) in enumerate(CASES)
    ]
    (sets / "small.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (project / ".gitignore").write_text("/var\n/bot\n/actions\n/tests\n")
    git(project, "init", "-q")
    git(project, "add", "content", "data", "domain", "config.yml", ".gitignore")
    git(project, "commit", "-qm", "Start")
    (project / "var").mkdir()


async def _end_publishing(var: Path) -> None:
    """A run outlives the web process on purpose; a test that failed in the middle of one must not leave it behind."""
    database = Database(f"sqlite:///{var}/jiashu.db")
    with database.session() as session:
        busy = runs.running(session)
        if busy:
            runs.cancel(session, busy.id)
    if busy:
        await until(lambda: _ended(database), "the run to end")
    database.close()


def _ended(database: Database) -> bool:
    with database.session(readonly=True) as session:
        return runs.running(session) is None


def _hire(var: Path) -> None:
    database = Database(f"sqlite:///{var}/jiashu.db")
    database.upgrade()
    with database.session() as session:
        for name, role in STAFF.items():
            accounts.add(session, name, role, PASSWORD, TurnedClock(var / "clock.json").now())
    database.close()


def _all_of(environment: Mapping[str, str]) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if name not in {each.name for each in SETTINGS}}
    return {**others, **environment}


async def _trained(project: Path, environment: Mapping[str, str]) -> None:
    log = project / "var/train.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "train", cwd=project, env=_all_of(environment), stdout=out, stderr=out
        )
        assert await process.wait() == 0, log.read_text()


@asynccontextmanager
async def _process(name: str, project: Path, environment: Mapping[str, str], health: str) -> AsyncIterator[None]:
    log = project / f"var/{name}.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", name, cwd=project, env=_all_of(environment), stdout=out, stderr=out
        )
    try:
        ends = asyncio.get_running_loop().time() + WITHIN
        while not await _answers(health):
            late = asyncio.get_running_loop().time() > ends
            assert process.returncode is None and not late, f"{name} is not well: {log.read_text()[-2000:]}"
            await asyncio.sleep(0.2)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(address: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(address) as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False
