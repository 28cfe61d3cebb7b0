"""Pictures in lessons: files of `content/pictures`, named in a body as `![what it shows](pictures/name.jpg)`. Nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bot import services
from bot.pages.assets import stamp_of

KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_NAME = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,80}}\.(?:{'|'.join(KINDS)})")


@dataclass(frozen=True)
class Picture:
    """One file; `address` changes with its content, width and height keep the page from jumping when it comes."""

    body: bytes
    kind: str
    address: str
    width: int
    height: int


def picture(name: str) -> Picture | None:
    """The picture of that name; None where there is none, or it is no picture."""
    path = services.settings().content_path / "pictures" / name
    # The whole name is looked at before the file is: no folder, no dots but the one before the kind.
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Picture | None:
    body = path.read_bytes()
    try:
        with Image.open(BytesIO(body)) as opened:
            width, height = opened.size
    except (UnidentifiedImageError, OSError):
        return None
    return Picture(body, KINDS[path.suffix[1:]], f"/pictures/{stamp_of(body)}/{path.name}", width, height)

