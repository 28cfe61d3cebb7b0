"""What gives a lesson to parents by its name: a campaign, a quiz, a comic. A lesson cannot be put away while something does."""

from __future__ import annotations

import re
from pathlib import Path

_KINDS = {"campaigns": "提醒", "quizzes": "测验", "comics": "漫画"}
_TITLE = re.compile(r"^title:\s*(.+?)\s*$", re.MULTILINE)

_STATUS = re.compile(r"^status:\s*[\"']?(\w+)", re.MULTILINE)
_QUOTES = "\"'"


def puts_away(content: Path, relative: str, text: str) -> bool:
    """Whether parents get a lesson now, and would not with this text."""
    path = content / relative
    return path.is_file() and _given(path.read_text("utf-8")) and not _given(text)


def referring(content: Path, relative: str) -> list[str]:
    """What names the lesson, as editors call it."""
    slug = re.escape(Path(relative).stem)
    named = re.compile(rf"^[\s-]*lesson:\s*[\"']?{slug}[\"']?\s*(?:#.*)?$", re.MULTILINE)
    found = []
    for folder, kind in _KINDS.items():
        for path in sorted((content / folder).glob("*.yml")):
            text = path.read_text("utf-8")
            if named.search(text):
                title = _TITLE.search(text)
                found.append(f"{kind}《{title[1].strip(_QUOTES)}》" if title else f"它的{kind}")
    return list(dict.fromkeys(found))



def _given(text: str) -> bool:
    status = _STATUS.search(text)
    return status is not None and status[1] != "draft"
