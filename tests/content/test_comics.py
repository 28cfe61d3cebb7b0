"""The drawings of the comics: made from what is written, whole, readable on a phone, with nothing from outside."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bot.content.comics import Comic, load_comics, read_comic
from bot.content.documents import ContentError
from bot.content.library import load_library
from tests.conftest import ROOT
from tools.comics.__main__ import drawings
from tools.comics.panel import HEIGHT, WIDTH, Balloon, draw, wrapped
from tools.comics.strips import STRIPS

SVG = "{http://www.w3.org/2000/svg}"
COMICS = sorted((ROOT / "content/comics").glob("*.yml"))
# WCAG's advice for phones, in CSS pixels of a screen that is 360 wide.
SMALLEST_TYPE = 17


@pytest.fixture(params=COMICS, ids=lambda path: path.stem)
def comic(request: pytest.FixtureRequest) -> Comic:
    return read_comic(request.param)


def test_there_are_enough_of_them() -> None:
    published = load_comics(ROOT / "content", load_library(ROOT / "content").lessons)

    assert len(published) >= 14
    assert set(STRIPS) == {path.stem for path in COMICS}


def test_the_drawings_are_what_is_written(comic: Comic) -> None:
    for picture, text in drawings(comic).items():
        assert picture.read_text(encoding="utf-8") == text, "run: python -m tools.comics"


def test_no_drawing_is_left_over(comic: Comic) -> None:
    assert set(comic.path.with_suffix("").iterdir()) == {panel.picture for panel in comic.panels}


def test_a_drawing_is_whole_and_can_be_read(comic: Comic) -> None:
    for panel in comic.panels:
        root = ElementTree.fromstring(panel.picture.read_text(encoding="utf-8"))
        assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
        assert root.findtext(f"{SVG}title") == panel.alt
        lines = list(root.iter(f"{SVG}text"))
        assert all(float(text.get("font-size", "0")) >= SMALLEST_TYPE for text in lines)
        spoken = "".join(text.text or "" for text in lines)
        assert all(said in spoken for said in panel.says), panel.says


def test_a_drawing_takes_nothing_from_outside(comic: Comic) -> None:
    for panel in comic.panels:
        text = panel.picture.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|image|foreignObject|use|style)\b|\bon\w+=|href", text)
        assert len(text.encode()) < 20_000


def test_the_words_stand_inside_of_the_panel(comic: Comic) -> None:
    for panel in comic.panels:
        root = ElementTree.fromstring(panel.picture.read_text(encoding="utf-8"))
        for line in root.findall(f"{SVG}text"):
            size, middle, base = (float(line.get(name, "0")) for name in ("font-size", "x", "y"))
            half = size * len(line.text or "") / 2
            assert middle - half >= 8 and middle + half <= WIDTH - 8, line.text
            assert 8 + size <= base <= HEIGHT - 8, line.text


@pytest.mark.parametrize(
    ("text", "chars", "lines"),
    [
        ("走吧。", 8, ["走吧。"]),
        ("水会带电。擦干手，让爷爷来插。", 13, ["水会带电。擦干手，", "让爷爷来插。"]),
        ("一二三四五六七八九", 8, ["一二三四五", "六七八九"]),
        ("他说：“你来”。", 4, ["他说：", "“你来”。"]),
    ],
)
def test_a_line_does_not_begin_with_a_comma(text: str, chars: int, lines: list[str]) -> None:
    assert wrapped(text, chars) == lines


@pytest.mark.parametrize("chars", range(1, 14))
@pytest.mark.parametrize("text", ["？！？！", "“一”", "啊……", "一，二，三，四，五，六，七，八", ""])
def test_wrapping_loses_nothing_and_ends(text: str, chars: int) -> None:
    assert "".join(wrapped(text, chars)) == text


def test_words_and_balloons_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="0 balloons are drawn, 1 are written"):
        draw("一格", "", says=("走吧",))


def test_a_balloon_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        draw("一格", "", balloons=(Balloon(180, 10, None, 30),), says=("很长很长很长很长很长很长很长很长很长很长",))


def test_a_comic_that_nobody_drew_is_named(tmp_path: Path) -> None:
    path = tmp_path / "unknown.yml"
    path.write_text(COMICS[0].read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(ContentError, match="strips"):
        drawings(read_comic(path))
