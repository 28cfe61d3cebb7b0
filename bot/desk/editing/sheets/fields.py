"""What a form is made of: fields as an editor speaks of them, each a value in the file and the words that stand in the browser.

The words are one flat mapping, name → texts, as a browser sends them: `steps.0.offset.days` → ["30"]. `show` makes them of a
value, `take` makes the value of them; a value that nobody touched comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.desk.editing.sheets import cited, signs

Values = Mapping[str, Sequence[str]]
_WHOLE = re.compile(r"-?\d{1,5}")
_MONTH_DAY = re.compile(r"\d{2}-\d{2}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LENGTH = re.compile(r"(\d{1,3})([dh])")
UNITS = {"d": "天", "h": "小时"}
SIDES = {"before": "提前", "after": "过后"}


class Wrong(Exception):
    """What was typed cannot be this value; the message says what to write, and `part` in which box of the field."""


@dataclass(frozen=True)
class Field:
    """One value. `key` is where it stands in its mapping ("audience.apart" one level down), `kind` one of `KINDS`.

    `default` is what the file means when it does not say; `most` is the number of characters it may have; neighbours with the
    same `fold` stand in a part of the form that is closed at first.
    """

    key: str
    label: str
    help: str = ""
    kind: str = "line"
    choices: Mapping[str, str] = field(default_factory=dict)
    default: object = None
    needed: bool = False
    most: int = 0
    rows: int = 4
    wide: bool = False
    fold: str = ""


@dataclass(frozen=True)
class Rows:
    """A list of like entries. `fixed`: entries are neither added nor taken away here; `ordered`: they can be put in another order;
    `look` is how the template draws them.
    """

    key: str
    label: str
    one: str
    help: str
    fields: tuple[Field, ...]
    spare: int = 1
    fixed: bool = False
    ordered: bool = False
    look: str = "cards"
    title: str = ""
    most: int = 0


class Kind(NamedTuple):
    """How a value is shown and taken; both get the field and its name."""

    show: Callable[[Field, str, object], dict[str, list[str]]]
    take: Callable[[Field, str, Values], object]


def first(sent: Values, name: str) -> str:
    """The text of a box, with our own line ends; "" when it was not sent."""
    found = sent.get(name)
    return "\n".join(found[0].replace("\r\n", "\n").split("\n")).strip() if found else ""


def each_line(text: str) -> list[str]:
    """The lines of a box in which every line is one value."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(value: object) -> str:
    return "" if value is None else str(value).strip()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _one(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: [_words(value)]}


def _text(field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    if field.most and len(typed) > field.most:
        raise Wrong(f"最多 {field.most} 个字，现在 {len(typed)} 个")
    if field.kind == "line" and "\n" in typed:
        raise Wrong("这里只写一行")
    return typed or None


def _lines(_field: Field, name: str, sent: Values) -> object:
    return each_line(first(sent, name)) or None


def _numbers(_field: Field, name: str, sent: Values) -> object:
    # As a list is written in Chinese, on one line too.
    return [each for each in re.split(r"[\s、，,；;]+", first(sent, name)) if each] or None


def _signs(_field: Field, name: str, sent: Values) -> object:
    found = [signs.pattern(line) for line in each_line(first(sent, name))]
    for number, each in enumerate(found, 1):
        if signs.fault(each):
            raise Wrong(f"第 {number} 行“{each[:24]}”机器读不懂：括号要成对；没把握就只写字，词和词之间空一格")
    return found or None


def _show_signs(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: ["\n".join(signs.words(_words(each)) for each in _list(value))]}


def _variants(field: Field, name: str, sent: Values) -> object:
    typed = [each.replace("\r\n", "\n").strip() for each in sent.get(name, ()) if each.strip()]
    long = next((each for each in typed if field.most and len(each) > field.most), "")
    if long:
        raise Wrong(f"“{long[:8]}……”这一条有 {len(long)} 个字，最多 {field.most} 个")
    return typed or None


def _number(_field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    if typed and not _WHOLE.fullmatch(typed):
        raise Wrong(f"要写成数字，比如 3；现在写的是“{typed[:20]}”")
    return int(typed) if typed else None


def _choice(field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    if typed and typed not in field.choices:
        raise Wrong("请从列表里选一样")
    return typed or None


def _pick(field: Field, name: str, sent: Values) -> object:
    typed = _choice(field, name, sent)
    return None if typed is None else int(str(typed))


def _span(_field: Field, name: str, sent: Values) -> object:
    if not first(sent, f"{name}.from") and not first(sent, f"{name}.to"):
        return None
    found = [_number_in(sent, f"{name}.from", "最少多少"), _number_in(sent, f"{name}.to", "最多多少")]
    if found[0] > found[1]:
        raise Wrong("前面的数不能比后面的大")
    return found


def _sources(_field: Field, name: str, sent: Values) -> object:
    try:
        return [cited.source(line) for line in each_line(first(sent, name))] or None
    except ValueError as error:
        raise Wrong(f"{error}") from None


def _show_sources(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: ["\n".join(cited.words(each) for each in _list(value))]}


def _truth(field: Field, name: str, sent: Values) -> object:
    typed = _choice(field, name, sent)
    return None if typed is None else typed == "true"


def _show_truth(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: [{True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else _words(value)]}


def _ticks(field: Field, name: str, sent: Values) -> object:
    ticked = set(sent.get(name, ()))
    if not ticked <= set(field.choices):
        raise Wrong("请从列表里选")
    return [each for each in field.choices if each in ticked] or None


def _number_in(sent: Values, name: str, what: str) -> int:
    typed = first(sent, name)
    if not re.fullmatch(r"\d{1,3}", typed):
        raise Wrong(f"{what}要写成数字，比如 36；现在写的是“{typed[:20]}”" if typed else f"还没写{what}")
    return int(typed)


def _ages(_field: Field, name: str, sent: Values) -> object:
    if not first(sent, f"{name}.from") and not first(sent, f"{name}.to"):
        return None
    ages = [_number_in(sent, f"{name}.from", "从几个月"), _number_in(sent, f"{name}.to", "到几个月")]
    if not 0 <= ages[0] < ages[1] <= 240:
        raise Wrong("前面的月数要比后面的小，最大写到 240（20 岁）")
    return ages


def _show_ages(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    ages = [*map(_words, _list(value)), "", ""]
    return {f"{name}.from": [ages[0]], f"{name}.to": [ages[1]]}


def _day(_field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Wrong(f"要写成 2026-07-05 这样的日子；现在写的是“{typed[:20]}”") from None


def _month_day(_field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    if typed and not _MONTH_DAY.fullmatch(typed):
        raise Wrong(f"要写成 07-05 这样（7 月 5 日）；现在写的是“{typed[:20]}”")
    return typed or None


def _clock(_field: Field, name: str, sent: Values) -> object:
    typed = first(sent, name)
    if typed and not _CLOCK.fullmatch(typed):
        raise Wrong(f"要写成 19:30 这样的时间；现在写的是“{typed[:20]}”")
    return typed or None


def _length(_field: Field, name: str, sent: Values) -> object:
    typed, unit = first(sent, f"{name}.n"), first(sent, f"{name}.unit")
    if not typed:
        return None
    if not re.fullmatch(r"[1-9]\d{0,2}", typed) or unit not in UNITS:
        raise Wrong(f"要写成数字，再选天或小时；现在写的是“{typed[:20]}”")
    return f"{typed}{unit}"


def _show_length(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    found = _LENGTH.fullmatch(_words(value))
    return {f"{name}.n": [found[1] if found else _words(value)], f"{name}.unit": [found[2] if found else "d"]}


def _offset(_field: Field, name: str, sent: Values) -> object:
    typed, side = first(sent, f"{name}.days"), first(sent, f"{name}.side")
    if not typed:
        return 0
    if not re.fullmatch(r"\d{1,3}", typed) or int(typed) > 200 or side not in SIDES:
        raise Wrong(f"要写成 0 到 200 的天数；现在写的是“{typed[:20]}”")
    return -int(typed) if side == "before" else int(typed)


def _show_offset(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    if value is None:
        return {f"{name}.days": [""], f"{name}.side": ["before"]}
    days = value if isinstance(value, int) else 0
    return {f"{name}.days": [str(abs(days))], f"{name}.side": ["after" if days > 0 else "before"]}


def _show_lines(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: ["\n".join(map(_words, _list(value)))]}


def _show_list(_field: Field, name: str, value: object) -> dict[str, list[str]]:
    return {name: [_words(each) for each in _list(value)]}


KINDS: Mapping[str, Kind] = {
    "line": Kind(_one, _text),
    "text": Kind(_one, _text),
    "lines": Kind(_show_lines, _lines),
    "numbers": Kind(_show_lines, _numbers),
    "signs": Kind(_show_signs, _signs),
    "variants": Kind(_show_list, _variants),
    "number": Kind(_one, _number),
    "choice": Kind(_one, _choice),
    "pick": Kind(_one, _pick),
    "truth": Kind(_show_truth, _truth),
    "ticks": Kind(_show_list, _ticks),
    "ages": Kind(_show_ages, _ages),
    "span": Kind(_show_ages, _span),
    "sources": Kind(_show_sources, _sources),
    "day": Kind(_one, _day),
    "month_day": Kind(_one, _month_day),
    "clock": Kind(_one, _clock),
    "length": Kind(_show_length, _length),
    "offset": Kind(_show_offset, _offset),
}
# What a person has typed or ticked, as against what stands in a list that always has a choice.
WRITTEN = ("line", "text", "lines", "numbers", "signs", "variants", "number", "ticks", "ages", "span", "sources", "day", "month_day", "clock")
# What takes more than one sitting to write: something new can be kept before it is all there.
LONG = ("text", "lines", "numbers", "signs", "variants", "sources")
