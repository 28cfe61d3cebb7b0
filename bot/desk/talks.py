"""Conversations: the list with its filters and search, one conversation, and what a reviewer does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.lessons import SERIES
from bot.desk import accounts, careful, labels
from bot.desk.access import REVIEW, Page
from bot.desk.errors import DeskError
from bot.desk.review import done_by_review
from bot.desk.web import field, now, query_of, redirect, render
from bot.logs import reading, review
from bot.logs.days import day_of, monday_of
from bot.logs.shapes import TalkFilter

SIGNS = {"danger": "安全信号", "fallback": "没听懂", "low_confidence": "没把握", "not_useful": "没帮上"}
_WEEKS = 12


async def index(request: Request) -> HTTPResponse:
    """The list. Without any filter: all conversations, newest first."""
    query = query_of(request)
    wanted = wanted_of(query)
    database = services.database()
    found = await database.read(reading.talks_page, wanted, query.get("after", ""))
    people = await database.read(reviewers)
    return render(
        request,
        "talks/list.html",
        title="对话",
        talks=found,
        wanted=wanted,
        signs=SIGNS,
        labels=labels,
        topics=SERIES,
        people=people,
        weeks=_weeks(),
        filter=urlencode(_kept(query)),
    )


async def show(request: Request, ref: str) -> HTTPResponse:
    """One conversation as bubbles, with what was understood beside each message."""
    database = services.database()
    talk = await database.read(reading.talk, ref)
    if talk is None:
        raise DeskError(404, "这段对话已经不在了：家长可能删除了自己的资料。")
    request.ctx.subject = f"{talk.line.parent} {ref}"
    people = await database.read(reviewers)
    kept = urlencode(_kept(query_of(request)))
    return render(
        request,
        "talks/show.html",
        title=f"{talk.line.parent} 的对话",
        talk=talk,
        labels=labels,
        people=people,
        filter=kept,
    )


async def change(request: Request, ref: str) -> HTTPResponse:
    """Take it, give it back, done, not done; `done` goes on to the next open one of the same list."""
    what, me = field(request, "what", 20), request.ctx.staff.name
    works: dict[str, Callable[[Session], None]] = {
        "take": lambda session: review.take(session, ref, me),
        "release": lambda session: review.release(session, ref),
        "done": lambda session: review.done(session, ref, me, now()),
        "undo": lambda session: review.undo(session, ref),
        "second": lambda session: review.second(session, ref, me, now()),
    }
    if what not in works:
        raise DeskError(400)
    await done_by_review(works[what])
    request.ctx.subject = f"{ref} {what}"
    back = field(request, "filter", 500)
    # The box stands beside all buttons of the form, ticked: who only takes one wants to read it.
    if what == "done" and field(request, "onward", 5):
        return await _onward(back, ref)
    return redirect(
        f"/desk/talks/{ref}?{back}" if back else f"/desk/talks/{ref}", "undone" if what == "undo" else "saved"
    )


async def assign(request: Request, ref: str) -> HTTPResponse:
    """Give it to a colleague, or ask one to look too."""
    who, what = field(request, "who", 60), field(request, "what", 20)
    if who and who not in {user.name for user in await services.database().read(reviewers)}:
        raise DeskError(400, "没有这位同事，请重新选。")
    if what == "second":
        await done_by_review(review.ask_second, ref, who)
    elif what == "reviewer":
        await done_by_review(review.release, ref)
        if who:
            await done_by_review(review.take, ref, who)
    else:
        raise DeskError(400)
    return redirect(f"/desk/talks/{ref}?{field(request, 'filter', 500)}", "saved")


async def note(request: Request, ref: str) -> HTTPResponse:
    """A note for colleagues; parents never see it."""
    text = field(request, "text", review.NOTE_LENGTH, needed="备注还是空的。")
    await asyncio.get_running_loop().run_in_executor(None, careful.check, text)
    await done_by_review(review.note, ref, request.ctx.staff.name, text, now())
    return redirect(f"/desk/talks/{ref}?{field(request, 'filter', 500)}#notes", "saved")


def wanted_of(query: dict[str, str]) -> TalkFilter:
    """The filter of an address; what cannot be understood does not matter."""
    signs = {name: query.get(name) == "1" for name in SIGNS}
    texts = {name: query.get(name, "")[:60] for name in ("topic", "state", "reviewer", "parent", "words")}
    try:
        week = monday_of(date.fromisoformat(query["week"])) if query.get("week") else None
    except ValueError:
        week = None
    return TalkFilter(**signs, **texts, week=week)  # type: ignore[arg-type]


def reviewers(session: Session) -> list[accounts.User]:
    """Colleagues who may review."""
    return [user for user in accounts.everyone(session) if user.role in REVIEW and not user.disabled]


async def _onward(back: str, ref: str) -> HTTPResponse:
    wanted = wanted_of({**dict(parse_qsl(back)), "state": "open"})
    found = await services.database().read(reading.talks_page, wanted)
    following = next((line.ref for line in found.items if line.ref != ref), "")
    return redirect(f"/desk/talks/{following}?{back}" if following else f"/desk/talks?{back}", "done")


def _kept(query: dict[str, str]) -> dict[str, str]:
    names = {each.name for each in fields(TalkFilter)}
    return {name: value for name, value in query.items() if name in names and value}


def _weeks() -> list[date]:
    monday = monday_of(day_of(now()))
    return [monday - timedelta(weeks=number) for number in range(_WEEKS)]


PAGES = (
    Page("GET", "/talks", REVIEW, index, "对话", group="审阅"),
    Page("GET", "/talks/<ref:str>", REVIEW, show, "看对话", audited=True),
    Page("POST", "/talks/<ref:str>/state", REVIEW, change, "标记对话"),
    Page("POST", "/talks/<ref:str>/assign", REVIEW, assign, "分派对话"),
    Page("POST", "/talks/<ref:str>/note", REVIEW, note, "写备注"),
)
