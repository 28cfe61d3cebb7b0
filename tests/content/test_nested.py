"""Deep values are written back faithfully: only what says something else changes."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from datetime import date
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.nested import rewritten, values_of
from bot.content.writing import WritingError

MAPPINGS = sorted(
    path
    for folder in ("content", "data", "domain")
    for path in Path(folder).rglob("*.yml")
    if not re.search(r"^- (?!intent|rule|story)", path.read_text("utf-8"), re.M)
)
ODD = """\
# 开头
campaign: summer
steps:
  # 先问
  - step: one
    offset: -30   # 一个月
    audience: {apart: true, province: [湖南, "湖北"]}   # 分开的
    texts:
      - |-
        第一种
        说法
      # 另一种
      - 第二种
    lesson: a

  - step: two
    offset: 2
    texts: [甲, 乙]
years:
  - {province: 北京, year: 2025, start: 2025-01-18, source: 教委（待核对）}
  # 上海
  - {province: 上海, year: 2025, start: 2025-01-21, source: "a: b"}
知道: [晓得, "yes", 哓得]
# 结尾
"""


def _difference(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def _changed(change: Callable[[Any], None], text: str = ODD) -> list[str]:
    wanted = copy.deepcopy(values_of(text))
    change(wanted)
    made = rewritten(text, wanted)
    assert values_of(made) == {key: value for key, value in wanted.items() if value is not None}
    return _difference(text, made)


def test_there_is_something_to_read() -> None:
    assert len(MAPPINGS) > 100


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_a_file_comes_back_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode()

    assert rewritten(text, yaml.load(text, Loader=yaml.CSafeLoader)) == text


def _set(path: str, value: object) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in way:
            data = data[part]
        if value is None:
            del data[last]
        elif isinstance(data, list) and last == len(data):
            data.append(value)
        else:
            data[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "difference"),
    [
        ("steps.0.offset", -15, ["-     offset: -30   # 一个月", "+     offset: -15   # 一个月"]),
        ("steps.0.texts.1", "另一种：“好”", ["-       - 第二种", "+       - 另一种：“好”"]),
        ("steps.0.texts.0", "第一种\n\n改了", ["-         说法", "+ ", "+         改了"]),
        ("steps.0.texts.1", "两行\n话", ["-       - 第二种", "+       - |-", "+         两行", "+         话"]),
        ("steps.0.texts.2", "第三种", ["+       - 第三种"]),
        ("steps.0.texts.0", None, ["-       - |-", "-         第一种", "-         说法"]),
        ("steps.0.lesson", None, ["-     lesson: a"]),
        ("steps.1.lesson", "b", ["+     lesson: b"]),
        ("steps.1.texts.1", "丙", ["-     texts: [甲, 乙]", "+     texts: [甲, 丙]"]),
        (
            "steps.0.audience.apart",
            False,
            [
                '-     audience: {apart: true, province: [湖南, "湖北"]}   # 分开的',
                '+     audience: {apart: false, province: [湖南, "湖北"]}   # 分开的',
            ],
        ),
        ("steps.1.audience", {"child_age": [0, 36]}, ["+     audience: {child_age: [0, 36]}"]),
        ("steps.0.audience", None, ['-     audience: {apart: true, province: [湖南, "湖北"]}   # 分开的']),
        ("steps.2", {"step": "three", "texts": ["一句，话", "两\n行"]}, ["+ ", "+   - step: three", "+     texts:", "+       - 一句，话", "+       - |-", "+         两", "+         行"]),
        ("steps.1", None, ["-   - step: two", "-     offset: 2", "-     texts: [甲, 乙]"]),
        (
            "years.0.start",
            date(2025, 1, 20),
            [
                "-   - {province: 北京, year: 2025, start: 2025-01-18, source: 教委（待核对）}",
                "+   - {province: 北京, year: 2025, start: 2025-01-20, source: 教委（待核对）}",
            ],
        ),
        ("years.2", {"province": "湖南", "start": date(2026, 1, 1)}, ["+   - province: 湖南", "+     start: 2026-01-01"]),
        ("知道", ["晓得", "yes", "1", "no, x"], ['- 知道: [晓得, "yes", 哓得]', '+ 知道: [晓得, "yes", "1", "no, x"]']),
        ("新的", ["词"], ["+ 新的: [词]"]),
        ("campaign", "null", ["- campaign: summer", '+ campaign: "null"']),
    ],
)
def test_only_what_changed_changes(path: str, value: object, difference: list[str]) -> None:
    assert sorted(_changed(_set(path, value))) == sorted(difference)


@pytest.mark.parametrize("text", ["一 # 二", "'", '"', "a: b", "*x", "{x", "[x", "null", "1", "2026-11-22", "\\n", "|", "true", "=", "x:", "---", "12:15", "a, b"])
def test_every_text_can_be_written_everywhere(text: str) -> None:
    wanted: Any = copy.deepcopy(values_of(ODD))
    wanted["steps"][0]["texts"] = [text, f"{text}\n{text}"]
    wanted["steps"][1]["texts"] = [text]
    wanted["steps"][1]["lesson"] = text
    wanted["years"][0]["source"] = text

    assert values_of(rewritten(ODD, wanted)) == wanted


def test_windows_line_ends_and_the_mark_at_the_beginning_stay() -> None:
    text = "\ufeff" + ODD.replace("\n", "\r\n")
    wanted: Any = copy.deepcopy(values_of(text))
    wanted["steps"][0]["texts"][0] = "甲\n乙\n丙"
    wanted["steps"].append({"step": "three", "offset": 1})
    made = rewritten(text, wanted)

    assert made.startswith("\ufeff# 开头\r\n") and made.count("\n") == made.count("\r\n")


def test_a_file_without_an_end_of_line_goes_on() -> None:
    assert rewritten("a: 1\nb: [x]", {"a": 1, "b": ["x", "y"], "c": "z"}) == "a: 1\nb: [x, y]\nc: z\n"


@pytest.mark.parametrize("text", ["没有", "- 清单\n", "a: [", "a: 'b", "", "a: 2026-13-45\n"])
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    with pytest.raises(WritingError):
        rewritten(text, {"a": 1})
