"""The copy that a run works on: var/publish/<number>, laid out like the project, with the code linked in. It stays, for rolling back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

# What a case of the fixed sets may be answered with.
_ANSWERED = ("lessons/**/*.md", "safety/*.yml")
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)
_COPIED = ("data", "domain")
_LINKED = ("bot", "actions", "tests")
INSTALLED = 0
# Copies kept: enough to go back some publishings.
_KEPT = 6


def tree_of(var: Path, run_id: int) -> Path:
    """Where the copy of a run lies, or would."""
    return var / "publish" / str(run_id)


def keep_installed(root: Path, content: Path, var: Path, model: str, named: Callable[[Path, Path], str]) -> None:
    """Copy 0: the files of the model that answers before anything was published, for going back to them.

    `model`: its name, which is made of these files (`named`: folder and content → name). A copy of the same model stays as it is.
    """
    place = tree_of(var, INSTALLED)
    if not place.exists() or named(place, place / "content") != model:
        make_tree(root, content, var, INSTALLED)


def make_tree(root: Path, content: Path, var: Path, run_id: int) -> Path:
    """Copy what training reads; copies of old runs are deleted."""
    place = tree_of(var, run_id)
    if place.exists():
        shutil.rmtree(place)
    return copy_project(root, content, place)


def copy_project(root: Path, content: Path, place: Path) -> Path:
    """What training reads, laid out like the project below `place`, with the code linked in."""
    shutil.copytree(content, place / "content")
    for name in _COPIED:
        shutil.copytree(root / name, place / name)
    shutil.copy(root / "config.yml", place)
    for name in _LINKED:
        if (root / name).exists():
            (place / name).symlink_to((root / name).resolve())
    return place


def inside(place: Path, name: str) -> Path:
    """A file of such a copy by the name that editors know it by: below content/, or data/… and domain/… of the project."""
    return place / name if name.partition("/")[0] in _COPIED else place / "content" / name


def lessons_changed(content: Path, before: Path) -> set[str]:
    """Slugs and titles of the lessons and scripts that are other in the one folder of content than in the other, or in one alone."""
    names = {path.relative_to(home) for home in (content, before) for kind in _ANSWERED for path in home.glob(kind)}
    other = [home / name for name in names if bytes_of(content / name) != bytes_of(before / name) for home in (content, before)]
    titles = (_TITLE.search(text.decode("utf-8", "replace")) for text in map(bytes_of, other) if text)
    return {path.stem for path in other} | {found[1].strip("\"' ") for found in titles if found}


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None: there is none."""
    return path.read_bytes() if path.is_file() else None


def forget_old(var: Path, needed: set[int]) -> None:
    """Delete the copies of old runs, but not of those that answer now or would after rolling back."""
    numbers = sorted(int(each.name) for each in (var / "publish").iterdir() if each.name.isdigit())
    for number in numbers[:-_KEPT]:
        if number not in needed:
            shutil.rmtree(tree_of(var, number))
