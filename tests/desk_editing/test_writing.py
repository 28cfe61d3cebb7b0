"""Files are written back faithfully: only what changed changes."""

from __future__ import annotations

import re
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest
import yaml

from bot.content.writing import WritingError, changed_lesson, changed_yaml

LESSONS = sorted(Path("content/lessons").glob("*/*.md"))
MAPPINGS = sorted(path for path in Path("content").rglob("*.yml") if not re.search(r"^- ", path.read_text("utf-8"), re.M))
ODD = """\
# 开头的话
title: 一课   # 题目
# 系列
series: course

questions:   # 怎么问
  # 短的
  - 一
  - "二: 两"   # 引号
  # 长的
  - 三

answer: |   # 纯文字
  第一段

  # 这不是注释
  第二段
# 结尾的话
audience: [parents]
sources:
  - title: 书
    publisher: 社
    year: 2020
  # 下一本
  - title: 网页
    publisher: 站
"""


def _front(text: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(text.split("---\n", 2)[1])
    return loaded


def _difference(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_there_is_something_to_read() -> None:
    assert len(LESSONS) > 100 and len(MAPPINGS) > 100


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_comes_back_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode()
    values = _front(text)
    body = text.split("---\n", 2)[2]

    assert changed_lesson(text, values, body) == text
    made = changed_lesson(text, {"summary": "新的：一句"})
    assert [line[2:] for line in _difference(text, made) if line[0] == "+"] == ["summary: 新的：一句"]
    assert _front(made) == {**values, "summary": "新的：一句"}


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_a_yaml_file_comes_back_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode()

    assert changed_yaml(text, yaml.load(text, Loader=yaml.CSafeLoader)) == text


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"title": "两课"}, ["- title: 一课   # 题目", "+ title: 两课   # 题目"]),
        ({"questions": ["一", "二: 两", "三", "四#"]}, ["+   - 四#"]),
        ({"questions": ["一", "二: 两", "三", "四 #"]}, ['+   - "四 #"']),
        ({"questions": ["二: 两", "三"]}, ["-   - 一"]),
        ({"questions": ["一", "三"]}, ['-   - "二: 两"   # 引号']),
        ({"questions": ["一", "二: 三", "三"]}, ['-   - "二: 两"   # 引号', '+   - "二: 三"']),
        ({"audience": ["parents", "line_managers"]}, ["- audience: [parents]", "+ audience: [parents, line_managers]"]),
        ({"answer": "第一段\n\n# 这不是注释"}, ["-   第二段"]),
        ({"answer": "短"}, ["-   第一段", "+   短", "- ", "-   # 这不是注释", "-   第二段"]),
        ({"ages": [0, 36]}, ["+ ages: [0, 36]"]),
        ({"reviewed": True, "updated": date(2026, 11, 22)}, ["+ reviewed: true", "+ updated: 2026-11-22"]),
        ({"series": None}, ["- series: course"]),
        ({"summary": "- 不是清单"}, ['+ summary: "- 不是清单"']),
        ({"summary": "yes"}, ['+ summary: "yes"']),
        ({"summary": "“引号”：没事"}, ["+ summary: “引号”：没事"]),
        ({"relay": "爸妈，\n您好。"}, ["+ relay: |", "+   爸妈，", "+   您好。"]),
        (
            {"sources": [{"title": "书", "publisher": "社", "year": 2020}, {"title": "网页", "publisher": "站", "url": "https://a.b/c"}]},
            ["+     url: https://a.b/c"],
        ),
    ],
)
def test_only_what_changed_changes(changes: dict[str, object], difference: list[str]) -> None:
    made = changed_lesson(f"---\n{ODD}---\n\n正文\n", changes)

    assert sorted(_difference(f"---\n{ODD}---\n\n正文\n", made)) == sorted(difference)
    assert made.endswith("---\n\n正文\n")


def test_a_new_field_stands_where_the_template_has_it() -> None:
    keys = list(_front(changed_lesson(f"---\n{ODD}---\n", {"ages": [0, 3], "relay": "好", "try": "做"})))

    assert keys.index("ages") == keys.index("audience") + 1
    assert keys.index("answer") < keys.index("relay") < keys.index("try")


def test_the_body_changes_alone() -> None:
    before = f"---\n{ODD}---\n\n## 题\n\n旧的\n"

    assert changed_lesson(before, {}, "## 题\n\n旧的") == before
    assert changed_lesson(before, {}, "## 题\n\n新的\n\n") == before.replace("旧的", "新的")


def test_windows_line_ends_stay() -> None:
    before = f"\ufeff---\n{ODD}---\n\n正文\n".replace("\n", "\r\n")
    made = changed_lesson(before, {"questions": ["一", "三", "五"], "answer": "甲\n乙"}, "新\n文")

    assert made.startswith("\ufeff---\r\n") and made.count("\n") == made.count("\r\n")


@pytest.mark.parametrize("text", ["一 # 二", "'", '"', "a: b", "*x", "&x", "!x", "%x", "@x", "`x", "{x", "[x", "null", "~", "1", "1.5", "2026-11-22", "\\n", "😀", "|", "> x", "? x", "true", "=", "<<", "x:", "---", "#"])
def test_every_text_can_be_written(text: str) -> None:
    made = changed_yaml(ODD, {"title": text, "questions": [text, "一"], "answer": f"{text}\n{text}"})

    loaded = yaml.safe_load(made)
    assert (loaded["title"], loaded["questions"], loaded["answer"]) == (text, [text, "一"], f"{text}\n{text}\n")


@pytest.mark.parametrize("text", ["没有", "- 清单\n", "a: [", "a: 'b"])
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    with pytest.raises(WritingError):
        changed_yaml(text, {"title": "x"})
    with pytest.raises(WritingError):
        changed_lesson(text, {"title": "x"})
