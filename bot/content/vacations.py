"""Read content/calendar/vacations.yml: school vacations by province, each complaint with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.calendar.vacations import KINDS, PROVINCES, AroundSpringFestival, Fixed, Known, Rule, Vacations
from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
# No school is away for longer; a slip of the pen in a month or a year is.
LONGEST_DAYS = 90


def read_vacations(path: Path) -> Vacations:
    """The table; an empty one when there is no such file.

    Raises:
        ContentError: the first thing that is wrong.
    """
    return vacations_from(read_yaml(path)) if path.exists() else Vacations()


def vacations_from(document: Document) -> Vacations:
    """Build the table from a document that was read already."""
    for complaint in complaints(document):
        raise complaint
    rules = tuple(_rule(document, index) for index, _ in enumerate(fields.mappings(document, "rules")))
    known = tuple(_known(document, index) for index, _ in enumerate(fields.mappings(document, "years")))
    return Vacations(rules, known, fields.text(document, "unknown"))


def complaints(document: Document) -> Iterator[ContentError]:
    """Everything that keeps the table from being used, entry by entry."""
    try:
        fields.day(document, "checked_on")
        count = {key: len(fields.mappings(document, key)) for key in ("rules", "years")}
        unknown = fields.text(document, "unknown")
    except ContentError as error:
        yield error
        return
    names: set[str] = set()
    for index in range(count["rules"]):
        try:
            names.add(_rule(document, index).name)
        except ContentError as error:
            yield error
    for index in range(count["years"]):
        try:
            _known(document, index)
        except ContentError as error:
            yield error
    if unknown not in names:
        yield ContentError(document.path, document.line("unknown"), f"rules 里没有叫“{unknown}”的一条")


def _rule(document: Document, index: int) -> Rule:
    where = f"rules[{index}]"
    item = _item(document, where, "rules", index, ("rule", "provinces", "winter", "summer", "source"))
    provinces = item["provinces"]
    if not isinstance(provinces, list) or not provinces:
        raise ContentError(document.path, document.line(f"{where}.provinces"), "provinces 写成 [湖南, 湖北]")
    for number, province in enumerate(provinces):
        _province(document, f"{where}.provinces[{number}]", province)
    winter = _winter(document, f"{where}.winter", item["winter"])
    return Rule(str(item["rule"]), tuple(provinces), winter, _fixed(document, f"{where}.summer", item["summer"]))


def _winter(document: Document, where: str, value: object) -> Fixed | AroundSpringFestival:
    if not isinstance(value, dict) or "spring_festival" not in value:
        return _fixed(document, where, value)
    around = value["spring_festival"]
    line = document.line(where)
    if len(value) > 1 or not isinstance(around, dict) or set(around) != {"before", "after", "earliest", "latest"}:
        raise ContentError(document.path, line, "spring_festival 里写 before、after、earliest、latest 四样")
    days = (around["before"], around["after"])
    if not all(type(number) is int and 0 <= number <= 45 for number in days):
        raise ContentError(document.path, line, "before 和 after 是 0 到 45 的天数")
    earliest, latest = (_month_day(document, where, around[key]) for key in ("earliest", "latest"))
    return AroundSpringFestival(*days, earliest, latest)


def _fixed(document: Document, where: str, value: object) -> Fixed:
    if not isinstance(value, dict) or set(value) != {"start", "end"}:
        raise ContentError(document.path, document.line(where), "写成 {start: 07-05, end: 08-31}")
    start, end = (_month_day(document, where, value[key]) for key in ("start", "end"))
    if start >= end:
        raise ContentError(document.path, document.line(where), "开始的日子要在结束的前面")
    return Fixed(start, end)


def _month_day(document: Document, where: str, value: object) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match:
        month, day = int(match[1]), int(match[2])
        try:
            date(2025, month, day)  # no leap year: 02-29 would not be there in most
            return month, day
        except ValueError:
            pass
    raise ContentError(document.path, document.line(where), f"{value} 不是每年都有的日子，写成 07-05 这样")


def _known(document: Document, index: int) -> Known:
    where = f"years[{index}]"
    needed = ("province", "vacation", "year", "start", "end", "estimated", "source")
    item = _item(document, where, "years", index, needed)
    province = _province(document, f"{where}.province", item["province"])
    kind, year, start, end = item["vacation"], item["year"], item["start"], item["end"]
    line = document.line(where)
    if kind not in KINDS:
        raise ContentError(document.path, line, "vacation 只能写 winter（寒假）或 summer（暑假）")
    if type(year) is not int or not isinstance(start, date) or not isinstance(end, date):
        raise ContentError(document.path, line, "year 写年份，start 和 end 写成 2026-07-05 这样的日期")
    if not 0 < (end - start).days < LONGEST_DAYS:
        raise ContentError(document.path, line, f"{start} 到 {end} 不像一个假期，看看年份和月份")
    if end.year != year:
        raise ContentError(document.path, line, f"{kind} 的 year 写它结束的那一年：{end.year}")
    if not isinstance(item["estimated"], bool):
        raise ContentError(document.path, line, "estimated 只能写 true 或 false")
    return Known(province, str(kind), year, start, end, item["estimated"], str(item["source"]))


def _item(document: Document, where: str, key: str, index: int, needed: tuple[str, ...]) -> Mapping[str, object]:
    """One entry with exactly the needed fields, none of them empty."""
    item = fields.mappings(document, key)[index]
    for name in needed:
        if item.get(name) in (None, "", []):
            raise ContentError(document.path, document.line(where), f"这一条少了 {name}")
    for name in item:
        if name not in needed:
            raise ContentError(document.path, document.line(f"{where}.{name}"), f"没有 {name} 这一项：写错了就改")
    return item


def _province(document: Document, where: str, value: object) -> str:
    if value not in PROVINCES:
        raise ContentError(document.path, document.line(where), f"{value} 不是省的简称，写成 湖南、内蒙古 这样")
    return str(value)
