"""Read a table: a YAML list whose entries each become one frozen value, every complaint with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from bot.content.documents import ContentError, Document, read_list
from bot.text.plain import squash

T = TypeVar("T")

_KEY_DIGITS = 12


@dataclass(frozen=True)
class Table(Generic[T]):
    """One table: its file is `<name>.yml`; `needed` and `allowed` are the fields of an entry, `build` makes the value of one."""

    name: str
    title: str
    needed: tuple[str, ...]
    allowed: tuple[str, ...]
    build: Callable[[Document], T]

    def path(self, content: Path) -> Path:
        return content / f"{self.name}.yml"

    def load(self, content: Path) -> tuple[T, ...]:
        """All entries; none when there is no such file.

        Raises:
            ContentError: the first entry that cannot be used.
        """
        path = self.path(content)
        return tuple(self.made(each) for each in entries(read_list(path, self.name), self.name)) if path.exists() else ()

    def made(self, entry: Document) -> T:
        """The value of one entry.

        Raises:
            ContentError: a field is missing, unknown or of the wrong kind.
        """
        for key in self.needed:
            if key not in entry.data:
                raise ContentError(entry.path, entry.line(""), f"这一条少了 {key}")
        for key in entry.data:
            if key not in self.needed + self.allowed:
                raise ContentError(entry.path, entry.line(str(key)), f"{self.title}里没有 {key} 这一项：写错了就改，用不着就删")
        return self.build(entry)


def entries(document: Document, name: str) -> Iterator[Document]:
    """Each entry of a list as a document of its own, so that the readers of fields work on it.

    Raises:
        ContentError: an entry is not a mapping.
    """
    lines: dict[int, dict[str, int]] = {}
    for where, line in document.lines.items():
        place = re.fullmatch(rf"{name}\[(\d+)\]\.?(.*)", where)
        if place:
            lines.setdefault(int(place[1]), {})[place[2]] = line
    items = document.data[name]
    for index, item in enumerate(items if isinstance(items, list) else []):
        if not isinstance(item, dict):
            raise ContentError(document.path, document.line(f"{name}[{index}]"), "这一条要写成“名字: 内容”的样子")
        own = lines.get(index, {})
        # Where a field is missing, the complaint stands on the first line of the entry.
        yield Document(document.path, item, {"": own.get("", 1), **own})


def key_of(words: str) -> str:
    """What an entry is called in the database: digits of its words, so that a new wording counts as a new entry."""
    return sha256(squash(words).encode()).hexdigest()[:_KEY_DIGITS]
