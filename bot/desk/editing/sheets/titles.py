"""What editors call a file, and the lists of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.content.writing import WritingError
from bot.desk import menu
from bot.desk.access import Page
from bot.desk.editing import files, taught
from bot.desk.editing.reading import too_deep, values_of
from bot.desk.editing.sheets import answers, campaigns, scripts
from bot.desk.editing.sheets.fields import KINDS, Rows
from bot.desk.editing.sheets.filling import HEADING, rows_of
from bot.desk.editing.sheets.sheet import Sheet
from bot.desk.editing.sheets.table import sheet_of
from bot.desk.errors import DeskError
from bot.desk.topics import TOPICS
from bot.pages.prose import age

# What a file with a title of its own is, by its folder.
_TITLED = {"lessons": "课", "answers": "一问一答", "campaigns": "提醒", "safety": "急救文案", "quizzes": "测验", "comics": "漫画"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """One thing that can be opened: a file, or a part of it (`open`: its number)."""

    path: str
    open: str
    title: str
    group: str
    note: str
    words: str
    problem: str = ""


def title_of(path: str, tree: Mapping[str, object]) -> str:
    """A file's name for editors."""
    sheet = sheet_of(path)
    said = tree.get("title")
    if isinstance(said, str) and said.strip():
        return said.strip()
    if sheet and len(sheet.glob.split("*")) == 1:
        return sheet.title
    return TOPICS.get(Path(path).stem, Path(path).stem)


def named(path: str, text: str) -> str:
    """A file with that text in words, whatever it is and even where it cannot be read: 课《过马路》, 家长的话：打招呼."""
    folder, stem = path.partition("/")[0], Path(path).stem
    if folder in _TITLED:
        return f"{_TITLED[folder]}《{_titled(text) or _lesson(stem) or stem}》"
    sheet = sheet_of(path)
    if sheet and "*" in sheet.glob:
        return f"{sheet.title}：{TOPICS.get(stem, stem)}"
    return sheet.title if sheet else stem


def _titled(text: str) -> str:
    found = _TITLE.search(text)
    try:
        said = yaml.safe_load(found[1]) if found else ""
    except (yaml.YAMLError, ValueError, RecursionError):
        said = found[1] if found else ""
    return str(said or "").strip()


def _lesson(slug: str) -> str:
    """A quiz bears the name of its lesson."""
    found = files.lesson(slug)
    return found.title if found else ""


def entry(role: str) -> Page | None:
    """The entry of the menu under which these pages stand."""
    return next((page for group in menu.groups(role) for page in group.pages if page.path == "/content"), None)


def lines(sheet: Sheet) -> list[Line]:
    """Everything of one kind, in the order of its files."""
    if sheet is answers.SHEET:
        return _answers()
    root = files.folder_of(sheet.glob.replace("*", "x"))
    found: list[Line] = []
    for path in sorted(root.glob(sheet.glob)):
        relative = path.relative_to(root).as_posix()
        if sheet.path.fullmatch(relative) and path.is_file():
            found += _lines(sheet, path, path.stat().st_mtime_ns, relative)
    if sheet is scripts.SHEET:
        found.sort(key=lambda each: int(each.group) if each.group.isdigit() else 999)
    return found


def _answers() -> list[Line]:
    """What is taught stands in no files of its own."""
    try:
        paths = [taught.path_of(name) for name in taught.names(files.project_text)]
        texts = {path: files.text_of(path) for path in paths}
    except (WritingError, DeskError) as error:
        return [Line("", "", "", "", "", "", f"{error}")]
    found = []
    for path, text in texts.items():
        tree = answers.SHEET.read(text)
        said = tree.get("questions")
        found.append(Line(path, "", str(tree["title"]), "", f"{len(said) if isinstance(said, list) else 0} 句", _words(tree)))
    return found


@lru_cache(maxsize=500)
def _lines(sheet: Sheet, path: Path, _changed: int, relative: str) -> tuple[Line, ...]:
    try:
        tree = _tree(sheet, path.read_bytes().decode())
    except (WritingError, UnicodeDecodeError) as error:
        return (Line(relative, "", path.stem, "", "", path.stem, f"{error}"),)
    title = title_of(relative, tree)
    if sheet.name == "intents":
        return tuple(_part(relative, number, row, title, "examples", "句") for number, row in enumerate(rows_of(tree, "intents")))
    if sheet.name == "replies":
        return tuple(_part(relative, number, row, title, "texts", "种说法") for number, row in enumerate(rows_of(tree, "replies")))
    if sheet.listed:
        return entries(sheet, relative, tree)
    return (Line(relative, "", title, *_about(sheet, tree), _words(tree)),)


def begun(sheet: Sheet, text: str) -> tuple[Line, ...]:
    """The entries of a list as its draft has them; none where it cannot be read as one."""
    try:
        return entries(sheet, sheet.glob, _tree(sheet, text))
    except WritingError:
        return ()


def entries(sheet: Sheet, relative: str, tree: Mapping[str, object]) -> tuple[Line, ...]:
    """Each entry of a list."""
    return tuple(_entry(sheet, relative, number, row) for number, row in enumerate(rows_of(tree, sheet.listed)))


def _tree(sheet: Sheet, text: str) -> Mapping[str, object]:
    """What stands in a file; in C where its form reads plain YAML: whoever comes first after a start waits for all files of a list."""
    if (sheet.read is values_of or sheet.listed) and not too_deep(text):
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            found = yaml.load(text.removeprefix("\ufeff"), Loader=_Loader)  # noqa: S506 - a safe loader, in C
            if sheet.listed and isinstance(found, list) and all(isinstance(each, dict) for each in found):
                return {sheet.listed: found}
            if isinstance(found, dict):
                return found
    return sheet.read(text)


def _part(relative: str, number: int, row: Mapping[str, object], group: str, key: str, unit: str) -> Line:
    said = row[key]
    assert isinstance(said, list)
    words = " ".join([str(row.get("name")), *map(str, said)]).lower()
    return Line(relative, str(number), str(row.get(HEADING)), group, f"{len(said)} {unit}", words)


def _entry(sheet: Sheet, relative: str, number: int, row: Mapping[str, object]) -> Line:
    """One entry of a table: what it is called, what it is about, for which age."""
    (part,) = sheet.parts(Path())
    assert isinstance(part, Rows)
    values = {name: texts for field in part.fields for name, texts in KINDS[field.kind].show(field, field.key, row.get(field.key)).items()}
    named = next((each for each in part.fields if each.key == part.title), part.fields[0])
    second = next((each for each in part.fields if each.key == sheet.second), None)
    group = "、".join(second.choices.get(each, each) for each in values[second.key]) if second else ""
    ages = row.get("ages")
    months = age((ages[0], ages[1])) if isinstance(ages, list) and len(ages) == 2 and all(isinstance(each, int) for each in ages) else ""
    title = f"{values[named.key][0]} 个月" if named.kind == "number" else values[named.key][0]
    return Line(relative, str(number), title or f"第 {number + 1} 条", group, months, _words(row))


def _about(sheet: Sheet, tree: Mapping[str, object]) -> tuple[str, str]:
    """The second column and the third."""
    if sheet is scripts.SHEET:
        examples = tree.get("examples")
        urgency = scripts.URGENCIES.get(str(tree.get("urgency")), "").partition("：")[0]
        state = "" if tree.get("status") == "published" else f"，{files.STATUS.get(str(tree.get('status')), '没写完')}，家长还用不上"
        return str(tree.get("order", "")), f"{urgency}，{len(examples) if isinstance(examples, list) else 0} 句例子{state}"
    if sheet is campaigns.SHEET:
        hung = campaigns.names().get(str(tree.get("anchor")), str(tree.get("anchor")))
        return campaigns.KINDS.get(str(tree.get("kind")), ""), f"{hung}，{len(rows_of(tree, 'steps'))} 条"
    if sheet.name == "quizzes":
        return _lesson(str(tree.get("lesson"))), f"{len(rows_of(tree, 'questions'))} 道题"
    if sheet.name == "comics":
        return _lesson(str(tree.get("lesson"))), f"{len(rows_of(tree, 'panels'))} 格"
    for key, unit in (("words", "个普通说法"), ("terms", "个词"), ("years", "个写定的假期")):
        found = tree.get(key)
        if isinstance(found, list):
            return "", f"{len(found)} {unit}"
    return "", ""


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(map(_words, value.values()))
    if isinstance(value, list):
        return " ".join(map(_words, value))
    return str(value).lower()

