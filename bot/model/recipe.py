"""Name a model by what it is made of: the same files always give the same name, a change in any gives another."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

# Everything that training reads. A campaign or a menu is not part of a model.
INGREDIENTS = (
    "config.yml",
    "domain",
    "data",
    "content/lessons",
    "content/safety",
    "content/terms",
    "content/dialect.yml",
    "bot/nlu",
    "bot/text",
    "bot/content",
)
_READ = {".yml", ".md", ".txt", ".py"}


def fingerprint(root: Path) -> str:
    """Sixteen hex digits over the ingredients below `root`, Rasa's version and Python's (models hold pickled scikit-learn)."""
    digest = hashlib.sha256(f"{version('rasa')} {platform.python_version_tuple()[:2]}".encode())
    for path in _files(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def model_path(root: Path, var: Path) -> Path:
    """Where the model made of the present files lies, or would."""
    return var / "models" / f"{fingerprint(root)}.tar.gz"


def _files(root: Path) -> Iterator[Path]:
    for name in INGREDIENTS:
        place = root / name
        candidates = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (path for path in candidates if path.suffix in _READ and path.is_file())
