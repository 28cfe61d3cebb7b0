"""The second pair of eyes: what changed, approved or given back by a colleague, and then written into the file as one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.history import HistoryError
from bot.content.writing import WritingError
from bot.desk import careful
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import becoming, checking, compared, drafts, edit, files, referring, sheeted, shown
from bot.desk.editing.drafts import Draft, DraftError
from bot.desk.editing.sheets import titles
from bot.desk.editing.sheets.table import sheet_of
from bot.desk.errors import DeskError
from bot.desk.times import BEIJING
from bot.desk.web import NOTICES, field, now, redirect, render
from bot.publish import recording

P = ParamSpec("P")

# More names than these help nobody.
_NAMED = 6
NOTICES.update(
    sent="送出去了，等一位同事来看。",
    approved="通过了。现在可以定稿。",
    returned="退回去了，写的人会看到您的话。",
    finished="定稿了，已经记进历史。到“发布”里学进去以后，家长就能用上。",
    dropped="草稿丢掉了，原来的文件没有动。",
)


async def index(request: Request) -> HTTPResponse:
    """Every open draft; what waits for the eyes of who is looking comes first."""
    found = await services.database().read(drafts.all_open)
    name = request.ctx.staff.name
    mine = [each for each in found if each.state == "in_review" and each.may_review(name)]
    rest = [each for each in found if each not in mine]
    return render(request, "editing/drafts.html", title="草稿", mine=mine, rest=rest, states=drafts.STATES, named=titles.named)


async def show(request: Request, draft_id: int) -> HTTPResponse:
    """One draft beside the file as it is now."""
    draft = await _draft(draft_id)
    standing = files.text_of(draft.path)
    checked = await edit.checked_quickly(draft.path, draft.text)
    sheet = sheet_of(draft.path)
    readable = sheet is not None and not any(each.code == "C001" for each in checked.remarks)
    return render(
        request,
        "editing/show.html",
        title=titles.named(draft.path, draft.text),
        draft=draft,
        rows=compared.rows(draft.path, standing, draft.text) if draft.open else [],
        moved=draft.open and draft.base != drafts.digest(standing),
        checked=checked,
        messages=shown.messages(checked.lesson) if checked.lesson else [],
        may_review=draft.may_review(request.ctx.staff.name),
        states=drafts.STATES,
        place=lambda remark: _place(draft, remark),
        promises=sheet.promises if sheet else (),
        danger_means=sheet is not None and sheet.danger,
        seen=await sheeted.seen(sheet, draft.path, draft.text, {}) if sheet and readable and draft.open else "",
    )


async def send(request: Request, draft_id: int) -> HTTPResponse:
    """Ask a colleague to look; a text that would do harm as it is stays here."""
    draft = await _draft(draft_id)
    await _in_order(draft)
    await _step(drafts.send, draft_id, _version(request), request.ctx.staff.name, now())
    request.ctx.subject = draft.path
    return redirect(f"{PREFIX}/drafts/{draft_id}", "sent")


async def judge(request: Request, draft_id: int) -> HTTPResponse:
    """Approve it or give it back."""
    draft, good, note = await _draft(draft_id), field(request, "what", 10) == "good", field(request, "note", 600)
    sheet = sheet_of(draft.path)
    promised = set(request.form.getlist("promise", []) if request.form else ())
    if good and sheet and not set(map(str, range(len(sheet.promises)))) <= promised:
        raise DeskError(400, "这一份要求最严：“请您看一看”里的几条，一条一条做过、勾上，才能通过。请按后退键。")
    if note:
        await asyncio.get_running_loop().run_in_executor(None, careful.check, note)
    await _step(drafts.judge, draft_id, _version(request), request.ctx.staff.name, note, good, now())
    request.ctx.subject = f"{draft.path} {'通过' if good else '退回'}"
    return redirect(f"{PREFIX}/drafts/{draft_id}", "approved" if good else "returned")


async def finish(request: Request, draft_id: int) -> HTTPResponse:
    """Write it into the file: one commit with the name of who wrote it."""
    draft = await _draft(draft_id)
    await _in_order(draft)
    await _step(_write, draft_id, _version(request), request.ctx.staff.name, now())
    request.ctx.subject = draft.path
    return redirect(f"{PREFIX}/drafts/{draft_id}", "finished")


async def drop(request: Request, draft_id: int) -> HTTPResponse:
    """Throw the draft away; the file stays as it is."""
    draft = await _draft(draft_id)
    await _step(drafts.close, draft_id, _version(request), request.ctx.staff.name, now())
    request.ctx.subject = draft.path
    return redirect(f"{PREFIX}/lessons", "dropped")


def _write(session: Session, draft_id: int, version: int, name: str, at: datetime) -> Draft:
    """In one transaction: when the file cannot be written the draft stays approved."""
    closed = drafts.close(session, draft_id, version, name, at, commit="0" * 40)
    standing = files.text_of(closed.path)
    folder, wanted = files.folder_of(closed.path), _becomes(closed)
    # Written before, by a process that ended too early to say so: what it did not come to put into the history goes there now.
    written = all(_bytes(folder / name) == data for name, data in wanted.items())
    if not written and drafts.digest(standing) != closed.base:
        raise DraftError("这个文件在您写的时候被别人改过了，所以没有写进去。请打开草稿，看看差在哪里，再保存一次。")
    author = closed.authors[0]
    reviewer = f"，{closed.reviewer} 看过" if closed.reviewer else ""
    wrote = "、".join(closed.authors)
    commit = recording.record(folder, wanted, author, f"{closed.path}：{wrote} 写{reviewer}", at)
    return drafts.mark(session, draft_id, commit)


def _becomes(draft: Draft) -> Mapping[str, bytes | None]:
    try:
        return becoming.written(draft)
    except WritingError as error:
        raise DraftError(f"{error}。") from None


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


async def _draft(draft_id: int) -> Draft:
    draft = await services.database().read(drafts.get, draft_id)
    if draft is None:
        raise DeskError(404)
    return draft


async def _in_order(draft: Draft) -> None:
    checked = await edit.checked_quickly(draft.path, draft.text)
    if not files.is_lesson(draft.path) and files.in_content(draft.path) and not checked.stops:
        today, content = now().astimezone(BEIJING).date(), services.settings().content_path
        work = partial(checking.whole, content, draft.path, draft.text, today)
        checked = await asyncio.get_running_loop().run_in_executor(None, work)
    if checked.stops:
        first = checked.stops[0]
        more = f"（一共 {len(checked.stops)} 处）" if len(checked.stops) > 1 else ""
        raise DeskError(400, f"还有要改的地方{more}：{_place(draft, first)}，{first.message}。请按后退键回去改。")
    await asyncio.get_running_loop().run_in_executor(None, _not_missed, draft)


def _not_missed(draft: Draft) -> None:
    """A lesson that a campaign gives to parents is not put away under it.

    Raises:
        DeskError: something names it.
    """
    content = services.settings().content_path
    if not files.is_lesson(draft.path) or not referring.puts_away(content, draft.path, draft.text):
        return
    if found := referring.referring(content, draft.path):
        more = f"等 {len(found)} 处" if len(found) > _NAMED else ""
        raise DeskError(409, f"这一课还收不起来，还有地方要用它：{'、'.join(found[:_NAMED])}{more}。请先到“其他内容”把它们换成别的课，或者先停用，再来改成“没写完”。")


def _place(draft: Draft, remark: checking.Remark) -> str:
    """Where a remark stands, as its form says it."""
    found = shown.place(draft.text, remark.line) if files.is_lesson(draft.path) else sheeted.place(draft.path, draft.text, remark)
    return found or (f"第 {remark.line} 行" if remark.line else "这一份")


async def _step(step: Callable[Concatenate[Session, P], Draft], *args: P.args, **kwargs: P.kwargs) -> None:
    try:
        await services.database().run(step, *args, **kwargs)
    except DraftError as error:
        raise DeskError(409, str(error)) from None
    except HistoryError as error:
        raise DeskError(503, f"{error}。草稿还在，没有丢。") from None


def _version(request: Request) -> int:
    typed = field(request, "version", 9)
    return int(typed) if typed.isascii() and typed.isdigit() else 0


PAGES = (
    Page("GET", "/drafts", EDIT, index, "草稿", group="内容"),
    Page("GET", "/drafts/<draft_id:int>", EDIT, show, "看草稿"),
    Page("POST", "/drafts/<draft_id:int>/send", EDIT, send, "送去看"),
    Page("POST", "/drafts/<draft_id:int>/judge", EDIT, judge, "看过草稿"),
    Page("POST", "/drafts/<draft_id:int>/finish", EDIT, finish, "定稿"),
    Page("POST", "/drafts/<draft_id:int>/drop", EDIT, drop, "丢掉草稿"),
)
