"""Training examples made from misses: look once more, confirm or drop. And the lessons that were wished for."""

from __future__ import annotations

from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import labels, teach
from bot.desk.access import EDIT, REVIEW, Page
from bot.desk.editing import drafts, files
from bot.desk.errors import DeskError
from bot.desk.review import done_by_review
from bot.desk.web import field, redirect, render
from bot.logs import misses, shapes


async def index(request: Request) -> HTTPResponse:
    """What waits for a second look, and what the next publishing takes."""
    database = services.database()
    proposed = await database.read(misses.examples_in, "proposed")
    confirmed = await database.read(misses.examples_in, "confirmed")
    return render(request, "examples/list.html", title="例句", proposed=proposed, confirmed=confirmed, labels=labels)


async def show(request: Request, example_id: int) -> HTTPResponse:
    """One that was just proposed: is there really nobody in it?"""
    proposed = await services.database().read(misses.examples_in, "proposed")
    example = next((each for each in proposed if each.id == example_id), None)
    if example is None:
        raise DeskError(404, "这个例句已经确认或撤掉了。")
    back, changed = teach.safe_back(request.args.get("back", "")), bool(request.args.get("changed"))
    return render(
        request,
        "examples/show.html",
        title="再看一眼这个例句",
        example=example,
        back=back,
        changed=changed,
        labels=labels,
    )


async def confirm(request: Request, example_id: int) -> HTTPResponse:
    """It names nobody and is right."""
    await done_by_review(misses.confirm_example, example_id, request.ctx.staff.name)
    return redirect(teach.safe_back(field(request, "back", 200)), "confirmed")


async def drop(request: Request, example_id: int) -> HTTPResponse:
    """Take it back."""
    await done_by_review(misses.drop_example, example_id)
    return redirect(teach.safe_back(field(request, "back", 200)), "dropped")


async def wishes(request: Request) -> HTTPResponse:
    """Lessons that reviewers asked for, each with its owner."""
    mine = request.ctx.staff.name if request.args.get("mine") else ""
    found, written = await services.database().read(_wishes, mine)
    return render(request, "requests/list.html", title="想要的课", requests=found, written=written, mine=mine, labels=labels)


def _wishes(session: Session, mine: str) -> tuple[tuple[shapes.Request, ...], set[str]]:
    """The open wishes, and the lessons among them that are there or being written: a draft may be thrown away, a publishing taken back."""
    found = misses.requests_in(session, "open", mine)
    begun = {Path(draft.path).stem for draft in drafts.all_open(session) if files.is_lesson(draft.path)}
    return found, {each.lesson for each in found if each.lesson in begun or (each.lesson and files.is_there(each.lesson))}


PAGES = (
    Page("GET", "/examples", REVIEW, index, "例句", group="审阅"),
    Page("GET", "/examples/<example_id:int>", REVIEW, show, "看例句"),
    Page("POST", "/examples/<example_id:int>/confirm", REVIEW, confirm, "确认例句"),
    Page("POST", "/examples/<example_id:int>/drop", REVIEW, drop, "撤掉例句"),
    Page("GET", "/requests", REVIEW | EDIT, wishes, "想要的课", group="内容"),
)
