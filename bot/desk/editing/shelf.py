"""The list of all lessons with what is being written on them, and the beginning of a new one."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.lessons import SERIES
from bot.desk.access import EDIT, PREFIX, Page
from bot.desk.editing import drafts, files
from bot.desk.editing.drafts import Clash
from bot.desk.editing.sheets import titles
from bot.desk.errors import DeskError
from bot.desk.times import BEIJING
from bot.desk.web import NOTICES, field, now, query_of, redirect, render
from bot.logs import misses

NOTICES["begun"] = "新课的草稿建好了，写吧。写到一半随时可以保存。"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A draft until somebody says that it is finished: nothing of it reaches a parent.
_SKELETON = """\
---
title: {title}
series: {series}
audience: [parents]
ages: [0, 192]
form: lesson
summary: ""
answer: ""
status: draft
reviewed: false
reviewed_by: ""
updated: {day}
---
"""


async def index(request: Request) -> HTTPResponse:
    """All lessons of a series, a state, or with some words in them."""
    query = query_of(request)
    every = await asyncio.get_running_loop().run_in_executor(None, files.lessons)
    begun = {draft.path: draft for draft in await services.database().read(drafts.all_open)}
    words = query.get("find", "").strip().lower().split()[:5]
    shown = [
        line
        for line in every
        if query.get("series", "") in ("", line.series)
        and _in_state(query.get("state", ""), line, begun)
        and all(word in line.words for word in words)
    ]
    new = [draft for draft in begun.values() if draft.path not in {line.path for line in every} and files.is_lesson(draft.path)]
    return render(
        request,
        "editing/list.html",
        title="课文",
        lines=shown,
        begun=begun,
        new=new,
        series=SERIES,
        statuses=files.STATUS,
        states=drafts.STATES,
        total=len(every),
        named=titles.named,
    )


async def begin(request: Request) -> HTTPResponse:
    """Where a new lesson gets its series, title and short name."""
    wishes = await services.database().read(misses.requests_in, "open")
    wish = next((each for each in wishes if str(each.id) == request.args.get("wish", "")), None)
    return render(request, "editing/new.html", title="写一课新的", series=SERIES, wish=wish)


async def make(request: Request) -> HTTPResponse:
    """Begin the draft of a new lesson."""
    title = field(request, "title", 60, needed="还没写题目。")
    series, slug = field(request, "series", 40), field(request, "slug", 60, needed="还没写英文短名。")
    if series not in SERIES:
        raise DeskError(400, "请从列表里选一个系列。")
    if not _SLUG.fullmatch(slug):
        raise DeskError(400, "英文短名只用小写字母、数字和横线，比如 first-day。请按后退键改一改。")
    if any(line.path.endswith(f"/{slug}.md") for line in files.lessons()):
        raise DeskError(400, f"已经有一课叫 {slug} 了，请按后退键换一个短名。")
    path = f"lessons/{series}/{slug}.md"
    day = now().astimezone(BEIJING).date().isoformat()
    text = _SKELETON.format(title=json.dumps(title, ensure_ascii=False), series=series, day=day)
    wish = field(request, "wish", 9)
    wanted = int(wish) if wish.isascii() and wish.isdigit() else None
    try:
        await services.database().run(_begun, path, text, wanted, request.ctx.staff.name, now())
    except Clash as clash:
        raise DeskError(409, str(clash)) from None
    request.ctx.subject = path
    return redirect(f"{PREFIX}/lessons/edit/{path}", "begun")


def _begun(session: Session, path: str, text: str, wish: int | None, author: str, at: datetime) -> None:
    """The draft; who asked for the lesson in vain hears of it once it is published."""
    drafts.save(session, path, text, "", 0, author, at)
    if wish is not None:
        misses.assign_lesson(session, wish, Path(path).stem)


def _in_state(state: str, line: files.Line, begun: dict[str, drafts.Draft]) -> bool:
    if state == "begun":
        return line.path in begun
    return state in ("", line.status) or (state == "broken" and bool(line.problem))


PAGES = (
    Page("GET", "/lessons", EDIT, index, "课文", group="内容"),
    Page("GET", "/lessons/new", EDIT, begin, "写一课新的"),
    Page("POST", "/lessons/new", EDIT, make, "开始写一课"),
)
