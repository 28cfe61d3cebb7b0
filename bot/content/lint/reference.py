"""The two lists that editors keep for the check: help lines (content/hotlines.yml) and words (content/words.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml


@dataclass(frozen=True)
class Hotlines:
    """Numbers that texts may name: help lines, and `others` that are no help lines but known (12306)."""

    lines: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def knows(self, number: str) -> bool:
        return number in self.lines or number in self.others


@dataclass(frozen=True)
class Avoided:
    """A word not to use, and what to write instead. "……" in `word` stands for up to eight characters of the same clause."""

    word: str
    instead: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Words:
    """Words that blame, words of the trade, and names by which medicines are known."""

    blame: tuple[Avoided, ...] = ()
    jargon: tuple[Avoided, ...] = ()
    medicines: tuple[str, ...] = ()


def read_hotlines(path: Path) -> Hotlines:
    """Read content/hotlines.yml.

    Raises:
        ContentError: a number is not written as "110", or one of its fields is missing.
    """
    document = read_yaml(path)
    fields.day(document, "checked_on")
    lines = _numbers(document, "hotlines", ("name", "hours", "source"))
    return Hotlines(lines, _numbers(document, "other_numbers", ("name", "reason")))


def read_words(path: Path) -> Words:
    """Read content/words.yml.

    Raises:
        ContentError: a list is missing or one of its entries has another shape.
    """
    document = read_yaml(path)
    return Words(_avoided(document, "blame"), _avoided(document, "jargon"), fields.texts(document, "medicines"))


def _numbers(document: Document, key: str, needed: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for index, item in enumerate(fields.mappings(document, key)):
        line = document.line(f"{key}[{index}]")
        number = item.get("number")
        if not isinstance(number, str) or not re.fullmatch(r"\d{3,12}", number):
            raise ContentError(document.path, line, '号码写成 number: "110"，要加英文双引号')
        if number in found:
            raise ContentError(document.path, line, f"{number} 写了两遍，只留一个")
        _need(document, item, needed, line)
        found.add(number)
    return frozenset(found)


def _avoided(document: Document, key: str) -> tuple[Avoided, ...]:
    found: list[Avoided] = []
    for index, item in enumerate(fields.mappings(document, key)):
        _need(document, item, ("word", "instead"), document.line(f"{key}[{index}]"))
        word = str(item["word"])
        found.append(Avoided(word, str(item["instead"]), _pattern(word)))
    if not found:
        raise ContentError(document.path, document.line(key), f"{key} 里一个词也没有")
    return tuple(found)


def _need(document: Document, item: Mapping[str, object], keys: tuple[str, ...], line: int) -> None:
    for key in keys:
        value = item.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ContentError(document.path, line, f"这一条少了 {key}")


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(r"[^，。！？；：、“”\s]{1,8}".join(map(re.escape, word.split("……"))))
