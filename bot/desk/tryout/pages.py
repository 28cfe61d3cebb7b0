"""在手机上试一试: what is to be tried and what its model has not heard of, how far it is, the phone, the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.documents import ContentError
from bot.content.writing import WritingError
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import becoming, drafts, edit, files
from bot.desk.editing.drafts import Draft
from bot.desk.editing.sheets.titles import named
from bot.desk.errors import DeskError
from bot.desk.tryout import proxy
from bot.desk.web import NOTICES, field, redirect, render
from bot.publish import runs
from bot.publish.tree import tree_of
from bot.tryout import news, place, running

T = TypeVar("T")
HOME = f"{PREFIX}/try"
NOTICES.update(try_begun="准备好就会出现手机，要半分钟左右。", try_learning="先学一遍，要几分钟。可以去做别的，回头再来看。", try_ended="结束了，没有留下什么。")


@dataclass(frozen=True)
class Wanted:
    """What is to be tried: `root` and `content` are copied, `changed` are files with other texts; `model` where one is trained.

    `along`: other drafts that are tried with it, in words.
    """

    kind: str
    number: int
    title: str
    root: Path
    content: Path
    changed: Mapping[str, str]
    model: str = ""
    along: tuple[str, ...] = ()


async def show(request: Request) -> HTTPResponse:
    """What is asked for in the address, or the phone that runs."""
    wanted = await _wanted(request.args.get("draft", ""), request.args.get("run", ""))
    if wanted is None:
        return render(request, "tryout/show.html", title="在手机上试一试", **_standing(request))
    base, found = await _in_thread(lambda: _unheard(wanted))
    return render(request, "tryout/ask.html", title="在手机上试一试", wanted=wanted, found=found, base=base)


async def fresh(request: Request, number: int) -> HTTPResponse:
    """The moving part of that page; `number` is that of the try-out which it shows."""
    tried = running.of(request.ctx.staff.id)
    if tried and tried.process.pid == number:
        place.touch(tried.place)
    return render(request, "tryout/state.html", title="", **_standing(request))


async def begin(request: Request) -> HTTPResponse:
    """Start it, with what answers now or with a model that is trained first."""
    number, learn = field(request, "number", 12), field(request, "how", 10) == "learn"
    is_run = field(request, "kind", 10) == "run"
    wanted = await _wanted("" if is_run else number, number if is_run else "")
    if wanted is None:
        raise DeskError(400)
    base, found = await _in_thread(lambda: _unheard(wanted))
    model = "" if learn else base
    staff, settings = request.ctx.staff.id, services.settings()
    content, changed = wanted.content, wanted.changed
    if not model and not learn:
        raise DeskError(409, "还没有学好的模型，只能先学一遍再试。")
    try:
        await _in_thread(lambda: running.start(staff, wanted.title, tuple(found), wanted.root, content, changed, settings, model))
    except running.TooMany as error:
        raise DeskError(409, str(error)) from None
    except OSError as error:
        raise DeskError(503, "机器上放不下了，没有开始。请告诉管理员。") from error
    request.ctx.subject = wanted.title
    return redirect(HOME, "try_learning" if learn else "try_begun")


async def end(request: Request) -> HTTPResponse:
    """End it."""
    staff = request.ctx.staff.id
    await _in_thread(lambda: running.stop(staff))
    return redirect(HOME, "try_ended")


def _standing(request: Request) -> dict[str, Any]:
    tried = running.of(request.ctx.staff.id)
    return {"tried": tried, "state": tried.state if tried else None, "places": place, "phone": proxy.HOME}


async def _wanted(draft_id: str, run_id: str) -> Wanted | None:
    settings, root = services.settings(), Path.cwd()
    if run_id:
        run = await services.database().read(runs.get, _number(run_id))
        copy = tree_of(settings.var_path, run.id).resolve() if run else root
        if run is None or not run.model or not (copy / "content").is_dir():
            raise DeskError(404, "这次发布没有可以试的：还没有学好，或者副本已经不在了。")
        return Wanted("run", run.id, f"第 {run.id} 次发布", copy, copy / "content", {}, run.model)
    if not draft_id:
        return None
    draft = await services.database().read(drafts.get, _number(draft_id))
    if draft is None or not draft.open:
        raise DeskError(404, "这份草稿已经定稿或者丢掉了。")
    checked = await edit.checked_quickly(draft.path, draft.text)
    # Slips of style may wait; what cannot be read cannot answer.
    if files.is_lesson(draft.path) and checked.lesson is None:
        raise DeskError(409, f"这份草稿还读不出来，现在试不了：{checked.remarks[0].message if checked.remarks else ''}。")
    if checked.draft:
        raise DeskError(409, "“状态”还是“没写完”，助手不会用它。改成“发布”，保存以后再来试；试不等于发布。")
    along = [] if files.in_content(draft.path) else await services.database().read(_beside, draft)
    try:
        # A file that would go is empty for this once.
        changed = {path: text or 'version: "3.1"\n' for path, text in becoming.texts((*along, draft)).items()}
    except WritingError as error:
        raise DeskError(409, f"{error}。改好以后再试。") from None
    titles_along = tuple(named(each.path, each.text) for each in along)
    return Wanted("draft", draft.id, named(draft.path, draft.text), root, settings.content_path, changed, along=titles_along)


def _beside(session: Session, draft: Draft) -> list[Draft]:
    """An intent, its reply and its rule stand in three files: what the same people write there is tried together."""
    others = [each for each in drafts.all_open(session) if each.id != draft.id and not files.in_content(each.path)]
    return [each for each in others if set(each.authors) & set(draft.authors) and becoming.is_whole(each)]


def _unheard(wanted: Wanted) -> tuple[str, list[str]]:
    """The model that can answer at once ("": none), and what it has not heard of."""
    settings, root = services.settings(), Path.cwd()
    if wanted.model:
        there = (settings.var_path / "models" / wanted.model).is_file()
        return (wanted.model, []) if there else ("", [])
    base = news.base_of(root, settings.content_path, settings.var_path)
    if base is None:
        return "", []
    try:
        return base.model, news.unheard(base, wanted.root, wanted.content, wanted.changed)
    except ContentError as error:
        raise DeskError(409, f"{error.path.name} 第 {error.line} 行：{error.message}。改好以后再试。") from error


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12):
        raise DeskError(404)
    return int(typed)


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(None, work)


PAGES = (
    Page("GET", "/try", EDIT, show, "试一试", group="内容"),
    Page("GET", "/try/live/<number:int>", EDIT, fresh, "试一试", polled=True),
    Page("POST", "/try", EDIT, begin, "开始试"),
    Page("POST", "/try/end", EDIT, end, "结束试"),
    Page("GET", "/try/phone/<path:path>", EDIT, proxy.look, "试的手机", json=True, framed=True, polled=True),
    Page("POST", "/try/phone/<path:path>", EDIT, proxy.act, "在试的手机上做", json=True, quiet=True),
)
