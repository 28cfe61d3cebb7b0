"""A counsellor and a parent: take the conversation over, write through the account, hand it back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import labels
from bot.desk.access import SAFETY, Page
from bot.desk.errors import DeskError
from bot.desk.review import done_by_review
from bot.desk.web import NOTICES, field, now, redirect, render
from bot.logs import reading, staff, takeovers
from bot.logs.shapes import Takeover, Talk, TalkFilter
from bot.wechat.window import window

NOTICES.update(
    began="您接手了：机器不再回这位家长，遇到危险除外。两小时后自动交还。",
    ended="交还给机器了。",
    written="写好了，马上发给家长。",
    held="存好了。家长下次来的时候，连同当时的问题一起给。",
)
_TALKS = 3


@dataclass(frozen=True)
class Around:
    """All that a counsellor needs to see before writing. `left`: messages WeChat still lets through until `open_until`."""

    parent: str
    parent_ref: str
    talks: tuple[Talk, ...]
    takeover: Takeover | None
    left: int
    remaining: timedelta | None
    following: bool


async def around(parent_ref: str) -> Around | None:
    """The last conversations of a parent, who has taken over, and WeChat's window."""
    return await services.database().read(_around, parent_ref)


async def show(request: Request, parent_ref: str) -> HTTPResponse:
    """The counsellor's view of one parent."""
    return await _page(request, parent_ref, "")


async def live(request: Request, parent_ref: str) -> HTTPResponse:
    """The conversation, the window and who has taken over, alone: the page asks for it every few seconds, so that typing is not disturbed."""
    found = await around(parent_ref)
    if found is None:
        raise DeskError(404)
    back = _back(request.args.get("back", ""), parent_ref)
    return render(request, "contact/live.html", around=found, labels=labels, title="", back=back)


async def change(request: Request, parent_ref: str) -> HTTPResponse:
    """Take the conversation over, or hand it back."""
    what, me = field(request, "what", 20), request.ctx.staff.name
    request.ctx.subject, back = f"{parent_ref} {what}", _back(field(request, "back", 200), parent_ref)
    if what == "begin":
        await done_by_review(takeovers.begin, parent_ref, me, now())
        return redirect(back, "began")
    if what == "end":
        await done_by_review(takeovers.end, parent_ref, me, now())
        return redirect(back, "ended")
    raise DeskError(400)


async def write(request: Request, parent_ref: str) -> HTTPResponse:
    """Send, or hold for the next contact where the counsellor saw that the window is closed.

    The window may close while somebody types: then nothing is queued, and the page comes back with the draft and says so.
    """
    text, hold = field(request, "text", 4000), field(request, "mode", 10) == "hold"
    found = await around(parent_ref)
    if found is None:
        raise DeskError(404)
    request.ctx.subject = parent_ref
    if not found.following:
        raise DeskError(409, "这位家长取消关注了，微信不让再发消息。TA 再关注的时候，您可以再写。")
    if not hold and found.left == 0:
        return await _page(request, parent_ref, text, status=409)
    # The parent may come back between the page and this moment, or before it is taken up: the question goes with it all the same.
    await done_by_review(staff.write, parent_ref, request.ctx.staff.name, text, now(), late=hold or found.left == 0)
    return redirect(_back(field(request, "back", 200), parent_ref), "held" if found.left == 0 else "written")


async def _page(request: Request, parent_ref: str, draft: str, status: int = 200) -> HTTPResponse:
    found = await around(parent_ref)
    if found is None:
        raise DeskError(404, "这位家长的记录已经不在了：可能删除了自己的资料。")
    request.ctx.subject = found.parent
    return render(
        request,
        "contact/show.html",
        status=status,
        title=f"和{found.parent} 说话",
        around=found,
        labels=labels,
        draft=draft,
        back=f"/desk/parents/{parent_ref}",
    )


def _around(session: Session, parent_ref: str) -> Around | None:
    lines = reading.talks_page(session, TalkFilter(parent=parent_ref), limit=_TALKS).items
    found = [talk for line in reversed(lines) if (talk := reading.talk(session, line.ref))]
    key = reading.parent_key(session, parent_ref)
    if not found or key is None:
        return None
    moment = now()
    left_open = window(session, key, moment, services.settings().may_send)
    taken = found[-1].takeover
    taken = taken if taken and taken.until > moment else None
    remaining = left_open.open_until - moment if left_open.open_until else None
    line = found[-1].line
    return Around(line.parent, parent_ref, tuple(found), taken, left_open.left, remaining, left_open.following)


def _back(value: str, parent_ref: str) -> str:
    """Where the counsellor came from: a danger sign, or the parent's own page."""
    return value if re.fullmatch(r"/desk/safety/\d+", value) else f"/desk/parents/{parent_ref}"


PAGES = (
    Page("GET", "/parents/<parent_ref:str>", SAFETY, show, "和家长说话", audited=True),
    Page("GET", "/parents/<parent_ref:str>/live", SAFETY, live, "和家长说话", polled=True),
    Page("POST", "/parents/<parent_ref:str>/takeover", SAFETY, change, "接手或交还"),
    Page("POST", "/parents/<parent_ref:str>/write", SAFETY, write, "写给家长"),
)
