"""The editor: a lesson and what else has a form as that form, any other file as it stands; saving, checking, the preview."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial
from urllib.parse import parse_qs

from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import services
from bot.content.lessons import SERIES
from bot.content.writing import WritingError
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import checking, compared, drafts, files, forms, sheeted, shown
from bot.desk.editing.drafts import Clash, Draft
from bot.desk.editing.sheets.filling import ONLY
from bot.desk.editing.sheets.table import sheet_of
from bot.desk.errors import DeskError
from bot.desk.times import BEIJING
from bot.desk.web import NOTICES, field, now, redirect, render
from bot.pages import lessons as pages

NOTICES["nothing"] = "没有改动，不用保存。"


async def show(request: Request, path: str) -> HTTPResponse:
    """The editor of a file: its open draft, or what stands in it."""
    draft, text = await _standing(path)
    sheet = sheet_of(path)
    if sheet and sheet.one_by_one and "open" not in request.args:
        return redirect(f"{PREFIX}/content/{sheet.name}", request.args.get("notice", ""))
    return await _page(request, path, draft, text)


async def source(request: Request, path: str) -> HTTPResponse:
    """The same as it stands in the file, for those who ask for it."""
    draft, text = await _standing(path)
    return _editor(request, path, draft, text, plain=True)


async def keep(request: Request, path: str) -> HTTPResponse:
    """Save what was typed as the draft of this file."""
    draft, standing = await _standing(path)
    typed = _filled(request, path, standing)
    if typed and typed.errors:
        return await sheeted.editor(request, path, draft, standing, typed, status=400)
    try:
        text = typed.text if typed else await _typed(request, path, standing)
    except WritingError as error:
        raise DeskError(400, f"{error}。请按后退键改一改，您写的字还在。") from None
    base = field(request, "base", 64)
    if text == standing and (draft is None or draft.base == base):
        return redirect(_address(request, path), "nothing")
    try:
        saved = await services.database().run(
            drafts.save, path, text, base, _version(request), request.ctx.staff.name, now()
        )
    except Clash as clash:
        if typed:
            return await sheeted.editor(request, path, clash.now, standing, typed, clash, status=409)
        return _editor(request, path, clash.now, text, plain=_is_source(request), clash=clash, status=409)
    request.ctx.subject = path
    if field(request, "then", 10) == "review":
        return redirect(f"{PREFIX}/drafts/{saved.id}", "saved")
    return redirect(_address(request, path), "saved")


async def look(request: Request, path: str) -> HTTPResponse:
    """What the rules say of what is being typed, and the messages it would become, as JSON."""
    _, standing = await _standing(path)
    if typed := _filled(request, path, standing):
        return json_response(await sheeted.looked(path, typed))
    try:
        text = await _typed(request, path, standing)
    except WritingError as error:
        return json_response({"remarks": [{"message": str(error), "error": True, "line": 0, "place": ""}], "messages": []})
    checked = await checked_quickly(path, text)
    bubbles = [asdict(each) for each in shown.messages(checked.lesson)] if checked.lesson else []
    # A form has no lines: there the field is named.
    in_form = not _is_source(request)
    remarks = [{**asdict(each), "place": shown.place(text, each.line) if in_form else ""} for each in checked.remarks]
    return json_response({"remarks": remarks, "messages": bubbles})


async def tried(request: Request, path: str) -> HTTPResponse:
    """The page again with what was typed: with what is to be said of it, for those without a script, or with an entry moved or added."""
    draft, standing = await _standing(path)
    typed = _filled(request, path, standing)
    if typed is None:
        raise DeskError(404)
    wish = (_sent(request).get("move") or [""])[0]
    return await sheeted.editor(request, path, draft, standing, typed, look=not wish, wish=wish)


async def preview(request: Request, path: str) -> HTTPResponse:
    """The lesson page as it would be, in a frame."""
    _, standing = await _standing(path)
    if not files.is_lesson(path):
        raise DeskError(404)
    try:
        checked = await checked_quickly(path, await _typed(request, path, standing))
    except WritingError as error:
        raise DeskError(400, f"{error}。") from None
    if checked.lesson is None:
        raise DeskError(400, checked.remarks[0].message if checked.remarks else "")
    return pages.preview(request, checked.lesson)


async def checked_quickly(path: str, text: str) -> checking.Checked:
    """The rules over one text, away from the loop that serves everybody."""
    if sheet_of(path):
        return await sheeted.checked(path, text)
    content, today = services.settings().content_path, now().astimezone(BEIJING).date()
    work = partial(checking.lesson, content, path, text, today) if files.is_lesson(path) else partial(checking.typed, path, text)
    return await asyncio.get_running_loop().run_in_executor(None, work)


async def _page(request: Request, path: str, draft: Draft | None, text: str) -> HTTPResponse:
    """The form; the text as it stands where there is none, or where it cannot be read."""
    if sheet_of(path) is None:
        return _editor(request, path, draft, text)
    try:
        return await sheeted.editor(request, path, draft, text)
    except WritingError as error:
        return _editor(request, path, draft, text, why=str(error))


def _filled(request: Request, path: str, standing: str) -> sheeted.Typed | None:
    """What was typed into a form of fields; None: it is a lesson, or the source."""
    sheet, sent = sheet_of(path), _sent(request)
    if sheet is None or "source" in sent:
        return None
    # A form always names itself: a stray request must not empty a file.
    if sent.get("sheet") != [sheet.name]:
        raise DeskError(400)
    try:
        return sheeted.taken(sheet, path, standing, sent)
    except WritingError as error:
        raise DeskError(400, f"{error}。") from None


async def _standing(path: str) -> tuple[Draft | None, str]:
    """The open draft and the text to go on from."""
    files.known(path, new=True)
    draft = await services.database().read(drafts.open_for, path)
    if draft:
        return draft, draft.text
    files.known(path)
    return None, files.text_of(path)


async def _typed(request: Request, path: str, standing: str) -> str:
    sent = _sent(request)
    if "source" in sent:
        written = sent["source"][0].replace("\r\n", "\n").rstrip()
        if len(written) > files.LONGEST:
            raise DeskError(413)
        return f"{written}\n".replace("\n", "\r\n" if "\r\n" in standing else "\n")
    if not files.is_lesson(path) or "questions" not in sent:
        raise DeskError(400)
    return forms.into(standing, forms.of_request(sent), now().astimezone(BEIJING).date())


def _sent(request: Request) -> dict[str, list[str]]:
    """Every field with all its values. Sanic 21.12 leaves out empty ones, and rows of fields would no longer stand side by side."""
    try:
        return parse_qs(request.body.decode(), keep_blank_values=True)
    except ValueError:
        raise DeskError(400) from None


def _is_source(request: Request) -> bool:
    return "source" in _sent(request)


def _version(request: Request) -> int:
    typed = field(request, "version", 9)
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _address(request: Request, path: str) -> str:
    if _is_source(request):
        return f"{PREFIX}/lessons/source/{path}"
    sent = _sent(request)
    taken_out = any(name.endswith(".gone") for name in sent)
    return f"{PREFIX}/lessons/edit/{path}" + (f"?open={sent[ONLY][0]}" if ONLY in sent and not taken_out else "")


def _editor(
    request: Request, path: str, draft: Draft | None, text: str, plain: bool = False, clash: Clash | None = None, status: int = 200, why: str = ""
) -> HTTPResponse:
    form = None
    if files.is_lesson(path) and not plain:
        try:
            form = forms.of_text(text)
        except WritingError as error:
            why = str(error)
    standing = files.text_of(path)
    theirs = clash.now.text if clash and clash.now else standing
    return render(
        request,
        "editing/edit.html" if form else "editing/source.html",
        status,
        title=form.texts["title"] or "还没写题目" if form else path.rsplit("/", 1)[-1],
        path=path,
        draft=draft,
        # Whoever saves has seen the file as it is now: a draft that began from an older one says so above.
        base=drafts.digest(standing),
        moved=bool(draft and draft.base != drafts.digest(standing)),
        form=form,
        text=text,
        why=why,
        clash=clash,
        rows=compared.rows(path, theirs, text) if clash else [],
        states=drafts.STATES,
        statuses=files.STATUS,
        forms=forms.FORM_NAMES,
        audiences=forms.AUDIENCE_NAMES,
        series=SERIES,
        lesson=files.is_lesson(path) or sheet_of(path) is not None,
        spare=forms.SPARE,
    )


PAGES = (
    Page("GET", "/lessons/edit/<path:path>", EDIT, show, "改课文"),
    Page("POST", "/lessons/edit/<path:path>", EDIT, keep, "保存草稿"),
    Page("GET", "/lessons/source/<path:path>", EDIT, source, "看源文件"),
    Page("POST", "/lessons/look/<path:path>", EDIT, look, "检查正在写的", json=True, quiet=True),
    Page("POST", "/lessons/tried/<path:path>", EDIT, tried, "检查正在写的", quiet=True),
    Page("POST", "/lessons/preview/<path:path>", EDIT, preview, "预览课文", framed=True, quiet=True),
)
