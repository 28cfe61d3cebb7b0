"""What editors see: no signs of YAML, and the messages as the wire will cut them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.lessons import read_lesson
from bot.desk.editing import shown
from bot.desk.editing.shown import Row
from tests.desk_editing.conftest import LESSON

PATH = Path("tests/content/library") / LESSON
TEXT = PATH.read_text("utf-8")


def test_a_comparison_names_fields_as_the_form_does() -> None:
    rows = shown.comparison("title: 一\nanswer: |\n  好\n", "title: 二\nanswer: |\n  好\n  的\n")

    assert rows == [Row("changed", "题目：一", "题目：二"), Row("same", "回答：", "回答："), Row("same", "  好", "  好"), Row("new", "", "  的")]
    assert shown.comparison(TEXT, TEXT) == []


@pytest.mark.parametrize(("words", "place"), [("title:", "题目"), ("  - ", "家长会怎么问"), ("## ", "正文"), ("try:", "做一件小事")])
def test_a_line_is_found_in_its_field(words: str, place: str) -> None:
    line = next(number for number, each in enumerate(TEXT.splitlines(), 1) if each.startswith(words))

    assert shown.place(TEXT, line) == place


def test_messages_are_those_that_parents_get() -> None:
    lesson = read_lesson(PATH)
    first, *ages = shown.messages(lesson)

    assert first.text == lesson.reply(None) and first.number == ""
    assert [each.text for each in ages if each.to != "转给老人"] == [lesson.reply(each.from_months) for each in lesson.answers]
    assert all(each.bytes == len(each.text.encode()) <= each.limit for each in (first, *ages))
