"""Pictures: nothing of the file that was sent is kept but its pixels."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.desk.editing.pictures import WIDEST, made_anew
from bot.desk.errors import DeskError
from tests.desk.support import Desk


def _picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


def test_it_is_made_anew_without_what_hides_beside_the_pixels() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "工棚 3 号"
    data, ending = made_anew(_picture("JPEG", exif=exif) + b"<script>alert(1)</script>")

    assert ending == "jpg" and b"script" not in data
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (40, 60) and not dict(picture.getexif())


def test_a_broken_note_beside_the_pixels_does_not_matter() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "x" * 50
    whole = _picture("JPEG", exif=exif)
    broken = whole.replace(b"\x01\x0f\x00\x02", b"\x01\x00\x00\x02")
    assert broken != whole
    data, ending = made_anew(broken)
    assert ending == "jpg" and Image.open(BytesIO(data)).size == (60, 40)


def test_a_large_one_becomes_as_wide_as_a_phone() -> None:
    data, _ = made_anew(_picture("JPEG", (3000, 1500)))
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (WIDEST, WIDEST // 2)


def test_what_is_clear_stays_clear() -> None:
    data, ending = made_anew(_picture("PNG", mode="RGBA"))
    assert ending == "png" and Image.open(BytesIO(data)).mode == "RGBA"


@pytest.mark.parametrize("data", [b"", b"x" * 99, b"<svg xmlns='http://www.w3.org/2000/svg'/>", _picture("GIF"), _picture("PNG")[:50], _picture("JPEG")[:100]])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(DeskError, match="PNG 和 JPEG"):
        made_anew(data)


def test_a_picture_that_unpacks_to_gigabytes_is_refused() -> None:
    with pytest.raises(DeskError, match="尺寸太大"):
        made_anew(_picture("PNG", (7000, 7000)))


async def test_a_name_that_was_sent_is_never_used(desk: Desk, content: Path) -> None:
    wang = await desk.staff("editor")
    names = []
    for name in ("../../x.png", "a.php", "/etc/x", "x\\y.png"):
        body = aiohttp.FormData({"csrf": wang.csrf})
        body.add_field("picture", _picture("PNG"), filename=name, content_type="image/png")
        async with wang.http.post(f"{wang.base}/desk/lessons/pictures", data=body) as response:
            assert response.status == 200
            names.append(json.loads(await response.text())["line"].partition("(pictures/")[2].rstrip(")"))

    assert sorted(path.name for path in (content / "pictures").iterdir()) == sorted(names)
    assert len(set(names)) == 4 and all(len(name) == 20 for name in names)


async def test_too_large_or_nothing_is_said(desk: Desk) -> None:
    wang = await desk.staff("editor")
    assert "还没选" in json.loads((await wang.post("/desk/lessons/pictures")).text)["error"]
    body = aiohttp.FormData({"csrf": wang.csrf})
    body.add_field("picture", b"x" * (5 * 1024 * 1024 + 1), filename="x.png")
    async with wang.http.post(f"{wang.base}/desk/lessons/pictures", data=body) as response:
        assert response.status == 413 and "5 MB" in await response.text()
