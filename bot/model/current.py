"""Which model is to answer: a small file under var/publish, written when something is published or taken back.

The assistant looks at it, and writes beside it which model does answer, or why the new one does not. Both are files and not rows,
because they speak of files: on a second machine with the same database another model may lie.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

_FOLDER, _CURRENT, _SERVING = "publish", "current.json", "serving.json"


@dataclass(frozen=True)
class Current:
    """`model`: the name of a file under var/models; `run`: the number of the publishing that chose it. Equal ones are the same choice."""

    model: str
    run: int


@dataclass(frozen=True)
class Serving:
    """What the assistant says: `model` answers; `trouble` is the sentence on why `wanted` does not, or empty."""

    model: str
    wanted: Current | None = None
    trouble: str = ""


def read_current(var: Path) -> Current | None:
    """The choice; None when there is none, or when it cannot be read."""
    data = _read(var / _FOLDER / _CURRENT)
    model, run = data.get("model"), data.get("run")
    # A name and nothing else: the file might have been edited by hand.
    if not isinstance(model, str) or Path(model).name != model or not isinstance(run, int):
        return None
    return Current(model, run)


def content_of(var: Path, current: Current, home: str) -> str:
    """The folder of content that belongs to a choice; `home`, that of the settings, where there is no copy."""
    copy = var / _FOLDER / str(current.run) / "content"
    return str(copy) if copy.is_dir() else home


def choice_stamp(var: Path) -> tuple[Current | None, int]:
    """The choice and when it was written: the same choice is written once more when the files that belong to it are in their place."""
    path = var / _FOLDER / _CURRENT
    return read_current(var), path.stat().st_mtime_ns if path.exists() else 0


def choose(var: Path, current: Current) -> None:
    """From now on this one is to answer."""
    _write(var / _FOLDER / _CURRENT, asdict(current))


def take_back(var: Path) -> None:
    """No choice any more: at its next start the assistant answers with the model of the present files."""
    (var / _FOLDER / _CURRENT).unlink(missing_ok=True)


def read_serving(var: Path) -> Serving | None:
    """What the assistant said last; None before it said anything."""
    data = _read(var / _FOLDER / _SERVING)
    if not isinstance(data.get("model"), str):
        return None
    wanted = data.get("wanted")
    chosen = Current(str(wanted["model"]), int(wanted["run"])) if isinstance(wanted, dict) else None
    return Serving(str(data["model"]), chosen, str(data.get("trouble", "")))


def tell(var: Path, serving: Serving) -> None:
    """The assistant says which model answers."""
    _write(var / _FOLDER / _SERVING, asdict(serving))


def _read(path: Path) -> dict[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _write(path: Path, data: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    # In one step: who looks at it finds the old one or the new one, never half of it.
    os.replace(draft, path)
