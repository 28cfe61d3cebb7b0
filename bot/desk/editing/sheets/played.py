"""Quizzes and comics as forms: a lesson asked, a lesson drawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bot.content.comics import PANELS
from bot.content.lessons import STATUSES
from bot.content.lint.played import LONGEST_OPTION
from bot.content.quizzes import MOST_QUESTIONS, OPTIONS
from bot.content.writing import WritingError
from bot.desk.access import PREFIX
from bot.desk.editing import checking, files
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet

_STATUS = dict(zip(STATUSES, files.STATUS.values(), strict=True))
_RIGHT = {str(number): f"第 {number} 个" for number in range(1, OPTIONS[1] + 1)}


def _quiz(_content: Path) -> tuple[Part, ...]:
    return (
        Field("title", "题目", most=30, needed=True),
        Field("status", "状态", kind="choice", choices=_STATUS, needed=True),
        Rows(
            "questions",
            "一道一道",
            "一道题",
            f"一到 {MOST_QUESTIONS} 道。问的是会碰到的事，不是书上的话；答错的也听得到一句懂他的话。",
            (
                Field("ask", "怎么问", kind="text", rows=2, wide=True, needed=True),
                Field("options", "几个选项", f"一行一个，{OPTIONS[0]} 到 {OPTIONS[1]} 个，每个最多 {LONGEST_OPTION} 个字", kind="lines", rows=4, wide=True),
                Field("right", "对的是", "各题的位置换着来", kind="pick", choices=_RIGHT, needed=True),
                Field("when_right", "答对了说", "说说为什么", kind="text", rows=2, wide=True),
                Field("when_wrong", "答得不一样，说", "先一句懂他的话，再说哪样更好、为什么", kind="text", rows=2, wide=True),
            ),
            ordered=True,
            look="details",
            title="ask",
        ),
    )


def _comic(content: Path) -> tuple[Part, ...]:
    lessons = {Path(line.path).stem: line.title for line in files.lessons()}
    return (
        Field("title", "题目", most=60, needed=True),
        Field("lesson", "是哪一课的", "看完漫画，从这里去读课文", kind="choice", choices=lessons, needed=True),
        Field("summary", "帮什么忙", "一句话", most=60, wide=True, needed=True),
        Field("status", "状态", kind="choice", choices=_STATUS, needed=True),
        Rows(
            "panels",
            "一格一格",
            "一格",
            f"{PANELS[0]} 到 {PANELS[1]} 格。图在这里换不了：气泡里的话和图上画的要一样，改了话要重画。",
            (
                Field("alt", "画了什么、谁说了什么", "看不见图的人，听的就是这一句", kind="text", rows=2, wide=True),
                Field("says", "气泡里的话", "一行一个气泡；在别处画好的不用写", kind="lines", rows=2, wide=True),
                Field("note", "图下面的话", "可以不写", kind="text", rows=2, wide=True),
            ),
            fixed=True,
            look="cards",
        ),
    )


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    return checking.one(asked.content, asked.relative, asked.text, asked.today)


def _asked(asked: Asked, _values: Values) -> dict[str, Any]:
    """The questions as a parent taps through them."""
    try:
        return {"questions": rows_of(QUIZZES.read(asked.text), "questions")}
    except WritingError:
        return {"questions": []}


def _drawn(asked: Asked, _values: Values) -> dict[str, Any]:
    """Every panel with its drawing, as the file says what it shows."""
    slug = Path(asked.relative).stem
    try:
        panels = rows_of(COMICS.read(asked.text), "panels")
    except WritingError:
        panels = []
    there = [number for number in range(1, len(panels) + 1) if (asked.content / "comics" / slug / f"{number}.svg").is_file()]
    return {"panels": [(f"{PREFIX}/comics/{slug}/{number}", panels[number - 1]) for number in there]}


QUIZZES = Sheet(
    "quizzes",
    "测验",
    "一课一个：几道会碰到的事，选一个，听一句为什么。课程的每一课都要有。",
    re.compile(r"quizzes/[a-z0-9]+(?:-[a-z0-9]+)*\.yml"),
    "quizzes/*.yml",
    _quiz,
    _check,
    seen=_asked,
    stamped=True,
    begin="写一个新的测验",
)
COMICS = Sheet(
    "comics",
    "漫画",
    "一课画成几格。每一格都有一句话，说给看不见图的人听。",
    re.compile(r"comics/[a-z0-9]+(?:-[a-z0-9]+)*\.yml"),
    "comics/*.yml",
    _comic,
    _check,
    seen=_drawn,
    stamped=True,
    begin="放一篇画好的漫画",
    begin_at="/desk/comics/new",
)
