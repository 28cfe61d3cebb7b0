"""Numbers: charts that can be read, nothing below ten, a file that runs nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import event, insert

from bot import services
from bot.clock import ManualClock
from bot.desk import charts
from bot.desk.overview import about, as_csv, shares
from bot.logs import counts, tables
from bot.logs.days import day_of
from bot.logs.shapes import Day
from tests.desk.support import Desk


def count(day: date, measure: str, name: str, number: int) -> None:
    with services.database().session() as session:
        session.execute(insert(tables.daily).values(day=day, measure=measure, name=name, count=number))


async def test_an_empty_record_says_what_will_come(desk: Desk) -> None:
    page = (await (await desk.staff("reviewer")).get("/desk/")).text

    assert "这段时间还没有提问" in page
    assert "<svg viewBox" not in page


async def test_the_numbers_stand_beside_the_chart(desk: Desk) -> None:
    today = day_of(desk.clock.now())
    for back, number in ((0, 43), (1, 57)):
        count(today - timedelta(days=back), "outcome", "answered", number)
    page = (await (await desk.staff("reviewer")).get("/desk/?span=7")).text

    assert "提问<b>约 100</b> 次" in page
    assert 'role="img" aria-label="' in page
    for number in ("43", "57"):
        assert f">{number}</td>" in page


async def test_fewer_than_ten_are_never_shown(desk: Desk) -> None:
    today = day_of(desk.clock.now())
    count(today, "outcome", "answered", 40)
    count(today, "score", "0", 7)
    count(today, "lesson", "asking-about-school", 8)
    reviewer = await desk.staff("reviewer")
    page = (await reviewer.get("/desk/")).text
    file = (await reviewer.get("/desk/numbers.csv")).text

    assert "少于 10" in page
    assert ">7<" not in page and ">8<" not in page
    rows = list(csv.reader(io.StringIO(file.lstrip("\ufeff"))))
    assert {row[3] for row in rows[1:]} == {"40", "少于10"}


def test_the_parents_of_each_topic_are_counted_without_a_sort(clock: ManualClock) -> None:
    """Of 200,000 messages that sort was two thirds of the overview of three months."""
    database = services.database()
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if "FROM logs_talk_topics" in statement and not statement.startswith("EXPLAIN"):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.session(readonly=True) as session:
        counts.overview(session, date(2026, 1, 1), date(2026, 3, 31))
        cursor = session.connection().connection.cursor()
        found = [row[3] for statement, parameters in asked for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    assert found and all("COVERING INDEX ix_logs_talk_topics_topic_parent_id_started_at" in each for each in found), found


async def test_editors_see_numbers_and_no_queues(desk: Desk) -> None:
    page = (await (await desk.staff("editor")).get("/desk/")).text

    assert "每天的提问" in page
    assert "/desk/talks" not in page and "numbers.csv" not in page


async def test_an_odd_span_is_four_weeks(desk: Desk) -> None:
    reviewer = await desk.staff("reviewer")
    for span in ("", "x", "99999999", "-1", "７"):
        assert 'href="/desk/?span=28" aria-current="page"' in (await reviewer.get(f"/desk/?span={span}")).text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1+1", "\r=cmd"])
def test_a_cell_never_begins_a_formula(cell: str) -> None:
    ((read,),) = csv.reader(io.StringIO(as_csv([(cell,)]).decode("utf-8-sig"), newline=""))

    assert read == f"'{cell}"


def test_plain_cells_stay_as_they_are() -> None:
    assert as_csv([("2026-03-02", "发烧", "12")]).decode("utf-8-sig") == "2026-03-02,发烧,12\r\n"


def test_a_chart_is_sound_svg_with_its_words_escaped() -> None:
    drawn = charts.stacked(
        [charts.Bar('<b>"', (12, None, 3)), charts.Bar("3月2日", (0, 0, 0))],
        ("答了", "没懂", "<i>"),
        'a "sentence" <x>',
    )
    root = ElementTree.fromstring(str(drawn))

    assert root.get("aria-label") == 'a "sentence" <x>'
    titles = [each.text for each in root.iter() if each.tag == "title"]
    assert titles == ['<b>"：答了 12，没懂 少于 10，<i> 3', "3月2日：答了 0，没懂 0，<i> 0"]


def test_nothing_at_all_can_be_drawn() -> None:
    ElementTree.fromstring(str(charts.stacked([], ("答了",), "无")))
    assert charts.bar_width(None, 0) == 2
    assert charts.bar_width(0, 0) == 0


def _day(questions: int | None, answered: int | None, unsure: int | None) -> Day:
    return Day(date(2026, 3, 2), questions, answered, unsure, None, None)


@pytest.mark.parametrize(
    ("questions", "answered", "unsure"), [(55, 47, None), (30, None, 25), (None, None, None), (48, 20, 20)]
)
def test_a_small_part_cannot_be_worked_out_from_the_others(
    questions: int | None, answered: int | None, unsure: int | None
) -> None:
    found = shares(_day(questions, answered, unsure))

    assert (found.answered, found.unsure, found.rest) == (None, None, None)


def test_parts_that_are_large_enough_are_told_apart() -> None:
    found = shares(_day(60, 30, 20))

    assert (found.answered, found.unsure, found.rest) == (30, 20, 10)
    assert shares(_day(30, 30, 0)).rest == 0


@pytest.mark.parametrize(("count", "said"), [(None, "少于 10"), (0, "0"), (104, "约 100"), (3586, "约 3590")])
def test_a_total_is_rounded(count: int | None, said: str) -> None:
    assert about(count) == said
