"""The drawings of comics, read once; their address changes with them, so that they may be kept for good."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.content.comics import Comic
from bot.pages.assets import stamp_of

_VIEW_BOX = re.compile(rb'viewBox="0 0 (\d{2,4}) (\d{2,4})"')


def drawing_address(comic: Comic, number: int) -> str:
    """Where the drawing of panel `number` (from 1) is."""
    return f"/comics/{comic.slug}/{stamp_of(drawing_of(comic.panels[number - 1].picture))}/{number}.svg"


def drawing_size(comic: Comic, number: int) -> tuple[int, int]:
    """Width and height by the drawing's viewBox, so that the page does not jump when it comes."""
    found = _VIEW_BOX.search(drawing_of(comic.panels[number - 1].picture))
    return (int(found[1]), int(found[2])) if found else (360, 270)


def drawing_of(path: Path) -> bytes:
    """The file's bytes, read anew when it was drawn anew."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> bytes:
    return path.read_bytes()
