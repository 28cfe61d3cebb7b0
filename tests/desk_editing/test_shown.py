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


def test_what_was_chosen_is_said_in_the_words_of_the_form() -> None:
    before = "---\nseries: child_safety\naudience: [parents]\nages: [24, 72]\nstatus: draft\nreviewed: false\nquestions:\n  - 一\n---\n- 甲\n"
    after = (
        "---\nseries: remote_communication\naudience: [parents, line_managers]\nages: [36, 144]\nstatus: published\nreviewed: true\n"
        'questions:\n  - "一: 二"\n---\n- 乙\nstatus: draft\n'
    )

    said = [(row.before, row.after) for row in shown.comparison(before, after) if row.kind != "fold"]

    assert said == [
        ("系列：孩子平安", "系列：隔着电话说说话"),
        ("给谁看：爸爸妈妈", "给谁看：爸爸妈妈、班组长"),
        ("年龄：2–6 岁", "年龄：3–12 岁"),
        ("状态：没写完", "状态：发布"),
        ("专家看过：还没有", "专家看过：看过了"),
        ("家长会怎么问：", "家长会怎么问："),
        ("  · 一", "  · 一: 二"),
        ("【正文】", "【正文】"),
        ("- 甲", "- 乙"),
        ("", "status: draft"),
    ], "and what parents read keeps every sign"


def test_a_text_over_several_lines_keeps_its_signs() -> None:
    rows = shown.comparison("answer: |\n  1. 一\n", "answer: |\n  1. 一\n\n  - 二\n  title: 三\ntry: 四\n")

    assert [row.after for row in rows] == ["回答：", "  1. 一", "", "  - 二", "  title: 三", "做一件小事：四"]


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
