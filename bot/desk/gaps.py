"""Misses that ask the same, in groups: the most asked first."""

from __future__ import annotations

import asyncio

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.desk import careful, labels, targets, teach
from bot.desk.access import REVIEW, Page
from bot.desk.errors import DeskError
from bot.desk.review import done_by_review
from bot.desk.web import field, now, query_of, redirect, render
from bot.logs import misses


async def index(request: Request) -> HTTPResponse:
    """The groups in one state; open ones unless asked otherwise."""
    query = query_of(request)
    state = query.get("state", "open") if query.get("state") in ("open", "taken", "done") else "open"
    found = await services.database().read(misses.groups_page, state, query.get("after", ""))
    return render(request, "misses/list.html", title="没答上的", groups=found, state=state, labels=labels)


async def show(request: Request, group_id: int) -> HTTPResponse:
    """One group: how people said it, and what can be made of it."""
    database = services.database()
    group = await database.read(misses.group, group_id)
    if group is None:
        raise DeskError(404)
    said = await database.read(misses.misses_of, group_id, request.args.get("after", ""))
    owners = await database.read(teach.editors)
    near = targets.nearest(group.title, tuple(slug for slug, _ in said.items[0].ranking) if said.items else ())
    return render(
        request,
        "misses/show.html",
        title="没答上的一问",
        group=group,
        said=said,
        owners=owners,
        near=near,
        labels=labels,
    )


async def change(request: Request, group_id: int) -> HTTPResponse:
    """Take it, give it back, close it, open it again."""
    what, me = field(request, "what", 20), request.ctx.staff.name
    if what == "take":
        await done_by_review(misses.take_group, group_id, me)
    elif what == "release":
        await done_by_review(misses.take_group, group_id, "")
    elif what == "close":
        await done_by_review(misses.close_group, group_id, me, now())
    elif what == "reopen":
        await done_by_review(misses.reopen_group, group_id)
    else:
        raise DeskError(400)
    request.ctx.subject = f"{group_id} {what}"
    return redirect("/desk/misses" if what == "close" else f"/desk/misses/{group_id}", "saved")


async def wish(request: Request, group_id: int) -> HTTPResponse:
    """Ask a colleague for a lesson on all of it."""
    owner = await teach.owner_of(request)
    text = field(request, "wish", 200, needed="还没写想要哪一课。")
    await asyncio.get_running_loop().run_in_executor(None, careful.check, text)
    await done_by_review(misses.ask_for_lesson, text, owner, request.ctx.staff.name, now(), group_id=group_id)
    return redirect(f"/desk/misses/{group_id}", "wished")


PAGES = (
    Page("GET", "/misses", REVIEW, index, "没答上的", group="审阅"),
    Page("GET", "/misses/<group_id:int>", REVIEW, show, "看没答上的", audited=True),
    Page("POST", "/misses/<group_id:int>/state", REVIEW, change, "标记没答上的"),
    Page("POST", "/misses/<group_id:int>/wish", REVIEW, wish, "请人写课"),
)
