"""Files that are one list (gifts, starters, the menu): read and written as if the list had a name, which a form needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.content.writing import WritingError
from bot.desk.editing.reading import rewritten, values_of
from bot.desk.editing.sheets.filling import Tree

_MARK = "\ufeff"


def reader(name: str) -> Callable[[str], Tree]:
    """Reads such a file as {name: entries}.

    Raises (what it returns):
        WritingError: it cannot be read, or is no list of entries with fields.
    """

    def read(text: str) -> Tree:
        tree = values_of(_named(name, text))
        found = tree.get(name)
        if set(tree) != {name} or not (found is None or (isinstance(found, list) and all(isinstance(each, dict) for each in found))):
            raise WritingError("这个文件不是一条一条的清单，请在源文件里改")
        return {name: found or []}

    return read


def writer(name: str) -> Callable[[str, Mapping[str, Any]], str]:
    """Writes {name: entries} back into such a file; what did not change keeps every byte.

    Raises (what it returns):
        WritingError: nothing would be left, or the file cannot be changed faithfully.
    """

    def write(text: str, tree: Mapping[str, Any]) -> str:
        if not tree.get(name):
            raise WritingError("至少要留一条")
        made = rewritten(_named(name, text), tree)
        return (_MARK if text.startswith(_MARK) else "") + made.partition("\n")[2]

    return write


def _named(name: str, text: str) -> str:
    return f"{name}:\n{text.removeprefix(_MARK)}"
