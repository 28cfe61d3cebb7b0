"""Reminders, the course and quizzes in numbers."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import insert

from bot import services
from bot.coach import calls
from bot.course import quiz_counts
from bot.course.progress import LessonCount
from bot.desk import charts
from bot.desk.reach import opened_of
from bot.desk.reached import Split, lesson_of
from bot.reminders import counts, trail
from bot.reminders.tables import outbox
from bot.reunion import follow_through
from tests.desk.support import Desk


def _rows(campaign: str, state: str, number: int, at: datetime, mark: str = "") -> None:
    rows = [
        {
            "parent_key": f"{campaign}{state}{each}{mark}", "campaign": campaign, "occurrence": "2026", "step": "gifts", "state": state,
            "due_at": at, "not_before": at, "stale_at": at, "trail": trail.add("", mark, at) if mark else "",
        }
        for each in range(number)
    ]  # fmt: skip
    with services.database().session() as session:
        session.execute(insert(outbox), rows)


async def test_reminders_are_counted_by_campaign(desk: Desk) -> None:
    now = desk.clock.now()
    _rows("birthday", "sent", 20, now)
    _rows("birthday", "confirmed", 31, now)
    _rows("birthday", "failed", 3, now)
    _rows("birthday", "cancelled", 12, now, "answered")
    _rows("birthday", "cancelled", 5, now, "stopped")
    _rows("old", "sent", 40, now - timedelta(days=200))
    with services.database().session() as session:
        (found,) = counts.counts(session, now - timedelta(days=90))
    assert found == counts.CampaignCount("birthday", 51, 31, 3, 12)

    page = (await (await desk.staff("editor")).get("/desk/reach")).text
    for number in ("51", "31", "12", "少于 10"):
        assert f">{number}</td>" in page
    assert ">3</td>" not in page


async def test_quizzes_show_no_small_groups(desk: Desk) -> None:
    with services.database().session() as session:
        quiz_counts.count(session, "one", started=30, finished=20, answered=60, right=45)
        quiz_counts.count(session, "two", started=4, finished=3, answered=9, right=9)
    page = (await (await desk.staff("reviewer")).get("/desk/reach")).text

    assert ">75%</td>" in page and ">30</td>" in page
    assert ">4</td>" not in page and "100%" not in page


async def test_nothing_yet_says_what_will_come(desk: Desk) -> None:
    page = (await (await desk.staff("reviewer")).get("/desk/reach")).text

    for words in ("还没有安排过提醒", "还没有家长说过做了没有", "还没有家长要过打电话的话头", "还没有家长开始这门课", "还没有人做过小测验"):
        assert words in page


def _answers(expect: str, answer: str, number: int, at: datetime) -> None:
    with services.database().session() as session:
        for each in range(number):
            asked = follow_through.Asked("reunion", "2026", f"{expect}{answer}?", expect)
            follow_through.note(session, f"{expect}{answer}{each}", asked, answer, at)


async def test_what_was_done_after_reminders_is_a_chart_with_its_numbers(desk: Desk) -> None:
    now = desk.clock.now()
    for answer, number in (("yes", 41), ("no", 4), ("not_yet", 17)):
        _answers("ticket_done", answer, number, now)
    _answers("gift_done", "yes", 33, now - timedelta(days=200))
    page = (await (await desk.staff("editor")).get("/desk/reach")).text

    assert "买票</span>" in page and "做了 41，不做 少于 10，还没 17" in page
    assert "挑礼物" not in page, "that was long ago"


async def test_calls_are_counted_and_a_total_does_not_give_the_few_away(desk: Desk) -> None:
    now = desk.clock.now()
    with services.database().session() as session:
        for went, number in (("good", 24), ("so_so", 12), ("none", 3), ("", 5)):
            for each in range(number):
                calls.prepare(session, f"{went}{each}", now)
                session.flush()
                if went:
                    calls.tell(session, f"{went}{each}", went, now)
    page = (await (await desk.staff("editor")).get("/desk/reach")).text

    assert "<b>约 40</b> 次" in page and "聊得好 24，一般 12，没聊成 少于 10" in page


@pytest.mark.parametrize(
    ("opened", "done", "parts"),
    [(40, 25, (25, 15, 0)), (40, 40, (40, 0, 0)), (40, 36, (0, 0, 40)), (40, 3, (0, 0, 40)), (8, 0, (0, 0, None))],
)
def test_a_lesson_is_not_split_where_the_rest_is_small(opened: int, done: int, parts: tuple[int | None, ...]) -> None:
    assert opened_of(lesson_of("挑食", LessonCount("picky", opened, done))).parts == parts


def test_a_bar_of_parts_says_its_numbers_and_runs_nothing() -> None:
    drawn = ElementTree.fromstring(charts.split([Split("<买票>", (30, None, 0))], ("做了", "不做", "还没"), "票"))
    assert [each.text for each in drawn.iter("span")] == ["<买票>", "做了 30，不做 少于 10"]
    assert [each.get("width") for each in drawn.iter("rect")] == ["100.0", "1.0", "0.0"]


async def test_the_file_has_the_counts_and_nothing_below_ten(desk: Desk) -> None:
    now = desk.clock.now()
    _rows("birthday", "sent", 20, now)
    _rows("birthday", "failed", 3, now)
    _answers("ticket_done", "yes", 41, now)
    reviewer = await desk.staff("reviewer")
    assert "/desk/reach.csv" in (await reviewer.get("/desk/reach")).text
    read = list(csv.reader(io.StringIO((await reviewer.get("/desk/reach.csv")).text.lstrip("\ufeff"))))

    assert read[0] == ["哪一块", "名称", "什么数", "次数"]
    assert ["提醒以后", "买票", "做了", "41"] in read
    assert [line[3] for line in read if line[0] == "提醒"] == ["20", "0", "少于 10", "0"]
    assert "/desk/reach.csv" not in (await (await desk.staff("editor")).get("/desk/reach")).text
