"""Which model and which content a process starts with, and how a running one turns to others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.lock_store import InMemoryLockStore

from bot import services
from bot.assistant.published import Published, content_of
from bot.commands import assistant, run
from bot.content.documents import ContentError
from bot.model import train
from bot.model.current import Current, choose, read_current, take_back
from bot.settings import Settings

LIBRARY = Path("tests/content/library")


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A run's copy with a lesson less than the library, and the model of that run."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models/new.tar.gz").write_text("")
    copy = shutil.copytree(LIBRARY, tmp_path / "publish/3/content")
    (copy / "dialect.yml").write_text("孩子: [崽崽牛]\n", encoding="utf-8")
    monkeypatch.setenv("JIASHU_CONTENT", str(LIBRARY))
    monkeypatch.setenv("JIASHU_VAR", str(tmp_path))
    services.forget()
    yield tmp_path
    services.forget()


def _published(var: Path) -> Published:
    nothing: Any = None
    return Published(var, str(LIBRARY), InMemoryLockStore(), nothing)


def test_a_choice_has_the_content_of_its_run(var: Path) -> None:
    assert content_of(var, Current("new.tar.gz", 3), "home") == str(var / "publish/3/content")
    assert content_of(var, Current("old.tar.gz", 0), "home") == "home"
    assert content_of(var, Current("new.tar.gz", 99), "home") == "home"


def test_the_process_turns_to_the_copy_and_back(var: Path) -> None:
    published = _published(var)

    published.renew(Current("new.tar.gz", 3))
    assert services.settings().content_path == var / "publish/3/content"
    published.renew(Current("old.tar.gz", 0))
    assert services.settings().content_path == LIBRARY


def test_a_broken_copy_changes_nothing(var: Path) -> None:
    before = services.library()
    next((var / "publish/3/content/lessons").rglob("*.md")).write_text("no front matter", encoding="utf-8")

    with pytest.raises(ContentError):
        _published(var).renew(Current("new.tar.gz", 3))

    assert services.settings().content_path == LIBRARY and services.library() is before


def test_a_restart_keeps_what_was_published(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.from_environment()
    assert assistant._published(settings) is None

    choose(var, Current("new.tar.gz", 3))
    assert assistant._published(settings) == var / "models/new.tar.gz"
    assert os.environ["JIASHU_CONTENT"] == str(var / "publish/3/content")

    monkeypatch.setattr(train, "ensure_model", lambda *given: pytest.fail("a restart must not let out what nobody approved"))
    run._ready_model(settings)


def test_without_a_choice_or_its_model_the_present_files_decide(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(train, "ensure_model", lambda root, *others: asked.append(root))
    choose(var, Current("gone.tar.gz", 3))

    run._ready_model(Settings.from_environment())
    assert asked == [Path.cwd()] and assistant._published(Settings.from_environment()) is None

    choose(var, Current("new.tar.gz", 3))
    take_back(var)
    take_back(var)
    run._ready_model(Settings.from_environment())
    assert len(asked) == 2 and read_current(var) is None
