"""Every change is one commit with its author's name, and nothing else."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.content import history
from bot.content.history import HistoryError
from tests.desk_editing.conftest import LESSON, git

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=timezone.utc)


def test_a_change_is_one_commit_of_these_files_alone(content: Path) -> None:
    (content / "words.yml").write_text("# 别人还没写完\n", "utf-8")
    git(content, "add", "words.yml")

    commit = history.record(content, {LESSON: b"x\n", "pictures/new.png": b"y"}, "王老师", "过马路", NOW)

    assert git(content, "log", "-1", "--format=%an|%s|%H").strip() == f"王老师|过马路|{commit}"
    assert git(content, "show", "--name-only", "--format=", commit).split() == [f"content/{LESSON}", "content/pictures/new.png"]
    assert git(content, "diff", "--cached", "--name-only").split() == ["content/words.yml"], "what others prepared stays so"


def test_versions_come_newest_first_and_can_be_read(content: Path) -> None:
    old = (content / LESSON).read_text("utf-8")
    commit = history.record(content, {LESSON: "新\n".encode()}, "王老师", "一\n改", NOW)

    newest, first = history.versions(content, LESSON)
    assert (newest.commit, newest.author, newest.at, first.subject) == (commit, "王老师", NOW, "Begin")
    assert history.text_at(content, first.commit, LESSON) == old
    assert history.text_at(content, commit, LESSON) == "新\n"
    assert history.text_at(content, commit, "lessons/none.md") == ""


@pytest.mark.parametrize("author", ["a <b@c>", "--amend", "\n", "x\ny", ""])
def test_a_name_is_a_name(content: Path, author: str) -> None:
    history.record(content, {LESSON: b"x\n"}, author, "--all", NOW)

    assert git(content, "log", "--format=%s").split() == ["--all", "Begin"]


@pytest.mark.parametrize("commit", ["", "HEAD", "-p", "f" * 40, "main:../x", "0000000"])
def test_only_a_commit_is_a_commit(content: Path, commit: str) -> None:
    with pytest.raises(HistoryError, match="没有这个版本"):
        history.text_at(content, commit, LESSON)


def test_when_git_refuses_the_files_are_as_before(content: Path) -> None:
    before = (content / LESSON).read_bytes()
    (content.parent / ".git" / "index.lock").touch()

    with pytest.raises(HistoryError, match="过几秒再试"):
        history.record(content, {LESSON: b"x\n", "pictures/new.png": b"y"}, "王", "改", NOW)

    assert (content / LESSON).read_bytes() == before
    assert not (content / "pictures/new.png").exists()


def test_a_hook_that_says_no_leaves_nothing_behind(content: Path) -> None:
    hook = content.parent / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not now >&2\nexit 1\n")
    hook.chmod(0o755)

    with pytest.raises(HistoryError, match="not now"):
        history.record(content, {LESSON: b"x\n", "new.yml": b"y"}, "王", "改", NOW)

    assert git(content, "status", "--porcelain") == ""


def test_without_git_it_says_so(tmp_path: Path) -> None:
    (tmp_path / LESSON).parent.mkdir(parents=True)
    (tmp_path / LESSON).write_text("x")

    for call in (lambda: history.versions(tmp_path, LESSON), lambda: history.record(tmp_path, {LESSON: b"y"}, "王", "改", NOW)):
        with pytest.raises(HistoryError, match="git init"):
            call()
    assert (tmp_path / LESSON).read_text() == "x"
