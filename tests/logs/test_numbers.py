"""The numbers of the record: none that could point at one parent, days as in China, a table without formulas."""

from __future__ import annotations

from datetime import date, timedelta

from bot.logs import counts, feedback, flags
from bot.logs.days import day_of, monday_of, start_of
from bot.logs.shapes import Useful
from tests.logs.conftest import Record
from tests.logs.support import ALICE, KEY, answered, missed


def test_small_numbers_are_never_shown(record: Record) -> None:
    today = day_of(record.clock.now())
    for number in range(9):
        record.add(f"p{number}", answered("发烧"), missed("孩子尿床怎么办"))
    seen = record.do(counts.overview, today, today)
    # 18 questions of nine parents: the questions may be shown, the parents, topics and misses not.
    assert (seen.questions, seen.parents, seen.topics, seen.lessons, seen.misses) == (18, None, (), (), ())
    assert seen.days[0].answered is None and seen.days[0].questions == 18

    record.add("p9", answered("发烧"), missed("孩子尿床怎么办"))
    seen = record.do(counts.overview, today, today)
    assert seen.parents == 10 and [(each.name, each.count) for each in seen.topics] == [("early_childhood", 10)]
    assert seen.misses[0].count == 10 and seen.days[0].answered == 10


def test_one_parent_who_asks_often_is_not_ten(record: Record) -> None:
    today = day_of(record.clock.now())
    record.add(ALICE, *[answered(f"第{number}次发烧") for number in range(12)])

    assert record.do(counts.overview, today, today).topics == ()


def test_a_lesson_is_judged_by_ten_parents_or_not_at_all(record: Record) -> None:
    for number in range(10):
        for lesson, score in (("good", 100), ("poor", 0 if number < 5 else 50), ("few", 0)):
            if lesson == "few" and number == 9:
                continue
            record.do(feedback.ask, f"p{number}", lesson, record.clock.now(), KEY)
            record.do(feedback.take, f"p{number}", lesson, score, record.clock.now())
            record.clock.turn(feedback.APART)

    assert record.do(counts.usefulness) == (Useful("poor", 10, 25.0), Useful("good", 10, 100.0))


def test_a_day_begins_at_midnight_in_china(record: Record) -> None:
    record.clock.set(start_of(date(2026, 3, 5)) - timedelta(seconds=1))
    for number in range(10):
        record.add(f"p{number}", answered("发烧"))
    record.clock.turn(timedelta(seconds=1))
    for number in range(11):
        record.add(f"q{number}", answered("发烧"))

    seen = record.do(counts.overview, date(2026, 3, 4), date(2026, 3, 6))
    assert [day.questions for day in seen.days] == [10, 11, 0]
    assert monday_of(date(2026, 3, 5)) == date(2026, 3, 2)


def test_the_time_to_the_first_look_is_the_median(record: Record) -> None:
    today = day_of(record.clock.now())
    at = record.clock.now()
    for number in range(11):
        record.do(flags.raise_flag, f"p{number}", "choking", "patterns", at)
    for number, each in enumerate(record.do(flags.flags_page).items[:10]):
        record.do(flags.look, each.id, at + timedelta(minutes=number + 1))

    seen = record.do(counts.overview, today, today)
    assert (seen.danger, seen.not_looked_at, seen.first_look_minutes) == (11, 1, 5.5)


def test_the_csv_holds_counts_and_no_formula(record: Record) -> None:
    today = day_of(record.clock.now())
    for number in range(10):
        record.add(f"p{number}", answered("=1+1", slug="fever-by-age"))
    record.add(ALICE, missed("=cmd|' /C calc'!A0"))

    rows = record.do(counts.csv_rows, today, today)
    assert rows[0] == ("日期", "类别", "名称", "次数")
    assert ("2026-03-02", "outcome", "answered", "10") in rows and ("2026-03-02", "outcome", "fallback", "少于10") in rows
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
