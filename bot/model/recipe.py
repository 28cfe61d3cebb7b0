"""Name a model by what it is made of: the same files always give the same name, a change in any gives another."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

# Everything that training reads: of the project, and of the folder of content, wherever that lies. A campaign or a menu is not
# part of a model.
_PROJECT = ("config.yml", "domain", "data", "bot/nlu", "bot/text", "bot/content")
_CONTENT = ("lessons", "safety", "terms", "dialect.yml")
_READ = {".yml", ".md", ".txt", ".py"}


def fingerprint(root: Path, content: Path | None = None) -> str:
    """Sixteen hex digits over the ingredients, Rasa's version and Python's (models hold pickled scikit-learn).

    `content`: the folder of content, below `root` unless told. Its own name does not count: a copy of it gives the same digits.
    """
    digest = hashlib.sha256(f"{version('rasa')} {platform.python_version_tuple()[:2]}".encode())
    for name, path in (*_files(root, _PROJECT, ""), *_files(content or root / "content", _CONTENT, "content/")):
        digest.update(name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def model_path(root: Path, var: Path, content: Path | None = None) -> Path:
    """Where the model made of the present files lies, or would."""
    return var / "models" / f"{fingerprint(root, content)}.tar.gz"


def _files(folder: Path, ingredients: tuple[str, ...], prefix: str) -> Iterator[tuple[str, Path]]:
    for name in ingredients:
        place = folder / name
        candidates = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (
            (prefix + path.relative_to(folder).as_posix(), path)
            for path in candidates
            if path.suffix in _READ and path.is_file()
        )
