"""The vacation calendar as a table: a vacation a line, and how the days are guessed where nothing is published."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from bot.calendar import PROVINCES, Calendar
from bot.calendar.occurrence import CalendarError
from bot.content.documents import ContentError, read_yaml
from bot.content.lint import calendar as rules
from bot.content.vacations import vacations_from
from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part
from bot.desk.editing.sheets.sheet import Asked, Sheet

KINDS = {"winter": "寒假", "summer": "暑假"}
_SURE = {"true": "大概，没核对", "false": "照校历核对过"}
_PROVINCES = {name: name for name in PROVINCES}


def _parts(_content: Path) -> tuple[Part, ...]:
    return (
        Rows(
            "years",
            "哪个省、哪一年的假期",
            "假期",
            "校历登出来了，一省一个假期写一行。寒假的年份写过年的那一年：2026 年 12 月底放的寒假，写 2027。",
            (
                Field("province", "省", kind="choice", choices=_PROVINCES, needed=True),
                Field("vacation", "假期", kind="choice", choices=KINDS, needed=True),
                Field("year", "年份", kind="number", needed=True),
                Field("start", "从", kind="day", needed=True),
                Field("end", "到", kind="day", needed=True),
                Field("estimated", "准不准", kind="truth", choices=_SURE, needed=True),
                Field("source", "从哪里看到的", most=120, needed=True, wide=True),
            ),
            spare=2,
            look="table",
        ),
        Rows(
            "rules",
            "没有校历的年份怎么推算",
            "一条办法",
            "每个省只在一条里。推算出来的，发给家长时都会说“大概”。寒假有两种写法：跟着春节走（前后几天），或者每年固定的日子，只填一种。",
            (
                Field("rule", "这一条叫什么", most=30, needed=True),
                Field("provinces", "哪些省", "在别的条里的省，先在那边去掉", kind="ticks", choices=_PROVINCES, needed=True),
                Field("winter.spring_festival.before", "寒假：春节前几天开始", "固定日子的不填", kind="number"),
                Field("winter.spring_festival.after", "寒假：春节后几天结束", kind="number"),
                Field("winter.spring_festival.earliest", "最早不早于", "写成 01-10", kind="month_day"),
                Field("winter.spring_festival.latest", "最晚不晚于", "写成 03-01", kind="month_day"),
                Field("winter.start", "寒假：固定从哪天", "写成 01-08；跟春节走的不填", kind="month_day"),
                Field("winter.end", "寒假：固定到哪天", kind="month_day"),
                Field("summer.start", "暑假从哪天", "写成 07-05", kind="month_day", needed=True),
                Field("summer.end", "暑假到哪天", kind="month_day", needed=True),
                Field("source", "凭什么这样推算", most=120, needed=True, wide=True),
            ),
            spare=1,
            look="details",
            title="rule",
        ),
        Field("unknown", "不知道孩子在哪个省时，用哪一条", "写上面一条办法的名字", needed=True),
        Field("checked_on", "上次核对是哪天", kind="day", needed=True),
    )


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    return checking.ruled(asked.content, asked.relative, asked.text, asked.today, rules.RULES)


def _seen(asked: Asked, _values: Values) -> dict[str, Any]:
    """The next winter and summer of every province, as the assistant would reckon them from this text."""
    with tempfile.TemporaryDirectory(prefix="jiashu-draft-") as folder:
        path = Path(folder) / "vacations.yml"
        path.write_bytes(asked.text.encode())
        try:
            calendar = Calendar(vacations_from(read_yaml(path)))
        except ContentError:
            return {"provinces": [], "years": ()}
    winter, summer = (asked.today.year + (asked.today.month > 3), asked.today.year + (asked.today.month > 9))
    try:
        rows = [(name, calendar.vacation(name, "winter", winter), calendar.vacation(name, "summer", summer)) for name in PROVINCES]
    except CalendarError:
        rows = []
    return {"provinces": rows, "years": (winter, summer)}


SHEET = Sheet(
    "vacations",
    "寒暑假",
    "每个省哪天放假、哪天开学。放假前的提醒照这里算。",
    re.compile(r"calendar/vacations\.yml"),
    "calendar/vacations.yml",
    _parts,
    _check,
    seen=_seen,
)
