"""A comic drawn elsewhere, from the page to the file: only pixels are kept, and every panel has words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import aiohttp
import pytest
from PIL import Image

from bot import services
from bot.content.comics import load_comics
from bot.content.library import load_library
from bot.desk.editing import comics, drafts
from bot.desk.errors import DeskError
from bot.pages.drawings import drawing_size
from tests.desk.support import CAST, Answer, Browser, Desk
from tests.desk_editing.conftest import git

TYPED = {"title": "红灯停一停", "lesson": "crossing-the-road", "summary": "过马路先站住。", "slug": "red-light"}
SHOWN = ("奶奶牵着孩子走到路边，红灯亮着。", "孩子要跑，奶奶说：先站住。", "绿灯亮了，两个人一起走过去。")


def _picture(kind: str = "PNG", size: tuple[int, int] = (900, 600), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 80).convert(mode).save(out, kind)
    return out.getvalue()


async def _send(browser: Browser, typed: dict[str, str], pictures: list[bytes], shown: tuple[str, ...] = SHOWN) -> Answer:
    await browser.get("/desk/comics/new")
    form = aiohttp.FormData({"csrf": browser.csrf, **typed})
    for number, (picture, alt) in enumerate(zip(pictures, shown, strict=True), 1):
        form.add_field(f"picture-{number}", picture, filename="../../x.svg", content_type="image/svg+xml")
        form.add_field(f"alt-{number}", alt)
    async with browser.http.post(browser.base + "/desk/comics/new", data=form, allow_redirects=False) as response:
        return Answer(response.status, await response.text(), dict(response.headers))


async def _step(browser: Browser, draft: int, action: str, **form: str) -> str:
    page = await browser.get(f"/desk/drafts/{draft}")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    answer = await browser.post(f"/desk/drafts/{draft}/{action}", version=version[1], **form)
    return answer.location or re.sub(r"\s*<[^>]*>\s*", " ", answer.text)


async def test_a_comic_goes_from_the_page_to_the_file(desk: Desk, content: Path) -> None:
    wang, charlie = await desk.staff("editor"), await desk.staff("admin")
    answer = await _send(wang, TYPED, [_picture(), _picture("JPEG"), _picture(mode="LA")])
    found = re.match(r"/desk/drafts/(\d+)", answer.location)
    assert found, answer.text
    draft = int(found[1])
    page = (await charlie.get(f"/desk/drafts/{draft}")).text
    assert "漫画《红灯停一停》" in page and SHOWN[1] in page
    assert not re.search(r"crossing-the-road|panels:|alt:", page.partition("改了什么")[2]), "in the words of the form"
    addresses = re.findall(r'<img src="(/desk/comics/red-light/\d)"', page)
    assert len(addresses) == 3
    drawn = await charlie.get(addresses[0])
    assert drawn.headers["Content-Type"] == "image/svg+xml" and "script" not in drawn.headers["Content-Security-Policy"]
    assert load_comics(content, load_library(content).lessons).keys() == {path.stem for path in (content / "comics").glob("*.yml")}, "not there yet"

    for who, action, form in ((wang, "send", {}), (charlie, "judge", {"what": "good"}), (charlie, "finish", {})):
        said = await _step(who, draft, action, **form)
        assert said.startswith("/desk/"), said
    comic = load_comics(content, load_library(content).lessons)["red-light"]
    assert [panel.alt for panel in comic.panels] == list(SHOWN) and comic.lesson == "crossing-the-road"
    assert drawing_size(comic, 1) == (720, 480)
    assert (content / "comics/red-light.yml").read_text("utf-8").startswith("title: 红灯停一停\nlesson: crossing-the-road\nsummary: ")
    changed = git(content, "show", "--name-only", "--format=%an", "HEAD").split()
    assert changed == [CAST["editor"], "content/comics/red-light.yml", *(f"content/comics/red-light/{number}.svg" for number in (1, 2, 3))]
    assert git(content, "status", "--porcelain") == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_drawing_holds_pixels_and_nothing_else(kind: str) -> None:
    made = comics.drawing(_picture(kind, (3000, 2000)) + b"<script>alert(1)</script>")
    root = ElementTree.fromstring(made)

    assert [each.tag.rpartition("}")[2] for each in root.iter()] == ["svg", "image"] and b"script" not in made
    assert len(made) < comics.MOST_DRAWN * 4 / 3 + 300, "a parent pays for it"


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", _picture("GIF"), b""])
def test_an_svg_of_somebody_is_not_taken(data: bytes) -> None:
    with pytest.raises(DeskError, match="PNG 和 JPEG"):
        comics.drawing(data)


@pytest.mark.parametrize(
    ("changed", "shown", "said"),
    [
        ({"slug": "../words"}, SHOWN, "英文短名"),
        ({"lesson": "none"}, SHOWN, "哪一课"),
        ({"title": ""}, SHOWN, "题目"),
        ({}, SHOWN[:2], "3 到 6 格"),
        ({}, (*SHOWN[:2], "走了"), "第 3 格要用一句话"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_kept(desk: Desk, content: Path, changed: dict[str, str], shown: tuple[str, ...], said: str) -> None:
    wang = await desk.staff("editor")
    answer = await _send(wang, TYPED | changed, [_picture()] * len(shown), shown)

    assert answer.status == 400 and said in answer.text
    assert git(content, "status", "--porcelain") == ""
    with services.database().session() as session:
        assert drafts.all_open(session) == []


async def test_a_comic_that_is_there_is_not_drawn_over(desk: Desk, content: Path) -> None:
    (there,) = sorted((content / "comics").glob("*.yml"))[:1]
    wang = await desk.staff("editor")
    answer = await _send(wang, TYPED | {"slug": there.stem}, [_picture()] * 3)

    assert answer.status == 400 and "已经有一篇漫画" in answer.text and git(content, "status", "--porcelain") == ""
    assert (await _send(wang, TYPED, [_picture()] * 3)).status == 303
    assert "已经有一篇漫画" in (await _send(wang, TYPED, [_picture()] * 3)).text, "nor one that somebody writes"


@pytest.mark.parametrize("path", ["../pictures/1", "red-light/99", "nothing/1", "..%2f..%2f/1"])
async def test_no_other_file_is_shown(desk: Desk, path: str) -> None:
    assert (await (await desk.staff("editor")).get(f"/desk/comics/{path}")).status == 404
