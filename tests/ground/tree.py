"""What is in the checkout, for tests that look at the files themselves."""

from __future__ import annotations

import ast
import subprocess
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TEXTS = {".cfg", ".conf", ".css", ".html", ".ini", ".js", ".json", ".jsonl", ".lock", ".mako", ".md", ".py", ".service"}
TEXTS |= {".sh", ".svg", ".toml", ".txt", ".yml", ""}


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git has or would take; without git, what lies in no hidden folder."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, capture_output=True, check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not _aside(path.relative_to(ROOT))]
    return tuple(sorted(path for path in found if path.is_file()))


def texts() -> list[Path]:
    """The project's files that hold text."""
    return [path for path in files() if path.suffix in TEXTS]


def modules(*folders: str) -> list[Path]:
    """The Python modules below the named folders."""
    wanted = [ROOT / folder for folder in folders]
    return [path for path in files() if path.suffix == ".py" and any(folder in path.parents for folder in wanted)]


def name(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> set[str]:
    """The modules that `path` imports by their full names, at the top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def strings(path: Path) -> set[str]:
    """The string constants of a module, docstrings included."""
    return {node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _aside(path: Path) -> bool:
    return path.parts[0] == "var" or "__pycache__" in path.parts or any(part in HIDDEN for part in path.parts)


HIDDEN = {".git", ".venv", ".tools", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".rasa", ".env"}
