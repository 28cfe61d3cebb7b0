"""What a person gets wrong: one clear line that says what to do, exit code 2, no traceback."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import SETTINGS
from bot.simulator.config import SIMULATED_AES_KEY, SIMULATED_APP_ID, SIMULATED_SECRET, SIMULATED_TOKEN
from tests.trained import ROOT, VAR

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WITHIN = 120


@pytest.fixture
def usable(model: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with which the assistant would start."""
    (tmp_path / "models").symlink_to(VAR / "models")
    return {
        "WECHAT_APP_ID": SIMULATED_APP_ID,
        "WECHAT_APP_SECRET": SIMULATED_SECRET,
        "WECHAT_TOKEN": SIMULATED_TOKEN,
        "WECHAT_ENCODING_AES_KEY": SIMULATED_AES_KEY,
        "JIASHU_SECRET_KEY": "k" * 32,
        "JIASHU_DATABASE_URL": f"sqlite:///{tmp_path}/jiashu.db",
        "JIASHU_VAR": str(tmp_path),
    }


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def failing(command: str, environment: dict[str, str], before: Callable[[], None] | None = None) -> str:
    """The one line that `jiashu <command>` says on its way out with code 2."""
    others = {name: value for name, value in os.environ.items() if name not in {each.name for each in SETTINGS}}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.cli", command],
        cwd=ROOT,
        env={**others, **environment},
        capture_output=True,
        text=True,
        timeout=WITHIN,
        preexec_fn=before,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("jiashu: ")]
    assert done.returncode == 2 and len(lines) == 1, f"{done.returncode}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("command", "changed", "says"),
    [
        ("assistant", {"JIASHU_SECRET_KEY": ""}, "JIASHU_SECRET_KEY is empty"),
        ("assistant", {"WECHAT_ENCODING_AES_KEY": "short-and-wrong"}, "EncodingAESKey has exactly 43"),
        ("assistant", {"JIASHU_PORT": "eighty"}, "JIASHU_PORT"),
        ("assistant", {"JIASHU_DATABASE_URL": "nonsense"}, "JIASHU_DATABASE_URL is not a URL of SQLite or PostgreSQL"),
        ("run", {"JIASHU_SECRET_KEY": ""}, "JIASHU_SECRET_KEY"),
        ("run", {"WECHAT_APP_SECRET": "", "WECHAT_TOKEN": ""}, "WECHAT_APP_SECRET, WECHAT_TOKEN"),
    ],
)
def test_a_wrong_setting_is_named(usable: dict[str, str], command: str, changed: dict[str, str], says: str) -> None:
    line = failing(command, {**usable, **changed})

    assert says in line and "short-and-wrong" not in line


@pytest.mark.parametrize("command", ["run", "assistant"])
def test_a_taken_port_is_named(usable: dict[str, str], taken_port: int, command: str) -> None:
    line = failing(command, {**usable, "JIASHU_PORT": str(taken_port)})

    assert "taken" in line and "JIASHU_PORT" in line


def test_a_missing_model_says_how_to_make_one(usable: dict[str, str], tmp_path: Path) -> None:
    assert "jiashu train" in failing("assistant", {**usable, "JIASHU_VAR": str(tmp_path / "empty")})


def test_a_broken_lesson_is_named_with_its_line(usable: dict[str, str], tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    broken = sorted(content.glob("lessons/*/*.md"))[0]
    broken.write_text("---\ntitle: 一课\nseries: \"没有引号收尾\n---\n", encoding="utf-8")

    line = failing("assistant", {**usable, "JIASHU_CONTENT": str(content)})

    assert f"{broken}:" in line


def test_a_folder_that_may_not_be_written_is_said(usable: dict[str, str], tmp_path: Path) -> None:
    if os.geteuid() == 0:  # root may write everywhere but here
        folder = Path("/proc")
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)

    line = failing("assistant", {**usable, "JIASHU_DATABASE_URL": f"sqlite:///{folder}/jiashu.db"})

    assert f"{folder}/jiashu.db" in line and "write" in line


def test_a_locked_database_is_said(usable: dict[str, str], tmp_path: Path) -> None:
    import sqlite3

    holder = sqlite3.connect(tmp_path / "jiashu.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert "is locked by another program" in failing("assistant", usable)
    finally:
        holder.close()


def test_a_database_that_cannot_grow_is_said(usable: dict[str, str]) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    assert "jiashu.db" in failing("assistant", usable, small)


def test_a_folder_that_keeps_nothing_is_said_before_training(usable: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    line = failing("run", {**usable, "JIASHU_VAR": str(tmp_path / "file")})

    assert f"nothing can be kept in the folder {tmp_path}/file" in line and "JIASHU_VAR" in line
