"""A comic: a lesson told in a few drawn panels, each with words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml
from bot.content.lessons import STATUSES, Lesson

PANELS = (3, 6)
_KEYS = {"alt", "says", "note"}


@dataclass(frozen=True)
class Panel:
    """One drawing, 360 units wide: what it shows (`alt`), who says what in its balloons, and the line under it."""

    picture: Path
    alt: str
    says: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Comic:
    """One file of `content/comics/`; its drawings stand in the folder of the same name as 1.svg, 2.svg …"""

    slug: str
    title: str
    lesson: str
    summary: str
    panels: tuple[Panel, ...]
    status: str
    path: Path


def load_comics(content: Path, lessons: Mapping[str, Lesson]) -> dict[str, Comic]:
    """The published comics of published lessons, by slug.

    Raises:
        ContentError: the first broken file, or the first panel without its drawing.
    """
    comics: dict[str, Comic] = {}
    for path in sorted((content / "comics").glob("*.yml")):
        comic = read_comic(path)
        if comic.status != "published" or comic.lesson not in lessons:
            continue
        for panel in comic.panels:
            if not panel.picture.is_file():
                raise ContentError(path, 1, f"少了图 {panel.picture.name}：运行 python -m tools.comics 画出来")
        comics[comic.slug] = comic
    return comics


def read_comic(path: Path) -> Comic:
    """Read and check the shape of one comic; whether it is drawn is not looked at.

    Raises:
        ContentError: with file, line and what to do.
    """
    return comic_from(read_yaml(path))


def comic_from(document: Document) -> Comic:
    """Build a `Comic` from a document that was read already."""
    return Comic(
        slug=document.path.stem,
        title=fields.text(document, "title"),
        lesson=fields.text(document, "lesson"),
        summary=fields.text(document, "summary"),
        panels=_panels(document),
        status=fields.choice(document, "status", STATUSES),
        path=document.path,
    )


def _panels(document: Document) -> tuple[Panel, ...]:
    least, most = PANELS
    items = fields.mappings(document, "panels")
    if not least <= len(items) <= most:
        raise ContentError(document.path, document.line("panels"), f"panels 要有 {least}–{most} 格")
    return tuple(_panel(document, item, index) for index, item in enumerate(items))


def _panel(document: Document, item: Mapping[str, object], index: int) -> Panel:
    where = f"panels[{index}]"
    for key in item:
        if key not in _KEYS:
            raise ContentError(document.path, document.line(f"{where}.{key}"), f"一格里没有 {key} 这一项")
    alt, says, note = item.get("alt"), item.get("says", []), item.get("note", "")
    if not isinstance(alt, str) or not alt.strip():
        raise ContentError(document.path, document.line(where), "这一格少了 alt：用一句话说画了什么，给看不见图的人听")
    if not isinstance(says, list) or not all(isinstance(each, str) and each.strip() for each in says):
        raise ContentError(document.path, document.line(f"{where}.says"), "says 要写成清单，一个气泡一行")
    if not isinstance(note, str):
        raise ContentError(document.path, document.line(f"{where}.note"), "note 要写一句话")
    picture = document.path.with_suffix("") / f"{index + 1}.svg"
    return Panel(picture, alt.strip(), tuple(each.strip() for each in says), note.strip())
