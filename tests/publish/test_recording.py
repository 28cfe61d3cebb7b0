"""A commit of the desk goes past a lock that nobody holds any more, and never past one that somebody may hold."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.history import HistoryError
from bot.publish import recording
from tests.publish.support import NOW

OLD = recording.LEFT_AFTER + 60


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.yml").write_text("a: 1\n")
    for arguments in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Begin"]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return folder


def _locked(content: Path, name: str, seconds: float) -> Path:
    lock = content.parent / ".git" / name
    lock.touch()
    then = time.time() - seconds
    os.utime(lock, (then, then))
    return lock


@pytest.fixture
def git_at_work(content: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A git that waits for somebody in the repository, as one does while a person writes the words of a commit."""
    with subprocess.Popen(["git", "-C", str(content.parent), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdin.write(b"HEAD\n")
        process.stdin.flush()
        process.stdout.readline()  # it is there, in its folder
        yield process
        process.kill()


@pytest.mark.parametrize("name", ["index.lock", "HEAD.lock"])
def test_a_lock_that_was_left_behind_is_taken_away(content: Path, name: str) -> None:
    lock = _locked(content, name, OLD)

    commit = recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)

    assert not lock.exists()
    said = subprocess.run(["git", "-C", str(content), "log", "-1", "--format=%H %an"], capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"{commit} 王老师"


def test_so_is_that_of_the_branch(content: Path) -> None:
    branch = subprocess.run(["git", "-C", str(content), "symbolic-ref", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    lock = _locked(content, f"{branch}.lock", OLD)

    recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)

    assert not lock.exists()


def test_a_young_lock_is_somebodys(content: Path) -> None:
    lock = _locked(content, "index.lock", 30)

    with pytest.raises(HistoryError, match="过几秒再试"):
        recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)

    assert lock.exists() and (content / "a.yml").read_bytes() == b"a: 1\n"


def test_an_old_lock_beside_a_git_that_runs_is_for_the_administrator(content: Path, git_at_work: subprocess.Popen[bytes]) -> None:
    lock = _locked(content, "index.lock", OLD)

    with pytest.raises(HistoryError, match="11 分钟.*请管理员.*index.lock"):
        recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)
    assert lock.exists() and (content / "a.yml").read_bytes() == b"a: 1\n"

    git_at_work.kill()
    git_at_work.wait()
    recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)
    assert not lock.exists()


def test_in_a_worktree_its_own_lock_counts(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run(["git", "-C", str(content), "worktree", "add", "-q", "--detach", str(other)], check=True)
    lock = tmp_path / ".git/worktrees/other/index.lock"
    _locked(content, "worktrees/other/index.lock", OLD)

    recording.record(other / "content", {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)

    assert not lock.exists() and (other / "content/a.yml").read_bytes() == b"a: 2\n"


def test_where_processes_cannot_be_seen_a_person_decides(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_PROCESSES", tmp_path / "nothing")
    lock = _locked(content, "index.lock", OLD)

    with pytest.raises(HistoryError, match="请管理员"):
        recording.record(content, {"a.yml": b"a: 2\n"}, "王老师", "改", NOW)
    assert lock.exists()
