"""My account: password, one-time codes, signing out elsewhere."""

from __future__ import annotations

from datetime import timedelta

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import accounts, sessions, throttle, totp
from bot.desk.access import STAFF, Page
from bot.desk.errors import DeskError
from bot.desk.tables import UserRow
from bot.desk.times import span
from bot.desk.web import NOTICES, now, redirect, render

NOTICES.update(
    password="密码换好了，其他地方的登录都已退出。",
    totp_on="两步验证开好了。下次登录要填动态码。",
    totp_off="两步验证关掉了。",
    elsewhere="其他地方的登录都已退出。",
)


async def show(request: Request) -> HTTPResponse:
    """What one can change about oneself."""
    return render(request, "me/show.html", title="我的账号", shortest=accounts.SHORTEST_PASSWORD)


async def change_password(request: Request) -> HTTPResponse:
    """The old one once, the new one twice."""
    old, new, again = (request.form.get(name) or "" for name in ("old", "new", "again"))
    if new != again:
        raise DeskError(400, "两次写的新密码不一样。请按后退键再写一次。")
    await _patience(request)
    try:
        await services.database().run(_change, request.ctx.staff, old, new, request.ctx.token)
    except accounts.AccountError as error:
        raise DeskError(400, f"{error}。") from error
    return redirect("/desk/me", "password")


async def enrol(request: Request) -> HTTPResponse:
    """The QR code of a fresh secret; nothing is switched on before a code of it is typed."""
    _not_on_yet(request)
    secret = totp.new_secret()
    return _enrolling(request, secret, "")


async def confirm(request: Request) -> HTTPResponse:
    """Switch one-time codes on, once the app shows the right one."""
    _not_on_yet(request)
    secret, code = request.form.get("secret") or "", request.form.get("code") or ""
    if not totp.is_secret(secret):  # somebody changed the hidden field
        raise DeskError(400)
    step = totp.step_of(secret, code, now())
    if step is None:
        return _enrolling(request, secret, "动态码不对。看看手机上现在的六个数字，再试一次。")
    await services.database().run(accounts.set_totp, request.ctx.staff.id, secret, step)
    return redirect("/desk/me", "totp_on")


async def switch_off(request: Request) -> HTTPResponse:
    """Switch one-time codes off; the password shows that it is really oneself."""
    await _patience(request)
    await services.database().run(_switch_off, request.ctx.staff.id, request.form.get("password") or "")
    return redirect("/desk/me", "totp_off")


async def sign_out_elsewhere(request: Request) -> HTTPResponse:
    """End all sessions but this one."""
    await services.database().run(sessions.close_all, request.ctx.staff.id, request.ctx.token)
    return redirect("/desk/me", "elsewhere")


def _enrolling(request: Request, secret: str, wrong: str) -> HTTPResponse:
    picture = totp.picture(secret, request.ctx.staff.name)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(
        request, "me/enrol.html", title="打开两步验证", secret=secret, grouped=grouped, picture=picture, wrong=wrong
    )


def _not_on_yet(request: Request) -> None:
    """Switching off asks for the password: another secret put in the place of the first must not be the way around it."""
    if request.ctx.staff.totp:
        raise DeskError(409, "两步验证已经开着。换了手机，请先写密码把它关掉，再重新打开。")


async def _patience(request: Request) -> None:
    """Whoever sits at a colleague's open browser must not be able to try passwords."""
    wait = await services.database().run(throttle.attempt, request.ctx.staff.name, "account page", now())
    if wait > timedelta():
        raise DeskError(429, f"试得太多了。请等 {span(wait)}再试。")


def _change(session: Session, staff: sessions.Staff, old: str, new: str, token: str) -> None:
    _prove(session, staff.id, old)
    accounts.set_password(session, staff.name, new)
    sessions.close_all(session, staff.id, but=token)


def _switch_off(session: Session, user_id: int, password: str) -> None:
    _prove(session, user_id, password)
    accounts.set_totp(session, user_id, None)


def _prove(session: Session, user_id: int, password: str) -> None:
    row = session.get(UserRow, user_id)
    if not accounts.matches(row.password_hash, password):
        raise DeskError(400, "现在的密码不对。请按后退键再写一次。")
    throttle.clear(session, row.name, "account page")


PAGES = (
    Page("GET", "/me", STAFF, show, "我的账号", group="我"),
    Page("POST", "/me/password", STAFF, change_password, "换密码"),
    Page("GET", "/me/totp", STAFF, enrol, "打开两步验证"),
    Page("POST", "/me/totp", STAFF, confirm, "打开两步验证"),
    Page("POST", "/me/totp/off", STAFF, switch_off, "关掉两步验证"),
    Page("POST", "/me/elsewhere", STAFF, sign_out_elsewhere, "退出其他登录"),
)
