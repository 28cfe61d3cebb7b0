"""Templates, and the small things that every page needs: times in Beijing, notices, forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import html as html_response
from sanic.response import redirect as sanic_redirect

from bot import services
from bot.desk import accounts, assets, cookies, menu, times
from bot.desk.errors import DeskError

HERE = Path(__file__).parent

# After a form: the address carries the key, the page shows the sentence. Other areas add theirs with `update`.
NOTICES: dict[str, str] = {
    "saved": "保存好了。",
    "done": "做好了。",
    "undone": "撤回了。",
    "welcome": "登录好了。",
}


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(beijing=times.beijing, day=times.day, span=times.span, percent=percent)
    made.globals.update(ROLES=accounts.ROLES, asset=assets.url, ago=times.ago)
    return made


def percent(part: float | None) -> str:
    """0.873 as 87%; a dash for what is not known."""
    return "—" if part is None else f"{part * 100:.0f}%"


ENVIRONMENT = _environment()


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTTPResponse:
    """A page in the desk's layout. `title` is asked for; `staff`, `csrf`, `page`, `nav`, `now`, `notice` are there."""
    staff = getattr(request.ctx, "staff", None)
    page = getattr(request.ctx, "page", None)
    shared: Mapping[str, Any] = {
        "staff": staff,
        "csrf": getattr(request.ctx, "csrf", ""),
        "page": page,
        "nav": menu.groups(staff.role) if staff else [],
        "here": menu.entry_of(page, staff.role) if staff and page else None,
        "danger": getattr(request.ctx, "danger", 0),
        "now": services.clock().now(),
        "notice": NOTICES.get(request.args.get("notice", ""), ""),
        "query": query_of(request),
    }
    response = html_response(ENVIRONMENT.get_template(template).render({**shared, **context}), status=status)
    door = getattr(request.ctx, "door", "")
    if door and not request.cookies.get(cookies.DOOR):
        cookies.give(request, response, cookies.DOOR, door)
    return response


def redirect(path: str, notice: str = "") -> HTTPResponse:
    """Go on to a page of the desk after a form (303); `path` begins with /desk."""
    if notice:
        path, hash_mark, anchor = path.partition("#")
        path += ("&" if "?" in path else "?") + urlencode({"notice": notice}) + hash_mark + anchor
    return sanic_redirect(path, status=303)


def field(request: Request, name: str, longest: int = 2000, needed: str = "") -> str:
    """A field of the form, without spaces at its ends.

    Raises:
        DeskError: longer than `longest`, or empty where `needed` says what is missing.
    """
    form = request.form or {}
    value = (form.get(name) or "").strip()
    if len(value) > longest:
        raise DeskError(400, f"这里最多写 {longest} 个字，您写了 {len(value)} 个。请按后退键，短一点再试。")
    if needed and not value:
        raise DeskError(400, f"{needed}请按后退键补上。")
    return value


def query_of(request: Request) -> dict[str, str]:
    """The address's parameters, the first of each name."""
    return {name: values[0] for name, values in request.args.items() if values}


def now() -> datetime:
    """The time, as everything on the desk sees it."""
    return services.clock().now()


def days(number: int) -> timedelta:
    """A span of whole days."""
    return timedelta(days=number)
