"""A comic that was drawn elsewhere: its panels as pictures, each with words for those who cannot see it, begun as a draft.

Pictures come as PNG or JPEG and are made anew (`pictures.made_anew`). What parents' pages show is an SVG of ours around the pixels: one
that somebody sends could run scripts or ask other sites, so none is taken.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot import services
from bot.content.comics import PANELS
from bot.content.history import write
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import drafts, files
from bot.desk.editing.drafts import Clash
from bot.desk.editing.pictures import MOST_BYTES, made_anew
from bot.desk.editing.reading import rewritten
from bot.desk.errors import DeskError
from bot.desk.times import BEIJING
from bot.desk.web import field, now, redirect, render

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A phone shows a comic 360 px wide at two dots each; six panels of this size are half a second of a slow network each.
WIDTH, MOST_DRAWN = 720, 120_000
_QUALITIES = (80, 70, 60, 50, 40)
_LEAST_WORDS = 6
_EMPTY = "title: x\nlesson: x\nsummary: x\npanels: []\nstatus: published\nupdated: x\n"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>\n'


@dataclass(frozen=True)
class Sent:
    """One panel as it was sent."""

    picture: bytes
    alt: str
    note: str


async def ask(request: Request) -> HTTPResponse:
    """Where title, lesson and panels are given."""
    lessons = {Path(line.path).stem: line.title for line in files.lessons() if line.status == "published"}
    return render(request, "editing/comic.html", title="放一篇漫画", lessons=lessons, panels=range(1, PANELS[1] + 1), least=PANELS[0])


async def make(request: Request) -> HTTPResponse:
    """Keep the panels, and begin the draft that shows them."""
    slug = field(request, "slug", 60, needed="还没写英文短名。")
    lesson = field(request, "lesson", 60)
    texts = {name: field(request, name, 60, needed=missing) for name, missing in (("title", "还没写题目。"), ("summary", "还没写这篇漫画帮什么忙。"))}
    if not _SLUG.fullmatch(slug):
        raise DeskError(400, "英文短名只用小写字母、数字和横线，比如 hot-water。请按后退键改一改。")
    if lesson not in {Path(line.path).stem for line in files.lessons()}:
        raise DeskError(400, "请选是哪一课的漫画。请按后退键补上。")
    path = f"comics/{slug}.yml"
    begun = await services.database().read(drafts.open_for, path)
    if begun or files.text_of(path):
        raise DeskError(400, f"已经有一篇漫画叫 {slug} 了，请按后退键换一个短名。")
    panels = [panel for number in range(1, PANELS[1] + 1) if (panel := _panel(request, number))]
    if len(panels) < PANELS[0]:
        raise DeskError(400, f"一篇漫画要 {PANELS[0]} 到 {PANELS[1]} 格，您放了 {len(panels)} 格。请按后退键补上。")
    drawings = await asyncio.get_running_loop().run_in_executor(None, partial(_drawn, panels))
    folder = services.settings().content_path / "comics" / slug
    tree = {**texts, "lesson": lesson, "panels": [_entry(each) for each in panels], "status": "published", "updated": now().astimezone(BEIJING).date()}
    try:
        await services.database().run(drafts.save, path, rewritten(_EMPTY, tree), "", 0, request.ctx.staff.name, now())
        await asyncio.get_running_loop().run_in_executor(None, _kept, folder, drawings)
    except Clash as clash:
        raise DeskError(409, str(clash)) from None
    except OSError as error:
        raise DeskError(503, f"图片存不进去：{error.strerror}。请找管理员。") from error
    request.ctx.subject = path
    found = await services.database().read(drafts.open_for, path)
    assert found is not None
    return redirect(f"{PREFIX}/drafts/{found.id}", "saved")


async def panel(_request: Request, slug: str, number: int) -> HTTPResponse:
    """One drawing of a comic, as parents would get it."""
    path = services.settings().content_path / "comics" / slug / f"{number}.svg"
    if not _SLUG.fullmatch(slug) or not path.is_file():
        raise DeskError(404)
    # As on parents' pages: as a picture it runs nothing anyway; opened by itself it must not either.
    return raw(path.read_bytes(), content_type="image/svg+xml", headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})


def drawings(relative: str) -> list[str]:
    """The files of the drawings that belong to a comic's file, below the content; of anything else none."""
    if not relative.startswith("comics/"):
        return []
    content = services.settings().content_path
    found = (content / relative).with_suffix("")
    return [path.relative_to(content).as_posix() for path in sorted(found.glob("[1-9].svg"))]


def _panel(request: Request, number: int) -> Sent | None:
    sent = request.files.get(f"picture-{number}") if request.files else None
    alt, note = field(request, f"alt-{number}", 120), field(request, f"note-{number}", 120)
    if sent is None or not sent.body:
        if alt or note:
            raise DeskError(400, f"第 {number} 格还没选图。请按后退键补上。")
        return None
    if len(sent.body) > MOST_BYTES:
        raise DeskError(413, f"第 {number} 格的图太大了，最大 5 MB。")
    if len(alt) < _LEAST_WORDS:
        raise DeskError(400, f"第 {number} 格要用一句话说画了什么、谁说了什么：看不见图的人，听的就是这一句。请按后退键补上。")
    return Sent(sent.body, alt, note)


def _entry(sent: Sent) -> Mapping[str, str]:
    return {"alt": sent.alt, **({"note": sent.note} if sent.note else {})}


def _drawn(panels: list[Sent]) -> list[bytes]:
    return [drawing(each.picture) for each in panels]


def drawing(sent: bytes) -> bytes:
    """An SVG with the pixels of a PNG or JPEG and nothing else of it, small enough for a parent's phone.

    Raises:
        DeskError: it is neither, or too large.
    """
    made, _ = made_anew(sent)
    with Image.open(BytesIO(made)) as opened:
        # What is clear becomes paper.
        paper = Image.new("RGB", opened.size, "white")
        paper.paste(opened, mask=opened.getchannel("A") if opened.mode == "RGBA" else None)
    paper.thumbnail((WIDTH, WIDTH * 2))
    for quality in _QUALITIES:
        out = BytesIO()
        paper.save(out, "JPEG", quality=quality, optimize=True)
        if len(out.getvalue()) <= MOST_DRAWN:
            break
    return _SVG.format(width=paper.width, height=paper.height, data=b64encode(out.getvalue()).decode()).encode()


def _kept(folder: Path, drawings: list[bytes]) -> None:
    for old in folder.glob("[1-9].svg"):  # of a draft of that name that was thrown away
        old.unlink()
    for number, each in enumerate(drawings, 1):
        write(folder / f"{number}.svg", each)


PAGES = (
    Page("GET", "/comics/new", EDIT, ask, "放一篇漫画"),
    Page("POST", "/comics/new", EDIT, make, "放一篇漫画"),
    Page("GET", "/comics/<slug:str>/<number:int>", EDIT, panel, "看漫画的一格"),
)
