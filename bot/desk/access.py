"""Who may open what: a page is declared once, with its roles, and nothing is served that is not declared.

`Page.handler` runs only after the session, the role and, for every POST, the form's CSRF word were looked at; what it
reads or changes is written to the audit trail.
"""

from __future__ import annotations

import hmac
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import redirect as sanic_redirect
from sqlalchemy.orm import Session

from bot import services
from bot.db import DatabaseError
from bot.desk import accounts, audit, cookies, errors, sessions
from bot.desk.errors import DeskError
from bot.logs import flags

log = structlog.get_logger(__name__)

PREFIX = "/desk"

ANONYMOUS = "anonymous"
STAFF = frozenset(accounts.ROLES)
ANYONE = STAFF | {ANONYMOUS}
REVIEW = frozenset({"reviewer", "counsellor", "admin"})
SAFETY = frozenset({"counsellor", "admin"})
EDIT = frozenset({"editor", "admin"})
ADMIN = frozenset({"admin"})

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


@dataclass(frozen=True)
class Page:
    """One address of the desk.

    `path` is below /desk, in Sanic's notation. `title` names it in the navigation (with `group`) and in the audit trail;
    a GET is written to the trail when `audited`, a POST always. `json` pages answer errors as {"error": …}. `framed`
    pages may be shown inside a frame of the desk itself (previews). A `polled` page is asked for by a script, which must not
    keep a session open that nobody uses. A `quiet` POST changes nothing (a check of what is being typed) and is not written down.
    """

    method: str
    path: str
    roles: frozenset[str]
    handler: Handler
    title: str
    group: str = ""
    audited: bool = False
    json: bool = False
    framed: bool = False
    polled: bool = False
    quiet: bool = False

    @property
    def url(self) -> str:
        return PREFIX + self.path

    @property
    def name(self) -> str:
        return f"{self.method.lower()}_{self.path.strip('/').replace('/', '_').translate(_NO_SIGNS) or 'home'}"


_NO_SIGNS = str.maketrans(dict.fromkeys("<>:-.", ""))


def guarded(page: Page) -> Handler:
    """The page's handler behind the door."""

    async def handle(request: Request, **parameters: str | int) -> HTTPResponse:
        request.ctx.page = page
        try:
            return await _admitted(page, request, parameters)
        except DeskError as error:
            return errors.answer(request, error.status, error.sentence)
        except DatabaseError as error:
            log.error("desk.database", reason=error.reason, page=page.path)
            return errors.answer(request, 503, "数据库现在用不了，您写的还没有保存。请过一分钟再试。")
        except SanicException as error:
            return errors.answer(request, error.status_code, "")
        except Exception as error:  # noqa: BLE001 - whatever it was: Sanic's own page would show code
            log.error("desk.failed", page=page.path, error=type(error).__name__, at=_where(error))
            return errors.answer(request, 500, "")

    handle.__name__ = page.name
    return handle


def _where(error: Exception) -> str:
    # File and line only: the words of an exception may quote what somebody wrote.
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


async def _admitted(page: Page, request: Request, parameters: dict[str, str | int]) -> HTTPResponse:
    await identify(request)
    staff: sessions.Staff | None = request.ctx.staff
    role = staff.role if staff else ANONYMOUS
    if role not in page.roles:
        return _turned_away(page, request, staff)
    if page.method != "GET":
        _check_form(request)
    _check_letters(request)
    if any(isinstance(value, int) and not 0 <= value < 2**63 for value in parameters.values()):
        raise DeskError(404)  # no database counts that far
    response = await page.handler(request, **parameters)
    if staff and response.status < 400 and (page.audited or page.method != "GET") and not page.quiet:
        await _note(page, request, staff, parameters)
    return response


async def identify(request: Request) -> None:
    """Put who is asking into `request.ctx.staff` (None: a stranger) and the forms' word into `request.ctx.csrf`."""
    database, now = services.database(), services.clock().now()
    token = request.cookies.get(cookies.SESSION, "")
    found, request.ctx.danger = await database.read(_look, token, now) if token else (None, 0)
    if found and found.stale and not request.ctx.page.polled:
        await database.run(sessions.touch, token, now)
    request.ctx.staff = found.staff if found else None
    request.ctx.token = token
    if found:
        request.ctx.csrf = found.staff.csrf
        return
    request.ctx.door = request.cookies.get(cookies.DOOR, "") or cookies.fresh()
    request.ctx.csrf = sessions.csrf_of(request.ctx.door)


def _look(session: Session, token: str, now: datetime) -> tuple[sessions.Found | None, int]:
    """Who it is, and how many danger signs wait, for those who follow them up: it stands in the menu of every page."""
    found = sessions.find(session, token, now)
    waiting = flags.open_count(session) if found and found.staff.role in SAFETY else 0
    return found, waiting


def safe_next(value: str) -> str:
    """Where to go on after signing in: an address of the desk, or its first page."""
    plain = value.startswith(f"{PREFIX}/") and "\\" not in value and value.isprintable() and "//" not in value
    return value if plain else f"{PREFIX}/"


def _turned_away(page: Page, request: Request, staff: sessions.Staff | None) -> HTTPResponse:
    if staff:
        raise DeskError(403, f"“{page.title}”不在您的角色（{accounts.ROLES[staff.role]}）里。需要的话，请找管理员。")
    if page.method == "GET" and not page.json:
        asked = request.path + (f"?{request.query_string}" if request.query_string else "")
        return sanic_redirect(f"{PREFIX}/login?next={quote(asked, safe='')}", status=303)
    raise DeskError(401, "登录过期了。请在另一个窗口登录，再回到这里按后退键：您写的字还在。")


def _check_form(request: Request) -> None:
    # Two locks: the word that only our own pages know, and the browser's own statement of where the form stood.
    given = request.headers.get("x-csrf-token") or (request.form.get("csrf") if request.form else None) or ""
    right = hmac.compare_digest(given.encode(), request.ctx.csrf.encode())
    origin = request.headers.get("origin")
    homes = {request.headers.get("host"), urlsplit(services.settings().public_url).netloc}
    at_home = not origin or urlsplit(origin).netloc in homes - {"", None}
    if not (right and at_home):
        log.warning("desk.foreign_form", page=request.ctx.page.path)
        raise DeskError(403, "这一页放得太久了，或者不是从这里打开的。请按后退键，刷新，再做一次。")


def _check_letters(request: Request) -> None:
    # PostgreSQL keeps no NUL in a text, and no keyboard types one.
    sent = (*request.args.values(), *(request.form or {}).values())
    if any("\0" in value for values in sent for value in values):
        raise DeskError(400)


async def _note(page: Page, request: Request, staff: sessions.Staff, parameters: dict[str, str | int]) -> None:
    subject = getattr(request.ctx, "subject", "") or " ".join(map(str, parameters.values()))
    now = services.clock().now()
    await services.database().run(audit.note, now, staff.id, staff.name, page.title, subject)
