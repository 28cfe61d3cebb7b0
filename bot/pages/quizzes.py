"""Quizzes on a page: all questions at once, sent by a plain form; what is right and why comes back on the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.content.quizzes import Quiz, QuizQuestion
from bot.course import progress, quiz_counts
from bot.course.syllabus import syllabus
from bot.db import DatabaseError
from bot.pages import visitors
from bot.pages.lessons import by_series
from bot.pages.pace import Pace
from bot.pages.respond import page
from bot.pages.seals import COURSE
from bot.pages.votes import slow_down, small_form

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answered:
    """A question and what was chosen: the number of an option from 1, 0 for none."""

    question: QuizQuestion
    chosen: int

    @property
    def right(self) -> bool:
        return self.chosen == self.question.right


def blueprint(pace: Pace) -> Blueprint:
    """/quiz and /quiz/<slug>."""
    made = Blueprint("pages_quizzes")

    @made.get("/quiz")
    async def every(request: Request) -> HTTPResponse:
        return page(request, "quizzes.html", {"series": by_subject()})

    @made.get("/quiz/<slug:[a-z0-9-]+>")
    async def ask(request: Request, slug: str) -> HTTPResponse:
        quiz = _found(slug)
        return _shown(request, quiz, [Answered(question, 0) for question in quiz.questions], asked=True)

    @made.post("/quiz/<slug:[a-z0-9-]+>")
    async def judge(request: Request, slug: str) -> HTTPResponse:
        quiz = _found(slug)
        slow_down(request, pace)
        answers = chosen(quiz, small_form(request))
        missing = any(not each.chosen for each in answers)
        if not missing:
            await _keep(quiz, sum(each.right for each in answers), visitors.parent_key(request, COURSE))
        return _shown(request, quiz, answers, asked=missing, missing=missing)

    return made


def by_subject() -> dict[str, list[Quiz]]:
    """The quizzes by the series of their lessons, in the lessons' order."""
    by_lesson = {quiz.lesson: quiz for quiz in services.quizzes().values()}
    return {name: [by_lesson[each.slug] for each in row if each.slug in by_lesson] for name, row in by_series().items()}


def chosen(quiz: Quiz, form: Mapping[str, str]) -> list[Answered]:
    """What the form says to each question; what is no option of it counts as not answered."""
    return [Answered(question, _number(form.get(f"q{index}", ""), question)) for index, question in enumerate(quiz.questions)]


def _number(said: str, question: QuizQuestion) -> int:
    return int(said) if said in {str(number) for number in range(1, len(question.options) + 1)} else 0


def _shown(request: Request, quiz: Quiz, answers: list[Answered], asked: bool, missing: bool = False) -> HTTPResponse:
    right = sum(each.right for each in answers)
    lesson = services.library().lessons[quiz.lesson]
    # What somebody answered is theirs; an empty quiz may be kept by everybody.
    own = request.method == "POST"
    values = {"quiz": quiz, "lesson": lesson, "answers": answers, "asked": asked, "missing": missing, "right": right}
    return page(request, "quiz.html", values, own=own)


def _found(slug: str) -> Quiz:
    quiz = services.quizzes().get(slug)
    if quiz is None:
        raise NotFound("no such quiz")
    return quiz


async def _keep(quiz: Quiz, right: int, parent_key: str | None) -> None:
    try:
        await services.database().run(_count, quiz, right, parent_key)
    except DatabaseError as error:
        # The result is shown all the same.
        log.error("pages.not_kept", what="quiz", reason=error.reason)


def _count(session: Session, quiz: Quiz, right: int, parent_key: str | None) -> None:
    quiz_counts.count(session, quiz.slug, started=1, finished=1, answered=len(quiz.questions), right=right)
    course = [lesson.slug for lesson in syllabus(services.library().lessons)]
    if parent_key and quiz.lesson in course:
        progress.finish_lesson(session, parent_key, quiz.lesson, course, services.clock().now())
