"""The web process as it is started: pages and desk side by side, and what a person gets wrong told in one line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot import services
from bot.evaluation.wire import free_port
from bot.settings import SETTINGS
from bot.web import create_app
from tests.conftest import ROOT

from .conftest import KEY, make_database, serving


@pytest.mark.asyncio
async def test_pages_and_desk_stand_side_by_side(environment: pytest.MonkeyPatch) -> None:
    make_database()
    async with serving(create_app()) as address, aiohttp.ClientSession(address) as client:
        async with client.get("/health") as response:
            assert await response.json() == {"status": "ok", "lessons": len(services.library().lessons)}
        async with client.get("/lessons/drowning") as response:
            assert response.status == 200 and "desk" not in await response.text()
        # Without a session every address of the desk leads to its door, with the desk's own headers and words.
        async with client.get("/desk/") as response:
            assert response.status == 200 and "no-store" in response.headers["Cache-Control"]
            assert "DENY" in response.headers["X-Frame-Options"]
        async with client.get("/desk/nowhere?t=x", allow_redirects=False) as response:
            assert "没有这一页" not in await response.text()


def failing(environment: dict[str, str], tmp_path: Path) -> str:
    """The one line that `jiashu web` says on its way out with code 2."""
    others = {name: value for name, value in os.environ.items() if name not in {each.name for each in SETTINGS}}
    usable = {"JIASHU_SECRET_KEY": KEY, "JIASHU_DATABASE_URL": f"sqlite:///{tmp_path}/web.db", "JIASHU_VAR": str(tmp_path)}
    # Whoever runs the tests may have a Jiashu of their own on the usual ports.
    usable["JIASHU_WEB_PORT"] = str(free_port())
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "web"],
        cwd=ROOT, env={**others, **usable, **environment}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("jiashu: ")]
    assert done.returncode == 2 and len(lines) == 1 and "Traceback" not in done.stderr, done.stderr
    return lines[0]


def test_without_a_secret_key_it_says_so(tmp_path: Path) -> None:
    assert "JIASHU_SECRET_KEY is empty" in failing({"JIASHU_SECRET_KEY": ""}, tmp_path)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert "JIASHU_WEB_PORT" in failing({"JIASHU_WEB_PORT": str(other.getsockname()[1])}, tmp_path)


def test_broken_content_stops_the_start_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    broken = tmp_path / "content/quizzes/drowning.yml"
    broken.write_text("title: 一个\nquestions: [\n", encoding="utf-8")

    assert f"{broken}:" in failing({"JIASHU_CONTENT": str(tmp_path / "content")}, tmp_path)
