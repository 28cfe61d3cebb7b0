"""A kind of file that has a form: which files, what stands in the form, how it comes out of the file and back, what is checked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.content.documents import ContentError, read_list, read_yaml
from bot.desk.editing.checking import Remark
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets.fields import Rows, Values
from bot.desk.editing.sheets.filling import Part, Tree, names, shown


@dataclass(frozen=True)
class Asked:
    """One file as somebody wants it: `standing` is what it holds now, `project` the folder of `data/` and `domain/`."""

    content: Path
    project: Path
    relative: str
    text: str
    standing: str
    today: date


def nothing(_asked: Asked, _values: Values) -> dict[str, Any]:
    """Beside these forms nothing is shown."""
    return {}


def nothing_said(_asked: Asked) -> Mapping[str, str]:
    """Nothing is to be known of single entries."""
    return {}


@dataclass(frozen=True)
class Sheet:
    """One kind of form. `seen` gives what the page shows beside it, for the template `sheets/seen-<name>.html`; `said` what is to be
    known before an entry is taken out, by its number in the file (steps.0).
    """

    name: str
    title: str
    about: str
    path: re.Pattern[str]
    # Where such files lie, below the content or the project.
    glob: str
    parts: Callable[[Path], tuple[Part, ...]]
    check: Callable[[Asked, tuple[Part, ...]], list[Remark]]
    read: Callable[[str], Tree] = values_of
    write: Callable[[str, Mapping[str, Any]], str] = rewritten
    seen: Callable[[Asked, Values], dict[str, Any]] = nothing
    said: Callable[[Asked], Mapping[str, str]] = nothing_said
    # Whoever approves has to say yes to each of these.
    promises: Sequence[str] = ()
    stamped: bool = False
    # What the button says with which a new one is begun, where it leads if not to the page of all kinds, and what is to be thought of
    # before that.
    begin: str = ""
    begin_at: str = ""
    before: str = ""
    # The list of the one file whose entries are opened one by one, and the field that is an entry's second column.
    listed: str = ""
    second: str = ""
    # The template of what is shown beside the form, if it is not one of its own.
    shows: str = ""
    # Whether what stands here is said to somebody in danger: then the page says what that means.
    danger: bool = False

    @property
    def one_by_one(self) -> bool:
        """Whether its entries are opened one at a time: a long list whose order means nothing."""
        part = self.parts(Path())[0] if self.listed else None
        return isinstance(part, Rows) and not part.ordered


def at_fields(remarks: list[Remark], parts: tuple[Part, ...], tree: Mapping[str, object], text: str) -> list[Remark]:
    """The same with the field of the form at which each stands, found by its line; of several on one line, what holds the others."""
    if all(each.field for each in remarks):
        return remarks
    lines = _lines(parts, text)
    if lines is None:
        return remarks
    known, words = list(names(parts, shown(parts, tree))), spoken(parts)
    return [_placed(replace(each, message=_said(each.message, lines, words)), lines, known) for each in remarks]


def _lines(parts: tuple[Part, ...], text: str) -> Mapping[str, int] | None:
    """On which line each value stands; None: nobody can say."""
    with tempfile.NamedTemporaryFile(prefix="jiashu-draft-", suffix=".yml") as file:
        file.write(text.encode())
        file.flush()
        path, name = Path(file.name), parts[0].key
        with suppress(ContentError):
            return read_yaml(path).lines
        with suppress(ContentError):
            # The list itself begins where its first entry does, of which more can be said.
            return {where: line for where, line in read_list(path, name).lines.items() if where != name}
    return None


def spoken(parts: tuple[Part, ...]) -> dict[str, str]:
    """What a form calls the names that stand in a file: of its fields, and of what can be chosen in them."""
    words: dict[str, str] = {}
    for part in parts:
        words[part.key] = part.label
        for field in part.fields if isinstance(part, Rows) else (part,):
            words |= {value: re.split("[：（]", label)[0] for value, label in field.choices.items() if len(value) > 3}
            words.setdefault(field.key.rpartition(".")[2], field.label)
    return words


def _said(message: str, lines: Mapping[str, int], words: Mapping[str, str]) -> str:
    """A rule's message as somebody reads it who does not see the file."""

    def line(match: re.Match[str]) -> str:
        where = next((each for each, number in lines.items() if number == int(match[1]) and each.endswith("]")), "")
        found = re.fullmatch(r"(\w+)\[(\d+)\]", where)
        return f"“{words.get(found[1], found[1])}”第 {int(found[2]) + 1} 行" if found else match[0]

    def name(match: re.Match[str]) -> str:
        return f"“{words[match[1]]}”" if match[1] in words else match[0]

    return re.sub(r" ?(?<![\w“/.-])([a-z][a-z_]+)(?![\w”/.-]) ?", name, re.sub(r"第 (\d+) 行", line, message))


def _placed(remark: Remark, lines: Mapping[str, int], known: list[str]) -> Remark:
    before = [(line, -len(where), where) for where, line in lines.items() if where and line <= remark.line]
    if remark.field or not before:
        return remark
    name = re.sub(r"\[(\d+)\]", r".\1", max(before)[2])
    while name and name not in known:
        below = next((each for each in known if each.startswith(f"{name}.")), "")
        name = below if below and not re.search(r"\.\d+$", name) else name.rpartition(".")[0]
    return replace(remark, field=name)
