"""The safety queue: danger signs, the oldest open one first, and one of them with the conversation around it."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.desk import contact, labels
from bot.desk.access import SAFETY, Page
from bot.desk.errors import DeskError
from bot.desk.web import NOTICES, field, now, query_of, redirect, render
from bot.logs import flags
from bot.logs.shapes import Flag

NOTICES.update(
    taken="您来跟进这一条了。",
    closed="这一条了结了。",
    reopened="这一条又回到队列里了。",
)


async def index(request: Request) -> HTTPResponse:
    """Open flags; closed ones when asked."""
    query = query_of(request)
    closed = query.get("closed") == "1"
    found = await services.database().read(flags.flags_page, closed, query.get("after", ""))
    return render(
        request, "safety/list.html", title="安全信号", flags=found, closed=closed, labels=labels, urgent=_urgent()
    )


async def live(request: Request) -> HTTPResponse:
    """The open flags alone: the list asks for them every few seconds, so that a new one is seen at once."""
    found = await services.database().read(flags.flags_page)
    return render(request, "safety/live.html", title="", flags=found, closed=False, labels=labels, urgent=_urgent())


async def show(request: Request, flag_id: int) -> HTTPResponse:
    """One flag: what was said, what was answered, who follows it up, and the way to write to the parent."""
    database = services.database()
    flag = await database.read(flags.flag, flag_id)
    if flag is None:
        raise DeskError(404, "这一条已经不在了：家长可能删除了自己的资料。")
    if flag.looked_at is None:
        # That a human has seen it is what the time to first look is counted by; opening the page is the look.
        await database.run(flags.look, flag_id, now())
    request.ctx.subject = f"{flag.parent} {flag_id}"
    around = await contact.around(flag.parent_ref) if flag.parent_ref else None
    return render(
        request,
        "safety/show.html",
        title=labels.script(flag.script),
        flag=flag,
        around=around,
        labels=labels,
        urgent=_urgent(),
        draft="",
        back=f"/desk/safety/{flag_id}",
    )


async def change(request: Request, flag_id: int) -> HTTPResponse:
    """Take it, give it back, close it, open it again."""
    what, me, database = field(request, "what", 20), request.ctx.staff.name, services.database()
    request.ctx.subject = f"{flag_id} {what}"
    if what == "take":
        if not await database.run(flags.take_flag, flag_id, me, now()):
            raise DeskError(409, await _who_has(flag_id))
        return redirect(f"/desk/safety/{flag_id}", "taken")
    if what == "close":
        await database.run(flags.close_flag, flag_id, me, now())
        return redirect("/desk/safety", "closed")
    if what == "release":
        await database.run(flags.release_flag, flag_id)
    elif what == "reopen":
        await database.run(flags.reopen_flag, flag_id)
    else:
        raise DeskError(400)
    return redirect(f"/desk/safety/{flag_id}", "reopened")


async def _who_has(flag_id: int) -> str:
    flag: Flag | None = await services.database().read(flags.flag, flag_id)
    if flag is None:
        return "这一条已经不在了。"
    return f"{flag.taken_by} 已经在跟进了。" if flag.taken_by else "这一条已经了结了。"


def _urgent() -> frozenset[str]:
    return frozenset(slug for slug, script in services.library().safety.items() if script.urgency == "emergency")


PAGES = (
    Page("GET", "/safety", SAFETY, index, "安全信号", group="审阅"),
    Page("GET", "/safety/live", SAFETY, live, "安全信号", polled=True),
    Page("GET", "/safety/<flag_id:int>", SAFETY, show, "看安全信号", audited=True),
    Page("POST", "/safety/<flag_id:int>/state", SAFETY, change, "处理安全信号"),
)
