"""Style, script and pictures of the pages, read once; the hash of the content is in the address, so they are kept a year."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True)
class Asset:
    """One file; `packed` is its gzip form, None for what is compressed already."""

    name: str
    kind: str
    body: bytes
    packed: bytes | None
    stamp: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Every file of `static/` by name."""
    return {path.name: _read(path) for path in sorted(STATIC.iterdir()) if path.suffix in KINDS}


def address(name: str) -> str:
    """The path under which a browser may keep the file for good."""
    return f"/static/{assets()[name].stamp}/{name}"


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    packed = None if path.suffix == ".png" else gzip.compress(body, 9, mtime=0)
    return Asset(path.name, KINDS[path.suffix], body, packed, stamp_of(body))


def stamp_of(body: bytes) -> str:
    """A short name for this very content."""
    return hashlib.sha256(body).hexdigest()[:12]
