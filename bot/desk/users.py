"""Colleagues: who has an account, in which role. For admins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import accounts, sessions
from bot.desk.access import ADMIN, Page
from bot.desk.errors import DeskError
from bot.desk.web import field, now, redirect, render

P = ParamSpec("P")


async def index(request: Request) -> HTTPResponse:
    """Everybody, and a form for one more."""
    people = await services.database().read(accounts.everyone)
    return render(request, "users/list.html", title="同事账号", people=people, made=None, password="")


async def add(request: Request) -> HTTPResponse:
    """A new account; its generated password is shown this once."""
    password = accounts.generated_password()
    name, role = field(request, "name", 60), field(request, "role", 20)
    user = await _trying(accounts.add, name, role, password, now())
    return await _with_password(request, user, password)


async def reset(request: Request) -> HTTPResponse:
    """A new generated password, one-time codes off, signed out everywhere: for a colleague who lost one of them."""
    password = accounts.generated_password()
    user = await _trying(_reset, field(request, "name", 60), password)
    return await _with_password(request, user, password)


async def change(request: Request) -> HTTPResponse:
    """Another role, or the account closed or opened."""
    name, what, role = field(request, "name", 60), field(request, "what", 20), field(request, "role", 20)
    if what == "role":
        await _trying(accounts.set_role, name, role)
    elif what in ("close", "open"):
        await _trying(_set_disabled, name, what == "close", now())
    else:
        raise DeskError(400)
    request.ctx.subject = f"{name} {what} {role}".strip()
    return redirect("/desk/users", "saved")


async def _trying(
    work: Callable[Concatenate[Session, P], accounts.User], *arguments: P.args, **more: P.kwargs
) -> accounts.User:
    try:
        return await services.database().run(work, *arguments, **more)
    except accounts.AccountError as error:
        raise DeskError(400, f"{error}。") from error


async def _with_password(request: Request, user: accounts.User, password: str) -> HTTPResponse:
    request.ctx.subject = user.name
    people = await services.database().read(accounts.everyone)
    return render(request, "users/list.html", title="同事账号", people=people, made=user, password=password)


def _set_disabled(session: Session, name: str, disabled: bool, at: datetime) -> accounts.User:
    """Sessions of a closed account end for good: opened again, it must not let in the browser for which it was closed."""
    user = accounts.set_disabled(session, name, disabled, at)
    sessions.close_all(session, user.id)
    return user


def _reset(session: Session, name: str, password: str) -> accounts.User:
    user = accounts.set_password(session, name, password)
    accounts.set_totp(session, user.id, None)
    sessions.close_all(session, user.id)
    return user


PAGES = (
    Page("GET", "/users", ADMIN, index, "同事账号", group="管理"),
    Page("POST", "/users", ADMIN, add, "新建账号"),
    Page("POST", "/users/change", ADMIN, change, "改账号"),
    Page("POST", "/users/reset", ADMIN, reset, "重设密码"),
)
