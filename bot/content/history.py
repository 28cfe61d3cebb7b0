"""The history of `content/`: it is git underneath. Every change is one commit with the name of who wrote it.

Only the git program is used, with lists of arguments; names and paths never become options or commands.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_FIELDS = "%H%x1f%an%x1f%cI%x1f%s%x1e"
# Git's committer; the author is the person. An address is asked for, and staff have none here.
_WHO = ("-c", "user.name=Jiashu desk", "-c", "user.email=desk@localhost", "-c", "commit.gpgsign=false")
_PATIENCE = 60


class HistoryError(Exception):
    """Git cannot do it; the message says what to do, in the editors' language."""


@dataclass(frozen=True)
class Version:
    """One commit in which a file changed."""

    commit: str
    author: str
    at: datetime
    subject: str


def versions(content: Path, relative: str, limit: int = 50) -> list[Version]:
    """The commits that changed a file, newest first.

    Raises:
        HistoryError: `content` is not kept in git.
    """
    _in_git(content)
    if not _succeeds(content, "rev-parse", "--verify", "-q", "HEAD"):
        return []
    said = _git(content, "log", f"-n{limit}", f"--format={_FIELDS}", "--", relative)
    return [_version(line) for line in said.split("\x1e") if line.strip()]


def text_at(content: Path, commit: str, relative: str) -> str:
    """A file as it was in a commit; "" where it was not there.

    Raises:
        HistoryError: there is no such commit.
    """
    if not _COMMIT.fullmatch(commit) or not _succeeds(content, "cat-file", "-e", f"{commit}^{{commit}}"):
        raise HistoryError("没有这个版本")
    if not _succeeds(content, "cat-file", "-e", f"{commit}:./{relative}"):
        return ""
    return _git(content, "show", f"{commit}:./{relative}")


def top(folder: Path) -> Path:
    """The folder of the repository in which `folder` lies.

    Raises:
        HistoryError: it is not kept in git.
    """
    _in_git(folder)
    return Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))


def last_author(content: Path, relative: str) -> str:
    """Who changed a file last; "" where nobody is known."""
    return _git(content, "log", "-n1", "--format=%an", "--", relative).strip()


def record(content: Path, files: Mapping[str, bytes | None], author: str, subject: str, now: datetime) -> str:
    """Write files (paths below `content`; None: delete it) and make one commit of them; returns its name, or that of the last commit
    where it has all of it already. When git refuses, the files are as before.

    Raises:
        HistoryError: `content` is not kept in git, or git refuses.
    """
    _in_git(content)
    before = {name: _bytes(content / name) for name in files}
    try:
        for name, data in files.items():
            if data is None:
                (content / name).unlink(missing_ok=True)
            else:
                write(content / name, data)
        # Git takes the name of a file that is gone for a slip, unless it knew the file.
        known = [name for name, data in files.items() if data is not None or _succeeds(content, "ls-files", "--error-unmatch", "--", name)]
        if known:
            _git(content, "add", "-A", "--", *known)
        if known and not _succeeds(content, "diff", "--cached", "--quiet", "HEAD", "--", *known):
            author_is = f"--author={_plain(author)} <desk@localhost>"
            _git(content, "commit", "-q", "--only", author_is, f"-m{subject}", "--", *known, at=now)
    except (HistoryError, OSError) as error:
        _put_back(content, before)
        if isinstance(error, OSError):
            raise HistoryError(f"文件写不进去：{error.strerror}。请找管理员看看磁盘和权限") from error
        raise
    return _git(content, "rev-parse", "HEAD").strip()


def write(path: Path, data: bytes) -> None:
    """Write a file at once: a reader sees the old or the new, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _put_back(content: Path, before: Mapping[str, bytes | None]) -> None:
    for name, data in before.items():
        if data is None:
            (content / name).unlink(missing_ok=True)
        elif _bytes(content / name) != data:
            write(content / name, data)
    # What was staged for this commit alone goes back to what the last commit had.
    _succeeds(content, "reset", "-q", "--", *before)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _plain(author: str) -> str:
    return re.sub(r"[<>\x00-\x1f]", "", author).strip() or "desk"


def _version(line: str) -> Version:
    commit, author, at, subject = line.strip("\n").split("\x1f")
    return Version(commit, author, datetime.fromisoformat(at.replace("Z", "+00:00")), subject)


def _in_git(content: Path) -> None:
    if not _succeeds(content, "rev-parse", "--show-toplevel"):
        raise HistoryError("放课文的文件夹不在 git 里，所以没有历史，也不能定稿。请管理员在那里运行 git init，再提交一次")


def _succeeds(content: Path, *arguments: str) -> bool:
    return _run(content, arguments, None).returncode == 0


def _git(content: Path, *arguments: str, at: datetime | None = None) -> str:
    done = _run(content, arguments, at)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace")
    said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    if "index.lock" in said:
        raise HistoryError("别人正在写历史，请过几秒再试")
    raise HistoryError(f"git 没有做成：{said.splitlines()[-1] if said else done.returncode}")


def _run(content: Path, arguments: tuple[str, ...], at: datetime | None) -> subprocess.CompletedProcess[bytes]:
    # Inside a hook GIT_DIR and the like point to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"}
    if at is not None:
        environment |= {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()}
    command = ["git", "-C", str(content), *_WHO, *arguments]
    try:
        return subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE, check=False)
    except FileNotFoundError as error:
        raise HistoryError("这台机器上没有 git，请管理员装上") from error
    except subprocess.TimeoutExpired as error:
        raise HistoryError("git 一直没有回答，请过一会儿再试") from error
