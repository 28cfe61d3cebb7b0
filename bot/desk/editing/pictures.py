"""Pictures for lessons: made anew from what was sent, under a name of ours, so that nothing hides in the file or its name."""

from __future__ import annotations

import asyncio
import secrets
import struct
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import services
from bot.content.history import write
from bot.desk.access import EDIT, Page
from bot.desk.editing import checking
from bot.desk.errors import DeskError

MOST_BYTES = 5 * 1024 * 1024
# A phone held upright shows 360 to 430 px at two or three dots each; more only costs parents' data.
WIDEST = 1080
# A small file can unpack to gigabytes.
_MOST_PIXELS = 40_000_000
_QUALITY = 82


async def keep(request: Request) -> HTTPResponse:
    """Take one picture; answers with the line that shows it."""
    sent = request.files.get("picture") if request.files else None
    if sent is None or not sent.body:
        raise DeskError(400, "还没选图片。")
    if len(sent.body) > MOST_BYTES:
        raise DeskError(413, "图片最大 5 MB，请换一张小一点的。")
    folder = services.settings().content_path / "pictures"
    name = await asyncio.get_running_loop().run_in_executor(None, _kept, sent.body, folder)
    request.ctx.subject = name
    return json_response({"line": f"![{checking.SHOWS}](pictures/{name})"})


def made_anew(data: bytes) -> tuple[bytes, str]:
    """A PNG or JPEG of at most `WIDEST` px with nothing but its pixels, and the ending of its name.

    Raises:
        DeskError: it is no PNG or JPEG, or too large.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise DeskError(413, "图片的尺寸太大了，请先缩小一点。")
            # Phones turn pictures with a note in the file, and the place where it was taken stands beside it: both go.
            upright = _upright(opened)
            clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            picture = upright.convert("RGBA" if clear else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DeskError(400, "只收 PNG 和 JPEG 图片；这个文件不是，或者坏了。") from error
    picture.thumbnail((WIDEST, WIDEST * 4))
    out = BytesIO()
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    if clear:
        clean.save(out, "PNG", optimize=True)
        return out.getvalue(), "png"
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue(), "jpg"


def _upright(opened: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(opened)
    except (TypeError, struct.error):
        # Some programs leave the note broken behind; the picture is a picture all the same.
        return opened


def _kept(data: bytes, folder: Path) -> str:
    made, ending = made_anew(data)
    name = f"{secrets.token_hex(8)}.{ending}"
    try:
        write(folder / name, made)
    except OSError as error:
        raise DeskError(503, f"图片存不进去：{error.strerror}。请找管理员。") from error
    return name


PAGES = (Page("POST", "/lessons/pictures", EDIT, keep, "放一张图片", json=True),)
