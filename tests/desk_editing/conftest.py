"""A content folder in a git repository of its own, and the desk over it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.desk.editing import files
from tests.desk.support import Desk, desk_services, desk_serving

LESSON = "lessons/child_safety/crossing-the-road.md"


def git(content: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(content), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="session")
def untouched_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with its content and its first commit: making it takes several calls of git, a copy of it none."""
    site = tmp_path_factory.mktemp("untouched") / "site"
    shutil.copytree("tests/content/library", site / "content")
    # The sentences and replies lie beside the content; nothing here may touch the project's own.
    for name in ("data/nlu", "data/rules", "domain"):
        shutil.copytree(name, site / name)
    with pytest.MonkeyPatch.context() as patch:
        _outside_of_hooks(patch)
        git(site, "init", "-q", "--template=")
        git(site, "add", "-A")
        git(site, "-c", "user.name=first", "-c", "user.email=first@localhost", "commit", "-q", "-m", "Begin")
        git(site, "repack", "-adq")  # two files to copy, not hundreds
    return site


@pytest.fixture
def content(tmp_path: Path, untouched_site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _outside_of_hooks(monkeypatch)
    site = Path(shutil.copytree(untouched_site, tmp_path / "site"))
    monkeypatch.setattr(files, "PROJECT", site)
    return site / "content"


def _outside_of_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run inside a hook of another repository.
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock(tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManualClock]:
    turned = ManualClock()
    turned.turn(timedelta(days=300))  # after the day on which the lessons were written
    with desk_services(tmp_path, monkeypatch, turned, CONTENT=str(content)):
        yield turned


@pytest.fixture
async def desk(clock: ManualClock) -> AsyncIterator[Desk]:
    async with desk_serving(clock) as here:
        yield here
