"""From an answer in the phone to the page behind it: assistant and web process, one database, the link as it was sent."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.evaluation.wire import free_port
from bot.pages.seals import READER, Seals
from bot.settings import SETTINGS
from bot.wechat.addresses import ParentKeys
from tests.end_to_end.stack import WITHIN, running
from tests.loops import single_use
from tests.trained import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio]

SECRET = "k" * 32
LINK = re.compile(r'<a href="([^"]+)">完整的一课</a>')


@asynccontextmanager
async def web(folder: Path, port: int) -> AsyncIterator[str]:
    """`jiashu web` on the database of the assistant in `folder`; yields its address."""
    own = {"JIASHU_DATABASE_URL": f"sqlite:///{folder}/jiashu.db", "JIASHU_SECRET_KEY": SECRET, "JIASHU_VAR": str(folder)}
    others = {name: value for name, value in os.environ.items() if name not in {each.name for each in SETTINGS}}
    environment = {**others, **own, "JIASHU_WEB_PORT": str(port), "JIASHU_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.cli", "web", env=environment, cwd=ROOT)
    try:
        await _until_well(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_well(address: str, process: asyncio.subprocess.Process) -> None:
    ends = asyncio.get_running_loop().time() + WITHIN
    async with aiohttp.ClientSession() as client:
        while True:
            assert process.returncode is None and asyncio.get_running_loop().time() < ends, "the web process is not well"
            try:
                async with client.get(address) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)


async def test_an_answer_leads_to_its_page_and_more_is_a_card(model: Path, tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path, JIASHU_PUBLIC_URL=f"http://127.0.0.1:{port}") as stack, web(tmp_path, port) as address:
        parent = await stack.wechat.follow(silent=True)
        answer = await parent.say("暑假怎么防溺水")
        (link,) = LINK.findall(answer.text)
        assert link.startswith(f"{address}/lessons/drowning?t=")
        token = link.split("?t=")[1]
        assert Seals(SECRET).opened(READER, token, stack.wechat.platform.now()) == ParentKeys(SECRET).parent_key_for(parent.openid)

        async with aiohttp.ClientSession(connector=single_use(), cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            async with client.get(link) as response:
                html = await response.text()
                assert response.status == 200 and "t=" not in str(response.url) and "防溺水" in html
            stamp = re.search(r'name="stamp" value="([^"]+)"', html)
            assert stamp
            form = {"lesson": "drowning", "vote": "very", "stamp": stamp[1]}
            async with client.post(f"{address}/votes", data=form) as response:
                assert "收到了，谢谢您" in await response.text()

        await parent.say("还有呢")
        cards = [bubble.content for bubble in parent.chat if bubble.content.kind == "news"]
        assert cards and cards[-1].articles[0].url.startswith(f"{address}/lessons/drowning?t=")

