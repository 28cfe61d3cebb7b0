"""The course: where a parent is, when the next lesson is due, and that it is forgotten. On real databases of both kinds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.content.library import load_library
from bot.course import progress, quiz_counts, standing
from bot.course.pace import PACES, next_due
from bot.course.quiz_counts import QuizCount
from bot.course.standing import Standing
from bot.course.syllabus import next_undone, syllabus
from bot.db import Database

# Monday, noon in Beijing.
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)
ALICE, BOB, CHARLIE = "palice", "pbob", "pcharlie"
COURSE = ("one", "two", "three")


@pytest.fixture
def database(either_database: Database) -> Database:
    return either_database


def test_who_never_began_has_no_place(session: Session) -> None:
    assert progress.progress(session, ALICE) is None
    assert progress.finish_lesson(session, ALICE, "one", COURSE, NOW) is False
    assert progress.progress(session, ALICE) is None


@pytest.mark.parametrize(
    ("pace", "due"),
    [
        ("daily", datetime(2026, 3, 3, 4, 15, tzinfo=timezone.utc)),
        ("twice_weekly", datetime(2026, 3, 5, 4, 15, tzinfo=timezone.utc)),
        ("weekly", datetime(2026, 3, 9, 4, 15, tzinfo=timezone.utc)),
        ("own", None),
    ],
)
def test_the_pace_says_when_the_next_lesson_is_due(session: Session, pace: str, due: datetime | None) -> None:
    progress.choose_pace(session, ALICE, pace, NOW)

    place = progress.progress(session, ALICE)
    assert place is not None and (place.pace, place.next_at) == (pace, due)


def test_the_day_is_a_day_in_beijing() -> None:
    late = datetime(2026, 3, 2, 16, 30, tzinfo=timezone.utc)  # half past midnight on the 3rd

    assert next_due("daily", late) == datetime(2026, 3, 4, 4, 15, tzinfo=timezone.utc)


def test_an_unknown_pace_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="hourly"):
        progress.choose_pace(session, ALICE, "hourly", NOW)
    assert set(PACES) == {"daily", "twice_weekly", "weekly", "own"}


def test_it_remembers_where_one_left_off(session: Session) -> None:
    for day, lesson in enumerate(("one", "two", "one")):
        progress.open_lesson(session, ALICE, lesson, NOW + day * DAY)
    progress.finish_lesson(session, ALICE, "two", COURSE, NOW + 3 * DAY)

    place = progress.progress(session, ALICE)
    assert place is not None and (place.at, place.opened, place.done) == ("one", ("two", "one"), ("two",))


def test_reading_moves_the_reminder_on(session: Session) -> None:
    progress.choose_pace(session, ALICE, "daily", NOW)
    progress.open_lesson(session, ALICE, "one", NOW + DAY)

    place = progress.progress(session, ALICE)
    assert place is not None and place.next_at == next_due("daily", NOW + DAY)


def test_the_last_quiz_ends_the_course_once(session: Session) -> None:
    progress.choose_pace(session, ALICE, "daily", NOW)
    ended = [progress.finish_lesson(session, ALICE, lesson, COURSE, NOW) for lesson in (*COURSE, "one", "elsewhere")]

    assert ended == [False, False, True, False, False]
    place = progress.progress(session, ALICE)
    assert place is not None and (place.finished_at, place.next_at) == (NOW, None)
    progress.choose_pace(session, ALICE, "daily", NOW)
    progress.open_lesson(session, ALICE, "one", NOW)
    place = progress.progress(session, ALICE)
    assert place is not None and place.next_at is None


def test_the_counts_hold_no_persons(session: Session) -> None:
    for parent in (ALICE, BOB):
        progress.open_lesson(session, parent, "one", NOW)
    progress.finish_lesson(session, ALICE, "one", COURSE, NOW)

    (count,) = progress.counts(session)
    assert (count.lesson, count.opened, count.done) == ("one", 2, 1)
    assert ALICE not in repr(progress.counts(session))


def test_erasing_leaves_the_others_and_the_counts(session: Session) -> None:
    for parent in (ALICE, BOB):
        progress.open_lesson(session, parent, "one", NOW)
    quiz_counts.count(session, "one", started=1)

    assert progress.erase(session, ALICE) == 2
    assert progress.progress(session, ALICE) is None and progress.progress(session, BOB) is not None
    assert quiz_counts.counts(session) == (QuizCount("one", 1, 0, 0, 0),)


def test_answers_at_the_same_moment_are_all_counted(database: Database) -> None:
    def answer(right: bool) -> None:
        with database.session() as session:
            quiz_counts.count(session, "one", answered=1, right=int(right))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answer, [True, False, True, True] * 10))
    with database.session(readonly=True) as session:
        assert quiz_counts.counts(session) == (QuizCount("one", 0, 0, 40, 30),)


def test_the_course_has_ten_lessons_in_order(root: Path) -> None:
    course = syllabus(load_library(root / "content").lessons)
    slugs = [lesson.slug for lesson in course]

    assert [lesson.order for lesson in course] == list(range(1, 11))
    assert (slugs[0], slugs[9]) == ("life-is-full-of-choices", "making-the-most-of-time-together")


def test_what_was_left_out_comes_last(root: Path) -> None:
    course = syllabus(load_library(root / "content").lessons)[:4]
    first, second, third, fourth = (lesson.slug for lesson in course)

    assert next_undone(course, ()) is course[0]
    assert next_undone(course, (first,), after=second) is course[2]
    assert next_undone(course, (first, third, fourth), after=fourth) is course[1]
    assert next_undone(course, (first, second, third, fourth), after=fourth) is None


def test_many_are_read_at_once_as_one_by_one(session: Session, root: Path) -> None:
    course = syllabus(load_library(root / "content").lessons)
    first, second = course[0].slug, course[1].slug
    progress.choose_pace(session, ALICE, "daily", NOW)
    progress.finish_lesson(session, ALICE, first, [each.slug for each in course], NOW)
    progress.open_lesson(session, BOB, second, NOW)
    for lesson in course:
        progress.choose_pace(session, CHARLIE, "weekly", NOW)
        progress.finish_lesson(session, CHARLIE, lesson.slug, [each.slug for each in course], NOW)

    together = standing.between(session, ALICE, CHARLIE)
    assert together == standing.of(session, [ALICE, BOB, CHARLIE, "pnobody"])
    assert together[ALICE] == Standing("started", "lesson-2", date(2026, 3, 3))
    assert together[BOB] == Standing("started", "lesson-1", None)
    assert together[CHARLIE] == Standing("finished")
    assert set(standing.between(session, ALICE, ALICE)) == {ALICE}
