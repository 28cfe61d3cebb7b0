"""The door: sign in, sign out."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import accounts, audit, cookies, sessions, throttle, totp
from bot.desk.access import ANYONE, STAFF, Page, safe_next
from bot.desk.tables import UserRow
from bot.desk.times import span
from bot.desk.web import now, redirect, render

log = structlog.get_logger(__name__)

# The same words for a wrong name, a wrong password and a wrong code: nobody learns which it was.
WRONG = "名字、密码或动态码不对。请看看大小写，再试一次。"


async def show(request: Request) -> HTTPResponse:
    """The form; those who are in go on."""
    target = safe_next(request.args.get("next", ""))
    if request.ctx.staff:
        return redirect(target)
    return _form(request, target, first=await services.database().read(_nobody))


async def sign_in(request: Request) -> HTTPResponse:
    """Name, password and, where switched on, the one-time code."""
    form = {name: (request.form.get(name) or "") for name in ("name", "password", "code", "next")}
    target = safe_next(form["next"])
    name, address, moment = accounts.normal(form["name"])[:40], address_of(request), now()
    database = services.database()
    wait = await database.run(throttle.attempt, name, address, moment)
    if wait > timedelta():
        wrong = f"试得太多了。请等 {span(wait)}再试；忘了密码，请找管理员。"
        return _form(request, target, 429, name, wrong)
    # Held apart from the count above: argon2 takes its time on purpose, and others write meanwhile.
    user = await database.read(_known, name, form["password"])
    token = await database.run(_enter, user, name, form["code"], address, moment, request.ctx.token)
    if not token:
        log.warning("desk.wrong_password")
        return _form(request, target, 401, name, WRONG)
    response = redirect(target)
    cookies.give(request, response, cookies.SESSION, token)
    cookies.take_back(response, cookies.DOOR)
    return response


async def sign_out(request: Request) -> HTTPResponse:
    """End the session of this browser."""
    await services.database().run(sessions.close, request.ctx.token)
    response = redirect("/desk/login")
    cookies.take_back(response, cookies.SESSION)
    return response


def _form(
    request: Request, target: str, status: int = 200, name: str = "", wrong: str = "", first: bool = False
) -> HTTPResponse:
    return render(
        request, "door/login.html", status=status, title="登录", next=target, name=name, wrong=wrong, first=first
    )


def _nobody(session: Session) -> bool:
    return not accounts.everyone(session)


def address_of(request: Request) -> str:
    """The browser's address. Only nginx on this machine is believed when it names another."""
    named = request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
    return named if named and request.ip in ("127.0.0.1", "::1") else request.ip


def _known(session: Session, name: str, password: str) -> int | None:
    row = accounts.right_password(session, name, password)
    return row.id if row is not None else None


def _enter(
    session: Session, user: int | None, name: str, code: str, address: str, moment: datetime, old: str
) -> str | None:
    row = session.get(UserRow, user) if user is not None else None
    if row is None or (row.totp_secret and not totp.accept(session, row, code, moment)):
        return None
    throttle.clear(session, name, address)
    if old:  # a token that somebody planted before must not become a session
        sessions.close(session, old)
    _sweep(session, moment)
    audit.note(session, moment, row.id, row.name, "登录")
    return sessions.open_session(session, row.id, moment)


def _sweep(session: Session, moment: datetime) -> None:
    # Here, because somebody signs in every day, and nobody waits for these few rows.
    throttle.purge(session, moment)
    audit.purge(session, moment)


PAGES = (
    Page("GET", "/login", ANYONE, show, "登录"),
    Page("POST", "/login", ANYONE, sign_in, "登录"),
    Page("POST", "/logout", STAFF, sign_out, "退出"),
)
