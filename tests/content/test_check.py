"""`jiashu check` and what lies between it and the rules."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.commands.check import add_to
from bot.content.documents import ContentError
from bot.content.lint.run import check
from tests.content.cases import SAFE, TALK, Change

LIBRARY = Path(__file__).parent / "library"
TODAY = date(2026, 11, 21)
LONG = Change("C017", TALK, "  他连着两个", "  " + "他今天说一点明天也说一点" * 6 + "他连着两个")
RARE = Change("C025", TALK, "  他连着两个", "  會講。他连着两个")
SAME = Change("C005", TALK, "  - 想问成绩又怕他烦\n", "  - 在家怎么练看左看右\n")
DRAFT = Change("", TALK, "status: published", "status: draft")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    monkeypatch.chdir(tmp_path)
    return content


def jiashu(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_to(parser.add_subparsers())
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


def test_it_passes_a_clean_library(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiashu("check") == 0
    assert (
        capsys.readouterr().out
        == "看了 2 课、1 份急救文案、52 个问题：0 处要改，0 处提醒。每条规则的说明在 docs/lint/。\n"
    )


def test_it_fails_on_an_error(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    LONG.apply(content)
    assert jiashu("check") == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"content/{TALK}:42: C017 “他今天说一点明天也说一点……”这句有 ")
    assert "1 处要改，0 处提醒" in last


def test_it_fails_on_a_warning_only_when_strict(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    RARE.apply(content)
    assert jiashu("check") == 0
    assert f"content/{TALK}:42: C025 提醒：“會講”是繁体字" in capsys.readouterr().out
    assert jiashu("check", "--strict") == 1


def test_it_shows_only_what_was_asked_for(content: Path) -> None:
    LONG.apply(content)
    assert jiashu("check", f"content/{TALK}") == 1
    assert jiashu("check", "content/lessons/remote_communication") == 1
    assert jiashu("check", f"content/{SAFE}", "content/safety") == 0


def test_it_shows_what_two_files_share_for_either(content: Path) -> None:
    SAME.apply(content)
    assert jiashu("check", f"content/{TALK}") == 1
    assert jiashu("check", f"content/{SAFE}") == 1


@pytest.mark.parametrize("path", ["content/lessons/nobody.md", "/"])
def test_it_refuses_a_path_that_is_not_in_the_content(content: Path, path: str) -> None:
    with pytest.raises(ContentError):
        jiashu("check", path)


def test_it_says_when_there_is_no_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContentError, match="没有这个文件夹"):
        jiashu("check")


def test_the_faults_of_a_draft_are_warnings(content: Path) -> None:
    LONG.apply(content)
    DRAFT.apply(content)
    report = check(content, TODAY)
    assert ([each.code for each in report.errors], [each.code for each in report.warnings]) == ([], ["C017"])


def test_a_draft_that_cannot_be_read_is_an_error(content: Path) -> None:
    DRAFT.apply(content)
    Change("", TALK, "ages: [72, 144]", "ages: 6").apply(content)
    assert [each.code for each in check(content, TODAY).errors] == ["C001"]


def test_broken_tables_do_not_stop_the_check(content: Path) -> None:
    for name in ("hotlines.yml", "words.yml", "dialect.yml", "menu.yml"):
        (content / name).write_text("a: [", encoding="utf-8")
    codes = [each.code for each in check(content, TODAY).errors]
    assert codes.count("C024") == 4


def test_it_does_not_load_rasa() -> None:
    program = "import sys, bot.content.lint.run; print(sorted(m for m in sys.modules if m.split('.')[0] in {'rasa', 'tensorflow'}))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_finished_lesson_does_not_give_way_to_a_draft(content: Path) -> None:
    SAME.apply(content)
    Change("", SAFE, "status: published", "status: draft").apply(content)
    report = check(content, TODAY)
    assert (report.errors, [each.path for each in report.warnings]) == ((), [content / SAFE])
