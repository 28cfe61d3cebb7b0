"""Going back, in the files: what a publishing changed becomes what it was before; what somebody changed since is never overwritten unseen.

Three states of every file count: the copy of before, the copy that was published, and what stands there now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.content import history
from bot.publish import recording
from bot.publish.runs import Run
from bot.publish.tree import tree_of

# Of a copy: what editors and reviewers change. Engineers' files (config.yml, code) stay as they are.
FOLDERS = ("content", "data", "domain")


@dataclass(frozen=True)
class Plan:
    """Names are those of a copy: content/…, data/…, domain/….

    `back`: files that stand as they were published, with what they become (None: they go). `later`: files that were changed since, with
    the same. Without a copy of before `known` is False, and nothing can be put back.
    """

    back: Mapping[str, bytes | None] = field(default_factory=dict)
    later: Mapping[str, bytes | None] = field(default_factory=dict)
    known: bool = True


@dataclass(frozen=True)
class Reverted:
    """What came of it: files that are as before, those of them whose later text is a draft now, those left alone; `trouble`: why none is."""

    back: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    trouble: str = ""


# A file (its name as editors know it: below content/, or data/… and domain/…), its text now, and what it becomes: whether the text was
# kept as a draft.
Keep = Callable[[str, str, str], bool]


def plan(root: Path, content: Path, var: Path, run: Run) -> Plan:
    """What going back from `run` to what was before it would do to the files."""
    before, published = tree_of(var, run.before_run), tree_of(var, run.id)
    if not (before / "content").is_dir() or not (published / "content").is_dir():
        return Plan(known=False)
    back: dict[str, bytes | None] = {}
    later: dict[str, bytes | None] = {}
    for name in _names(before) | _names(published):
        was, then = _read(before / name), _read(published / name)
        if was == then:
            continue
        now = _read(_here(root, content, name))
        if now != was:
            (back if now == then else later)[name] = was
    return Plan(dict(sorted(back.items())), dict(sorted(later.items())))


def carry_out(planned: Plan, root: Path, content: Path, keep: Keep, by: str, subject: str, now: datetime) -> Reverted:
    """Write the files: one commit in each repository that they lie in, which is one as a rule.

    Raises:
        HistoryError: git refuses; the files of that repository are as they were.
    """
    drafts = [name for name, was in planned.later.items() if _kept(root, content, name, was, keep)]
    changes = {**planned.back, **{name: planned.later[name] for name in drafts}}
    _commit({_here(root, content, name): data for name, data in changes.items()}, by, subject, now)
    return Reverted(tuple(sorted(changes)), tuple(drafts), tuple(name for name in planned.later if name not in drafts))


def _kept(root: Path, content: Path, name: str, was: bytes | None, keep: Keep) -> bool:
    folder, _, relative = name.partition("/")
    now = _read(_here(root, content, name))
    if now is None:
        return False
    try:
        return keep(relative if folder == "content" else name, now.decode("utf-8"), (was or b"").decode("utf-8"))
    except UnicodeDecodeError:  # a picture
        return False


def _commit(changes: Mapping[Path, bytes | None], by: str, subject: str, now: datetime) -> None:
    places: dict[Path, dict[str, bytes | None]] = defaultdict(dict)
    for path, data in changes.items():
        top = history.top(_there(path))
        places[top][path.relative_to(top).as_posix()] = data
    for top, files in places.items():
        recording.record(top, files, by, subject, now)


def _there(path: Path) -> Path:
    """The nearest folder above a file that exists: a folder may have come with its only file."""
    return next(folder for folder in path.parents if folder.is_dir())


def _names(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for folder in FOLDERS for path in _files(tree / folder)}


def _files(folder: Path) -> Collection[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts]


def _here(root: Path, content: Path, name: str) -> Path:
    folder, _, relative = name.partition("/")
    return ((content if folder == "content" else root / folder) / relative).resolve()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
