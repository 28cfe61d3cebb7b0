"""The counts that the library may not fall below."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import library
from bot.content.catalogue import MINIMUMS, Stock, counted

SMALL = Path(__file__).parent / "library"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture(scope="module")
def real(root: Path) -> Stock:
    return library.stock(root / "content")


def test_the_library_holds_what_was_promised(real: Stock) -> None:
    assert [f"{line.have} / {line.least} {line.title}" for line in counted(real) if not line.kept] == []


def test_every_promise_is_named_once(real: Stock) -> None:
    titles = [line.title for line in counted(real)]

    assert len(titles) == len(set(titles)) == len(MINIMUMS) + 2


def test_one_starter_too_few_is_seen(real: Stock) -> None:
    (promise,) = (each for each in MINIMUMS if each.title == "聊天话头")
    shelf = replace(real.shelf, starters=real.shelf.starters[: promise.least - 1])

    line = next(each for each in counted(replace(real, shelf=shelf)) if each.title == promise.title)

    assert (line.have, line.kept) == (199, False)


def test_the_share_of_relay_cards_is_counted_over_all_lessons(content: Path) -> None:
    lines = {line.title: line for line in counted(library.stock(content))}

    # One of the two lessons of the small library has a card.
    assert lines["能转给老人的课文（至少三分之一）"].kept
    assert lines["有一件小事可做的课文（每一课）"].least == 2


def test_the_command_says_what_is_missing(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIASHU_CONTENT", str(content))

    assert library.run(argparse.Namespace()) == 1
    shown = capsys.readouterr().out
    assert "少     3 / 200  聊天话头" in shown and "项还不够" in shown


def test_the_command_is_silent_about_what_is_there(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIASHU_CONTENT", str(root / "content"))
    library.run(argparse.Namespace())

    assert "少" not in next(line for line in capsys.readouterr().out.splitlines() if line.endswith(" 聊天话头"))
