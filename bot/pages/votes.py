"""有用吗: very, partly, not. Whoever reads may say it, once a lesson in a browser; a form that is not ours says nothing."""

from __future__ import annotations

from datetime import date

import structlog
from sanic import Blueprint
from sanic.exceptions import InvalidUsage, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, redirect
from sqlalchemy.orm import Session

from bot import services
from bot.clock import BEIJING
from bot.db import DatabaseError
from bot.logs import feedback
from bot.pages import useful, visitors
from bot.pages.links import seals_for
from bot.pages.pace import Pace, address_of
from bot.pages.seals import READER

log = structlog.get_logger(__name__)

# What a form of ours has at most, with room to spare.
MAX_FORM = 20_000
_COOKIE_SECONDS = 30 * 24 * 3600


def blueprint(pace: Pace) -> Blueprint:
    """POST /votes."""
    made = Blueprint("pages_votes")

    @made.post("/votes")
    async def vote(request: Request) -> HTTPResponse:
        form = small_form(request)
        slug, said = form.get("lesson", ""), form.get("vote", "")
        if slug not in services.library().lessons or said not in useful.SCORES:
            raise InvalidUsage("not a form of ours")
        if not seals_for(services.settings().secret_key).stamped(slug, form.get("stamp", ""), today()):
            raise InvalidUsage("a stale or foreign form")
        slow_down(request, pace)

        thanks = redirect(f"/lessons/{slug}?thanks={said}#useful", status=303)
        cookie = f"useful_{slug}"
        if cookie not in request.cookies:
            await _keep(slug, said, visitors.parent_key(request, READER))
            visitors.set_cookie(thanks, cookie, "1", _COOKIE_SECONDS)
        return thanks

    return made


def form_stamp(slug: str) -> str:
    """What the form on the page of `slug` carries."""
    return seals_for(services.settings().secret_key).stamp(slug, today())


def small_form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the first value of each.

    Raises:
        SanicException: 413 for more than any form of ours holds.
    """
    if len(request.body) > MAX_FORM:
        raise SanicException("too long", status_code=413)
    return {name: str(values[0]) for name, values in (request.form or {}).items()}


def slow_down(request: Request, pace: Pace) -> None:
    """Refuse the form of an address that sends too many.

    Raises:
        SanicException: 429.
    """
    if not pace.allows(address_of(request), services.clock().now()):
        raise SanicException("too many forms", status_code=429)


def today() -> date:
    """The day in China."""
    return services.clock().now().astimezone(BEIJING).date()


async def _keep(slug: str, said: str, parent_key: str | None) -> None:
    try:
        await services.database().run(_count, slug, said, parent_key)
    except DatabaseError as error:
        # Nobody who thanks us should read about our database.
        log.error("pages.not_kept", what="vote", reason=error.reason)


def _count(session: Session, slug: str, said: str, parent_key: str | None) -> None:
    now = services.clock().now()
    # Who was asked in the chat and answers on the page has answered: it stands beside the talk, and is not asked again.
    if parent_key and feedback.take(session, parent_key, slug, useful.SCORES[said], now):
        return
    useful.add(session, slug, said, today())
