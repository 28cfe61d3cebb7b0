"""A form as lines of words, to be laid beside another: no sign of how the file is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk.editing.sheets.fields import KINDS, SIDES, UNITS, Field, Rows, Values, first
from bot.desk.editing.sheets.filling import Part, numbers_of, shown
from bot.desk.editing.sheets.sheet import Sheet


def lines(sheet: Sheet, content: Path, text: str) -> list[str]:
    """Every field with its label and what stands in it.

    Raises:
        WritingError: the file cannot be read.
    """
    parts, tree = sheet.parts(content), sheet.read(text)
    values = shown(parts, tree)
    return [line for part in parts for line in _part(part, values)]


def label(parts: tuple[Part, ...], values: Values, name: str) -> str:
    """A field's place as one says it: 第 2 条“放假前”：几点发."""
    for part in parts:
        if isinstance(part, Field):
            if name == part.key:
                return part.label
        elif name == part.key:
            return part.label
        elif name.startswith(f"{part.key}."):
            number, _, key = name[len(part.key) + 1 :].partition(".")
            field = next((each.label for each in part.fields if each.key == key), "")
            return f"{row_title(part, values, int(number))}{f'：{field}' if field else ''}" if number.isdigit() else part.label
    return ""


def row_title(part: Rows, values: Values, number: int) -> str:
    """What a row is called."""
    name = f"{part.key}.{number}"
    said = (values.get(name) or [""])[0] if part.title == "heading" else first(values, f"{name}.{part.title}") if part.title else ""
    if part.look in ("table", "pairs") and part.fields:
        return "".join(_words(each, name, values) for each in part.fields[:3] if part.look == "table") or first(values, f"{name}.{part.fields[0].key}")
    return said if part.title == "heading" and said else f"第 {number + 1} 条" + (f"“{said}”" if said else "")


@dataclass(frozen=True)
class Folded:
    """What a closed part of a form says in one line, and whether something in it is wrong."""

    words: str
    wrong: bool


def folded(fields: Sequence[Part], fold: str, lead: str, values: Values, wrong: Collection[str]) -> Folded:
    """The fields of one fold that say something."""
    mine = [each for each in fields if isinstance(each, Field) and each.fold == fold]
    said = ["、".join(_said(each, f"{lead}{each.key}", values)) for each in mine if _is_set(each, f"{lead}{each.key}", values)]
    return Folded("，".join(said)[:60] or "照平常的", any(f"{lead}{each.key}" in wrong for each in mine))


def _is_set(field: Field, name: str, values: Values) -> bool:
    usual = KINDS[field.kind].show(field, name, field.default)
    return any([text for text in values.get(each, ()) if text] != [text for text in texts if text] for each, texts in usual.items())


def _part(part: Part, values: Values) -> Iterator[str]:
    if isinstance(part, Field):
        yield from _field(part, part.key, values)
        return
    for number in numbers_of(values, part.key):
        name = f"{part.key}.{number}"
        if part.look in ("table", "pairs"):
            yield "　".join(filter(None, (_words(each, name, values) for each in part.fields)))
            continue
        yield f"【{row_title(part, values, number)}】"
        for each in part.fields:
            yield from _field(each, f"{name}.{each.key}", values)


def _words(field: Field, row: str, values: Values) -> str:
    return "、".join(_said(field, f"{row}.{field.key}", values))


def _field(field: Field, name: str, values: Values) -> Iterator[str]:
    said = _said(field, name, values)
    if not said or (field.fold and not _is_set(field, name, values)):
        return
    label = f"{field.fold}，{field.label}" if field.fold and field.key.startswith("audience.") else field.label
    if len(said) == 1:
        yield f"{label}：{said[0]}"
        return
    yield f"{label}："
    yield from (f"　{line}" for line in said)


def _said(field: Field, name: str, values: Values) -> list[str]:
    if field.kind == "ages":
        start, end = first(values, f"{name}.from"), first(values, f"{name}.to")
        return [f"{start} 到 {end} 个月"] if start or end else []
    if field.kind == "span":
        least, most = first(values, f"{name}.from"), first(values, f"{name}.to")
        return [f"{least} 到 {most}"] if least or most else []
    if field.kind == "length":
        number = first(values, f"{name}.n")
        return [f"{number} {UNITS.get(first(values, f'{name}.unit'), '')}"] if number else []
    if field.kind == "offset":
        days = first(values, f"{name}.days")
        return ["当天"] if days in ("", "0") else [f"{SIDES.get(first(values, f'{name}.side'), '')} {days} 天"]
    texts = [text for text in values.get(name, ()) if text]
    if field.kind in ("choice", "pick", "truth", "ticks"):
        return ["、".join(field.choices.get(text, text) for text in texts)] if texts else []
    if field.kind == "variants":
        return [line for number, text in enumerate(texts, 1) for line in [f"（{number}）", *text.splitlines()]]
    return [line for text in texts for line in text.splitlines()]
