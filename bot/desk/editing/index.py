"""What can be edited beside lessons: the kinds of forms, and the lists of what there is of each."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import drafts
from bot.desk.editing.sheets import titles
from bot.desk.editing.sheets.fields import Rows
from bot.desk.editing.sheets.sheet import Sheet
from bot.desk.editing.sheets.table import BY_NAME, SHEETS, sheet_of
from bot.desk.errors import DeskError
from bot.desk.web import query_of, redirect, render


async def index(request: Request) -> HTTPResponse:
    """The kinds, each with what it is for."""
    found = {sheet.name: await _aside(partial(titles.lines, sheet)) for sheet in SHEETS}
    begun = {sheet.name: 0 for sheet in SHEETS}
    for draft in await services.database().read(drafts.all_open):
        if sheet := sheet_of(draft.path):
            begun[sheet.name] += 1
    kinds = [(sheet, len(found[sheet.name])) for sheet in SHEETS]
    return render(request, "content/index.html", title="其他内容", kinds=kinds, begun=begun)


async def listed(request: Request, kind: str) -> HTTPResponse:
    """All of one kind, or those in which some words stand."""
    sheet = BY_NAME.get(kind)
    if sheet is None:
        raise DeskError(404)
    every = await _aside(partial(titles.lines, sheet))
    if "*" not in sheet.glob and not sheet.listed and every and not every[0].problem:
        return redirect(f"{PREFIX}/lessons/edit/{every[0].path}")
    words = query_of(request).get("find", "").strip().lower().split()[:5]
    begun = {draft.path: draft for draft in await services.database().read(drafts.all_open)}
    standing, draft = {line.words for line in every}, begun.get(sheet.glob) if sheet.one_by_one else None
    if draft:
        every = list(titles.begun(sheet, draft.text)) or every
    return render(
        request,
        "content/list.html",
        title=sheet.title,
        sheet=sheet,
        lines=[line for line in every if all(word in line.words for word in words)],
        total=len(every),
        begun=begun,
        # Of a list that is opened entry by entry: its draft, and what in it nobody has touched.
        draft=draft,
        untouched=standing if draft else (),
        states=drafts.STATES,
        # What nobody has finished yet stands in no file.
        new=[draft for path, draft in begun.items() if sheet_of(path) is sheet and path not in {line.path for line in every}],
        named=titles.named,
        # The key of the list in the form, which is the name of the part that is opened.
        anchor=sheet.name,
        one=_one(sheet),
    )


def _one(sheet: Sheet) -> str:
    """What one more entry is called, where it is written at the end of a form; "" where a button of the form adds it."""
    part = sheet.parts(Path())[0]
    return part.one if sheet.one_by_one and isinstance(part, Rows) else ""


async def _aside(work: partial[list[titles.Line]]) -> list[titles.Line]:
    return await asyncio.get_running_loop().run_in_executor(None, work)


PAGES = (
    Page("GET", "/content", EDIT, index, "其他内容", group="内容"),
    Page("GET", "/content/<kind:str>", EDIT, listed, "其他内容的一类"),
)
