"""How reminders, what was advised, calls, the course and quizzes fare: of nobody, and nothing below ten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import services
from bot.coach import calls
from bot.content.documents import ContentError
from bot.course import progress, quiz_counts
from bot.course.syllabus import syllabus
from bot.logs.counts import SMALLEST, shown
from bot.reminders import counts as reminders
from bot.reminders.campaigns import load_campaigns
from bot.reunion.follow_through import ASKED, TOLD, Counts, follow_through

WENT = {calls.GOOD: "聊得好", calls.SO_SO: "一般", calls.NONE: "没聊成"}


@dataclass(frozen=True)
class Sent:
    """Messages of a campaign; `done` counts steps that an answer made needless. None here and below: too few to be shown."""

    title: str
    sent: int | None
    confirmed: int | None
    failed: int | None
    done: int | None


@dataclass(frozen=True)
class Split:
    """Something and its parts, in the order of their names; parts of None are too few to be shown."""

    title: str
    parts: tuple[int | None, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson of the course: parents who opened and who finished it; `done` None also where the rest would give a few away."""

    title: str
    opened: int | None
    done: int | None


@dataclass(frozen=True)
class Quiz:
    """A quiz: how often begun and ended, and the share of right answers."""

    title: str
    started: int | None
    finished: int | None
    right: float | None


@dataclass(frozen=True)
class Reached:
    """All of it. `acted` has its parts in the order of `TOLD`, `calls` in that of `WENT`; `prepared`: calls with openers."""

    sent: tuple[Sent, ...]
    acted: tuple[Split, ...]
    prepared: int | None
    calls: Split
    course: tuple[Lesson, ...]
    quizzes: tuple[Quiz, ...]


def reached(session: Session, since: datetime) -> Reached:
    """Reminders and what was done upon them since then; calls, course and quizzes from their beginning."""
    went = calls.counts(session)
    answered = follow_through(session, since)
    return Reached(
        sent=_sent(session, since),
        acted=tuple(_acted(title, answered[expect]) for expect, title in ASKED.items() if expect in answered),
        prepared=shown(went["prepared"]),
        calls=Split("电话", tuple(shown(went[name]) for name in WENT)),
        course=_course(session),
        quizzes=_quizzes(session),
    )


def rows(found: Reached) -> Iterator[tuple[str, str, str, int | None]]:
    """What a spreadsheet gets: of what, its name, which number, and the number (None: too few)."""
    for each in found.sent:
        numbers = {"发出": each.sent, "微信说送到了": each.confirmed, "没发成": each.failed, "家长说做了": each.done}
        yield from (("提醒", each.title, name, number) for name, number in numbers.items())
    for split in found.acted:
        yield from (("提醒以后", split.title, name, part) for name, part in zip(TOLD.values(), split.parts, strict=True))
    yield from (("打电话", "给过话头以后", name, part) for name, part in zip(WENT.values(), found.calls.parts, strict=True))
    for lesson in found.course:
        yield "课程", lesson.title, "打开的家长", lesson.opened
        if lesson.done is not None:
            yield "课程", lesson.title, "学完的家长", lesson.done
    for quiz in found.quizzes:
        yield "测验", quiz.title, "开始", quiz.started
        yield "测验", quiz.title, "做完", quiz.finished


def _sent(session: Session, since: datetime) -> tuple[Sent, ...]:
    titles = _titles()
    found = reminders.counts(session, since)
    return tuple(_campaign(titles.get(each.campaign, each.campaign), each) for each in found)


def _campaign(title: str, counted: reminders.CampaignCount) -> Sent:
    return Sent(title, shown(counted.sent), shown(counted.confirmed), shown(counted.failed), shown(counted.done))


def _acted(title: str, counted: Counts) -> Split:
    return Split(title, tuple(shown(getattr(counted, answer)) for answer in TOLD))


def _course(session: Session) -> tuple[Lesson, ...]:
    found = {each.lesson: each for each in progress.counts(session)}
    lessons = syllabus(services.library().lessons)
    return tuple(lesson_of(lesson.title, found[lesson.slug]) for lesson in lessons if lesson.slug in found)


def lesson_of(title: str, counted: progress.LessonCount) -> Lesson:
    """A lesson's line. Two numbers side by side tell their difference too: that of those who have not finished."""
    hidden = shown(counted.opened - counted.done) is None
    return Lesson(title, shown(counted.opened), None if hidden else shown(counted.done))


def _quizzes(session: Session) -> tuple[Quiz, ...]:
    titles = {slug: quiz.title for slug, quiz in services.quizzes().items()}
    return tuple(_quiz(titles.get(each.quiz, each.quiz), each) for each in quiz_counts.counts(session))


def _quiz(title: str, counted: quiz_counts.QuizCount) -> Quiz:
    share = counted.right / counted.answered if counted.answered >= SMALLEST else None
    return Quiz(title, shown(counted.started), shown(counted.finished), share)


def _titles() -> dict[str, str]:
    try:
        return {each.slug: each.title for each in load_campaigns(services.settings().content_path / "campaigns").all}
    except ContentError:
        # An editor's half-finished file must not take the numbers away; their own pages show what is wrong with it.
        return {}
