"""The front page, the lessons, and their cards for grandparents."""

from __future__ import annotations

from dataclasses import dataclass

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import services
from bot.content.lessons import SERIES, Lesson
from bot.pages import tonight
from bot.pages.respond import page
from bot.pages.votes import form_stamp


@dataclass(frozen=True)
class Beside:
    """What else there is about a lesson: slugs of its quiz and comic, the lessons before and after it in its series."""

    quiz: str
    comic: str
    before: Lesson | None
    after: Lesson | None


def blueprint() -> Blueprint:
    """/, /all, /about, /series/<name>, /lessons/<slug>, /relay/<slug>."""
    made = Blueprint("pages_lessons")

    @made.get("/")
    async def home(request: Request) -> HTTPResponse:
        return page(request, "home.html", {"series": by_series(), "starters": tonight.starters()})

    @made.get("/all")
    async def everything(request: Request) -> HTTPResponse:
        return page(request, "all.html", {"series": by_series()})

    @made.get("/about")
    async def about(request: Request) -> HTTPResponse:
        return page(request, "about.html")

    @made.get("/series/<name:[a-z_]+>")
    async def series(request: Request, name: str) -> HTTPResponse:
        if name not in SERIES:
            raise NotFound("no such series")
        return page(request, "series.html", {"name": name, "lessons": by_series()[name]})

    @made.get("/lessons/<slug:[a-z0-9-]+>")
    async def lesson(request: Request, slug: str) -> HTTPResponse:
        return page(request, "lesson.html", {**lesson_values(found(slug)), "thanks": request.args.get("thanks") or ""})

    @made.get("/relay/<slug:[a-z0-9-]+>")
    async def relay(request: Request, slug: str) -> HTTPResponse:
        return page(request, "relay.html", {"lesson": found(slug)})

    return made


def preview(request: Request, lesson: Lesson) -> HTTPResponse:
    """The page that this lesson, published or not, would be: for the desk, in a frame as wide as a phone."""
    return page(request, "lesson.html", {**lesson_values(lesson), "thanks": ""}, own=True)


def lesson_values(lesson: Lesson) -> dict[str, object]:
    """What the lesson's template needs."""
    return {"lesson": lesson, "beside": beside(lesson), "stamp": form_stamp(lesson.slug), "minutes": minutes(lesson)}


def found(slug: str) -> Lesson:
    """The published lesson, or NotFound."""
    lesson = services.library().lessons.get(slug)
    if lesson is None:
        raise NotFound("no such lesson")
    return lesson


def by_series() -> dict[str, list[Lesson]]:
    """The lessons of every series: in the order the editors gave, then as the files lie."""
    lessons = sorted(services.library().lessons.values(), key=lambda each: (each.order, each.slug))
    return {name: [each for each in lessons if each.series == name] for name in SERIES}


def beside(lesson: Lesson) -> Beside:
    """What stands beside this lesson."""
    comic = next((slug for slug, each in services.comics().items() if each.lesson == lesson.slug), "")
    quiz = next((slug for slug, each in services.quizzes().items() if each.lesson == lesson.slug), "")
    row = by_series()[lesson.series]
    place = next((number for number, each in enumerate(row) if each.slug == lesson.slug), None)
    if place is None:  # a draft
        return Beside(quiz, comic, None, None)
    return Beside(quiz, comic, row[place - 1] if place else None, row[place + 1] if place + 1 < len(row) else None)


def minutes(lesson: Lesson) -> int:
    """How long it takes to read, at 300 characters a minute: unhurried, for who reads seldom."""
    return max(1, round((len(lesson.answer) + len(lesson.body)) / 300))
