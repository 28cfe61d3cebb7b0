"""The course on a page: its ten lessons; with a link from the chat also how far one has come, and the certificate."""

from __future__ import annotations

import structlog
from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot import services
from bot.clock import BEIJING
from bot.course import certificate
from bot.course.certificate import Certificate
from bot.course.progress import Progress, progress
from bot.course.syllabus import next_undone, syllabus
from bot.db import DatabaseError
from bot.pages import visitors
from bot.pages.respond import OWN, page, sent
from bot.pages.seals import COURSE
from bot.pages.votes import small_form

log = structlog.get_logger(__name__)

_SEALED = "<sealed:[A-Za-z0-9_.-]{20,600}>"


def blueprint() -> Blueprint:
    """/course, /certificate/<sealed> and its picture."""
    made = Blueprint("pages_course")

    @made.get("/course")
    async def course(request: Request) -> HTTPResponse:
        lessons = syllabus(services.library().lessons)
        reader = visitors.parent_key(request, COURSE)
        mine = await _progress(reader) if reader else None
        done = mine.done if mine else ()
        after = next_undone(lessons, done) if mine else None
        values = {"lessons": lessons, "mine": mine, "done": done, "next": after, "known": reader is not None}
        return page(request, "course.html", values, own=reader is not None)

    @made.post("/course")
    async def name(request: Request) -> HTTPResponse:
        reader = visitors.parent_key(request, COURSE)
        mine = await _progress(reader) if reader else None
        if mine is None or mine.finished_at is None:
            return redirect("/course", status=303)
        typed = certificate.fit_name(small_form(request).get("name", ""))
        made_out = Certificate(typed, mine.finished_at.astimezone(BEIJING).date())
        return redirect(f"/certificate/{certificate.sealed(made_out, services.settings().secret_key)}", status=303)

    @made.get(f"/certificate/{_SEALED}")
    async def shown(request: Request, sealed: str) -> HTTPResponse:
        words = certificate.in_words(_unsealed(sealed))
        return page(request, "certificate.html", {"sealed": sealed, "words": words}, own=True)

    @made.get(f"/certificate-picture/{_SEALED}")
    async def picture(request: Request, sealed: str) -> HTTPResponse:
        drawn = certificate.svg(_unsealed(sealed)).encode()
        return sent(request, drawn, "image/svg+xml", OWN, headers={"Content-Security-Policy": "default-src 'none'"})

    return made


def _unsealed(sealed: str) -> Certificate:
    found = certificate.unsealed(sealed, services.settings().secret_key)
    if found is None:
        raise NotFound("not a certificate of ours")
    return found


async def _progress(parent_key: str) -> Progress | None:
    try:
        return await services.database().read(progress, parent_key)
    except DatabaseError as error:
        log.error("pages.not_read", what="course", reason=error.reason)
        return None
