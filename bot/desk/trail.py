"""The audit trail as a page, for admins."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.desk import accounts, audit
from bot.desk.access import ADMIN, Page
from bot.desk.web import render

AT_ONCE = 100
# What `jiashu user` writes down.
COMMANDS = {"add": "开账号", "password": "重设密码", "disable": "关账号", "enable": "重新打开账号", "jiashu user": "命令行"}


async def index(request: Request) -> HTTPResponse:
    """The newest lines first, of one person or of one kind when asked."""
    who, action = request.args.get("who", ""), request.args.get("action", "")
    before = request.args.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    database = services.database()
    lines = await database.read(audit.entries, who, action, start, AT_ONCE)
    people = await database.read(accounts.everyone)
    older = lines[-1].id if len(lines) == AT_ONCE else None
    context = {"lines": lines, "people": people, "who": who, "action": action, "older": older, "called": COMMANDS}
    return render(request, "trail/list.html", title="操作记录", **context)


PAGES = (Page("GET", "/trail", ADMIN, index, "操作记录", group="管理"),)
