"""往期推送: what was said before and on the days of the calendar in the past year, from the campaigns' own files.

Not from the outbox: there each row is somebody's. What is sent for one family's day (birthday, reunion) is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.calendar import ANCHORS, CalendarError, Occurrence
from bot.content.documents import ContentError
from bot.content.lessons import Lesson
from bot.pages.respond import page
from bot.pages.votes import today
from bot.reminders.campaigns import Campaign, Campaigns, Step, load_campaigns

log = structlog.get_logger(__name__)

BACK = timedelta(days=365)
_kept: list[Campaigns] = []


@dataclass(frozen=True)
class Push:
    """One text and the day it was for; `lesson` and the name of a `table` are what it leads to, if anything."""

    day: date
    text: str
    lesson: Lesson | None
    table: str


@dataclass(frozen=True)
class Series:
    """The past pushes of one campaign, the newest first."""

    title: str
    year: int
    pushes: tuple[Push, ...]


def blueprint() -> Blueprint:
    """/pushes."""
    made = Blueprint("pages_pushes")

    @made.get("/pushes")
    async def pushes(request: Request) -> HTTPResponse:
        return page(request, "pushes.html", {"series": past(campaigns(), today())})

    return made


def campaigns() -> Campaigns:
    """The campaigns; read anew when one of their files has changed."""
    folder = services.settings().content_path / "campaigns"
    changed = frozenset((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.yml"))
    try:
        _kept[:] = [_read(folder, changed)]
    except ContentError as error:
        # At the start it stops the process; later, somebody is in the middle of editing, and readers keep what there was.
        if not _kept:
            raise
        log.warning("pages.campaigns_broken", place=f"{error.path}:{error.line}")
    return _kept[0]


@lru_cache(maxsize=1)
def _read(folder: Path, _changed: frozenset[tuple[str, int]]) -> Campaigns:
    return load_campaigns(folder)


def past(known: Campaigns, now: date) -> list[Series]:
    """What was for the days of [now - a year, now], by campaign, the newest campaign first."""
    found = [each for campaign in known.all if campaign.anchor in ANCHORS for each in _series(campaign, now)]
    return sorted(found, key=lambda each: each.pushes[0].day, reverse=True)


def _series(campaign: Campaign, now: date) -> Iterator[Series]:
    for year in range(now.year - 1, now.year + 2):
        occurrence = _occurrence(campaign.anchor, year)
        if occurrence is None:
            continue
        pushes = [_push(step, occurrence) for step in campaign.steps if not step.audience.factory]
        shown = sorted((each for each in pushes if now - BACK < each.day <= now), key=lambda each: each.day, reverse=True)
        if shown:
            yield Series(campaign.title, occurrence.start.year, tuple(shown))


def _occurrence(anchor: str, year: int) -> Occurrence | None:
    try:
        return services.calendar().occurrence(anchor, year)
    except CalendarError:  # before the first or after the last year that is known
        return None


def _push(step: Step, occurrence: Occurrence) -> Push:
    day = (occurrence.end if step.from_end else occurrence.start) + timedelta(days=step.offset)
    # Another wording each year, as for those who got it.
    text = step.texts[occurrence.year % len(step.texts)]
    return Push(day, text, services.library().lessons.get(step.lesson), step.table)
