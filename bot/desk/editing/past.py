"""The history of a file: who changed what when, side by side, and how to go back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.history import HistoryError
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import compared, drafts, files, shown, versions
from bot.desk.editing.drafts import Clash
from bot.desk.editing.sheets import titles
from bot.desk.editing.sheets.table import sheet_of
from bot.desk.errors import DeskError
from bot.desk.web import NOTICES, field, now, redirect, render

T = TypeVar("T")

NOTICES["restored"] = "旧的那一版放进草稿了。看一看，再请同事通过。"


async def show(request: Request, path: str) -> HTTPResponse:
    """The versions of a file; with ?of= what that one changed."""
    files.known(path)
    of = request.args.get("of", "")
    found = await _asked(partial(versions.versions, path))
    rows: list[shown.Row] = []
    chosen = next((each for each in found if each.commit == of), None)
    if chosen:
        place = found.index(chosen)
        before = found[place + 1].commit if place + 1 < len(found) else ""
        old = await _asked(partial(versions.text_at, path, before)) if before else ""
        rows = compared.rows(path, old, await _asked(partial(versions.text_at, path, of)))
    named = titles.named(path, files.text_of(path))
    return render(
        request, "editing/past.html", title="历史", path=path, named=named, versions=found, chosen=chosen, rows=rows, lesson=has_form(path)
    )


async def restore(request: Request, path: str) -> HTTPResponse:
    """Make a draft of how the file was; it goes the way of every draft."""
    files.known(path)
    text = await _asked(partial(versions.text_at, path, field(request, "of", 40)))
    standing = files.text_of(path)
    if not text or text == standing:
        raise DeskError(400, "这一版和现在的一样，不用找回。")
    try:
        await services.database().run(drafts.save, path, text, drafts.digest(standing), 0, request.ctx.staff.name, now())
    except Clash as clash:
        who = clash.now.updated_by if clash.now else "同事"
        raise DeskError(409, f"{who} 正在写这个文件的草稿。先把那份定稿或者丢掉，再找回旧的。") from None
    request.ctx.subject = path
    return redirect(f"{PREFIX}/lessons/{'edit' if has_form(path) else 'source'}/{path}", "restored")


def has_form(path: str) -> bool:
    """Whether it is shown as a form; everything else as it stands."""
    return files.is_lesson(path) or sheet_of(path) is not None


async def _asked(question: Callable[[], T]) -> T:
    try:
        return await asyncio.get_running_loop().run_in_executor(None, question)
    except HistoryError as error:
        raise DeskError(404 if "没有这个版本" in str(error) else 503, f"{error}。") from None


PAGES = (
    Page("GET", "/lessons/past/<path:path>", EDIT, show, "看历史"),
    Page("POST", "/lessons/past/<path:path>", EDIT, restore, "找回旧的一版"),
)
