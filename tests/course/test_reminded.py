"""What the plan of reminders knows of the course."""

from __future__ import annotations

from datetime import date, datetime, timezone

from bot import services
from bot.course import progress
from bot.reminders.facts import CourseDue
from bot.reminders.people import People
from tests.course.conftest import Scene

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)


def test_the_plan_knows_whose_next_lesson_is_due(scene: Scene) -> None:
    with services.database().session() as session:
        progress.choose_pace(session, "palice", "weekly", NOW)
        progress.choose_pace(session, "pbob", "own", NOW)
    with services.database().session(readonly=True) as session:
        facts = People(lambda: NOW).between(session, "pa", "pz")
        assert People(lambda: NOW).many(session, ["palice", "pbob", "pnobody"]) == facts

    assert facts["palice"].course_due == CourseDue("lesson-1", date(2026, 3, 9))
    assert (facts["pbob"].course, facts["pbob"].course_due) == ("started", None)


def test_who_finished_is_not_reminded(scene: Scene) -> None:
    with services.database().session() as session:
        progress.choose_pace(session, "palice", "daily", NOW)
        progress.finish_lesson(session, "palice", "one", ["one"], NOW)
    with services.database().session(readonly=True) as session:
        facts = People(lambda: NOW).many(session, ["palice"])["palice"]

    assert (facts.course, facts.course_due) == ("finished", None)
