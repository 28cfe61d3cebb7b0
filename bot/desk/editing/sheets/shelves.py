"""The tables from which an answer is picked by age: starters for the call, gifts, activities, photo tasks, milestones."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content.documents import ContentError, read_list
from bot.content.tables.activities import ACTIVITIES, PLACES
from bot.content.tables.entries import Table, entries
from bot.content.tables.gifts import FOR, GIFTS
from bot.content.tables.photos import PHOTOVOICE
from bot.content.tables.starters import MOODS, STARTERS, TOPICS
from bot.desk.editing import checking, shown
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets import lists
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part
from bot.desk.editing.sheets.sheet import Asked, Sheet, nothing

_YES = {"false": "不是", "true": "是"}
_RAIN = {"false": "要好天气", "true": "下雨、太冷太热也能玩"}
_TO = {"": "对孩子说", "carer": "对带孩子的大人说"}
_FOR = {"": FOR["any"], **{key: words for key, words in FOR.items() if key != "any"}}
_AGES = Field("ages", "孩子几个月大", "3 岁写 36；到这个月为止，不包括它", kind="ages")
# What changed is shown as parents get it; a long list at once says nothing.
_MOST = 6


def _said(key: str, label: str, help: str = "", kind: str = "text", rows: int = 2) -> Field:
    return Field(key, label, help, kind=kind, rows=rows, wide=True)


_FIELDS: dict[str, tuple[Field, ...]] = {
    "gifts": (
        Field("name", "是什么", "不写牌子", most=30, needed=True),
        Field("for", "给谁", "绝大多数都行", kind="choice", choices=_FOR),
        _AGES,
        Field("cost", "多少钱（元）", "自己做的写 0 到 0", kind="span"),
        _said("why", "为什么好"),
        _said("afar", "回来以后，隔着电话怎么接着玩"),
        _said("avoid", "要当心什么", "三岁以下的一定写：小零件、绳子、电池"),
    ),
    "activities": (
        Field("name", "玩什么", most=30, needed=True),
        Field("cost", "最多花多少元", "不花钱写 0", kind="number"),
        _AGES,
        Field("minutes", "几分钟", kind="span"),
        Field("places", "在哪里", kind="ticks", choices=PLACES),
        Field("rain", "天气", kind="truth", choices=_RAIN, default=False),
        _said("need", "要准备什么", rows=1),
        _said("steps", "怎么玩", "一行一步", kind="lines", rows=4),
        _said("safety", "要当心什么", "有水、火、刀、马路的一定写"),
    ),
    "starters": (
        Field("say", "照着念的话", kind="text", rows=2, wide=True, needed=True),
        _said("then", "孩子答了，再问"),
        _said("listen", "听什么、怎么接"),
        _AGES,
        Field("topic", "说的是什么", kind="choice", choices=TOPICS, needed=True),
        Field("moods", "什么心情时说", kind="ticks", choices=MOODS),
        Field("to", "对谁说", kind="choice", choices=_TO),
        Field("short", "只有几分钟也够吗", kind="truth", choices=_YES, default=False),
    ),
    "photovoice": (
        Field("title", "题目", most=30, needed=True),
        _AGES,
        _said("parent", "家长拍什么"),
        _said("child", "孩子拍什么"),
        _said("talk", "换着看的时候问的一句"),
    ),
    "milestones": (
        Field("month", "几个月", "3 岁写 36", kind="number", needed=True),
        _said("can", "多数孩子会什么", "一行一样；写看得见的样子", kind="lines", rows=5),
        _said("help", "怎么隔着电话陪一陪", "一行一样", kind="lines", rows=3),
        _said("doctor", "什么样子请医生看看", "一行一样；不写病名，不吓人", kind="lines", rows=3),
        _said("sources", "依据哪里", "一行一个来源：名字｜谁出的｜哪一年｜网址；后两样没把握就不写", kind="sources", rows=2),
    ),
}


def _parts(name: str, label: str, one: str, help: str, ordered: bool) -> Callable[[Path], tuple[Part, ...]]:
    fields = _FIELDS[name]
    rows = Rows(name, label, one, help, fields, ordered=ordered, look="details", title=fields[0].key)
    return lambda _content: (rows,)


def _check(asked: Asked, parts: tuple[Part, ...]) -> list[Remark]:
    found = checking.one(asked.content, asked.relative, asked.text, asked.today)
    # C055 is about the whole table.
    return [replace(each, field=parts[0].key) if each.code == "C055" else each for each in found]


def _seen(table: Table[Any]) -> Callable[[Asked, Values], dict[str, Any]]:
    def seen(asked: Asked, _values: Values) -> dict[str, Any]:
        """What is new or says something else, as parents get it."""
        if asked.text == asked.standing:
            return {"messages": [], "more": 0}
        before = set(_told(table, asked.standing))
        fresh = [told for told in _told(table, asked.text) if told not in before]
        return {"messages": [bubble for told in fresh[:_MOST] for bubble in shown.bubbles("", told)], "more": len(fresh[_MOST:])}

    return seen


def _told(table: Table[Any], text: str) -> list[str]:
    with tempfile.NamedTemporaryFile(prefix="jiashu-draft-", suffix=".yml") as file:
        file.write(text.encode())
        file.flush()
        try:
            documents = list(entries(read_list(Path(file.name), table.name), table.name))
        except ContentError:
            return []
    found = []
    for each in documents:
        try:
            found.append(str(table.made(each).told))
        except ContentError:
            continue  # half written: the remarks say what is missing
    return found


def _sheet(name: str, title: str, about: str, one: str, help: str, second: str, table: Table[Any] | None, ordered: bool = False) -> Sheet:
    return Sheet(
        name,
        title,
        about,
        re.compile(rf"{name}\.yml"),
        f"{name}.yml",
        _parts(name, title, one, help, ordered),
        _check,
        lists.reader(name),
        lists.writer(name),
        _seen(table) if table else nothing,
        listed=name,
        second=second,
        shows="shelves",
    )


STARTERS_SHEET = _sheet("starters", "打电话的话头", "“今晚聊什么”给家长的三句：照着念一句，再问一句，听什么。", "一个话头", "按年龄和心情挑，一次三个。", "topic", STARTERS)
GIFTS_SHEET = _sheet("gifts", "礼物", "“带什么给孩子”给家长的主意：多大、多少钱、为什么好、要当心什么。", "一样礼物", "按年龄和钱挑，一次三样。", "for", GIFTS)
ACTIVITIES_SHEET = _sheet("activities", "一起做的事", "在家几天能一起玩什么：在哪里、花多少、怎么玩、要当心什么。", "一件事", "按年龄、地方和天气挑，一次三件。", "cost", ACTIVITIES)
PHOTOS_SHEET = _sheet("photovoice", "照片任务", "一个星期一张：家长拍一张，孩子拍一张，换着看、讲一讲。", "一个题目", "一个星期一个，照这里的次序。", "", PHOTOVOICE, ordered=True)
MILESTONES_SHEET = _sheet("milestones", "几个月会什么", "多数孩子到这个月会做的，怎么陪，什么样子请医生看看。要有来源。", "一个月龄", "孩子有早有晚：写看得见的样子，不下诊断。", "", None)
SHEETS = (STARTERS_SHEET, GIFTS_SHEET, ACTIVITIES_SHEET, PHOTOS_SHEET, MILESTONES_SHEET)
