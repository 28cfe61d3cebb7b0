"""C001–C003: can the file be read, has it the template's fields, does it stand where it belongs?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.content.lessons import AUDIENCES
from bot.content.lint.corpus import Corpus, Page
from bot.content.lint.findings import Finding, Level, Rule


class Fields(NamedTuple):
    """The fields of one kind of file, as in content/TEMPLATE.md."""

    needed: tuple[str, ...]
    allowed: tuple[str, ...]


_SIGNED = ("status", "reviewed", "reviewed_by", "updated")
# C015 and C016 say when `try` and `sources` are needed.
LESSON = Fields(
    ("title", "series", "audience", "ages", "form", "summary", "questions", "answer", *_SIGNED),
    ("answers", "relay", "try", "quiz", "sources", "order"),
)
SCRIPT = Fields(
    ("title", "order", "urgency", "patterns", "examples", "near_misses", "hotlines", "answer", *_SIGNED),
    ("unless", "cases", "answers", "sources"),
)
INNER = {"answers": ("ages", "answer"), "sources": ("title", "publisher", "year", "url")}

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What editors' programs make of a text; any other file (a picture) is nobody's lesson and is left alone.
_TEXTS = {".md", ".markdown", ".txt", ".yml", ".yaml", ".doc", ".docx"}


def unreadable(corpus: Corpus) -> Iterator[Finding]:
    """The reader's complaints; where a field is missing altogether C002 says so."""
    for page, fields in _kinds(corpus):
        if page.error and not any(_missing(page, fields)):
            yield Finding("C001", page.path, page.error.line, page.error.message)


def wrong_fields(corpus: Corpus) -> Iterator[Finding]:
    """Fields that the template does not know, that are missing, or that name an unknown audience."""
    for page, fields in _kinds(corpus):
        for key in _missing(page, fields):
            yield Finding("C002", page.path, 1, f"少了 {key}，照 content/TEMPLATE.md 补上")
        for where, key in _unknown(page, fields):
            yield Finding("C002", page.path, page.line(where), f"模板里没有 {key} 这一项：写错了就改，用不着就删")
        for index, audience in enumerate(_list(page, "audience")):
            if audience not in AUDIENCES:
                line = page.line(f"audience[{index}]")
                yield Finding("C002", page.path, line, f"audience 只能是：{'、'.join(AUDIENCES)}")


def wrong_place(corpus: Corpus) -> Iterator[Finding]:
    """Names that are not kebab-case, folders that are not the series, one name twice, files that nobody would ever read."""
    taken: dict[str, Path] = {}
    for page in corpus.files:
        if not _KEBAB.fullmatch(page.path.stem):
            yield Finding("C003", page.path, 1, "文件名只用小写英文、数字和短横，像 what-to-talk-about")
    for page in corpus.lesson_files:
        series = page.document.data.get("series") if page.document else None
        if series is not None and series != page.path.parent.name:
            message = f"series 写的是 {series}，文件却在 {page.path.parent.name} 文件夹里：改成一样的"
            yield Finding("C003", page.path, page.line("series"), message)
        first = taken.setdefault(page.path.stem, page.path)
        if first != page.path:
            yield Finding("C003", page.path, 1, f"已经有一课叫这个名字：{first}，换个文件名", first)
    yield from (Finding("C003", path, 1, _STRAY) for path in _strays(corpus))


RULES = (
    Rule("C001", "文件读得出来", Level.ERROR, unreadable),
    Rule("C002", "模板里的每一项都写对", Level.ERROR, wrong_fields),
    Rule("C003", "文件名和文件夹", Level.ERROR, wrong_place),
)

_STRAY = "放在这里读不到：课文是 lessons/<系列>/<短名>.md，急救文案是 safety/<短名>.yml"


def _kinds(corpus: Corpus) -> Iterator[tuple[Page, Fields]]:
    yield from ((page, LESSON) for page in corpus.lesson_files)
    yield from ((page, SCRIPT) for page in corpus.script_files)


def _missing(page: Page, fields: Fields) -> Iterator[str]:
    if page.document:
        yield from (key for key in fields.needed if key not in page.document.data)


def _unknown(page: Page, fields: Fields) -> Iterator[tuple[str, str]]:
    """Where an unknown field stands, and its name."""
    if page.document is None:
        return
    yield from ((str(key), str(key)) for key in page.document.data if key not in fields.needed + fields.allowed)
    for outer, inner in INNER.items():
        for index, item in enumerate(_list(page, outer)):
            if isinstance(item, Mapping):
                yield from ((f"{outer}[{index}].{key}", str(key)) for key in item if key not in inner)


def _list(page: Page, key: str) -> list[object]:
    value = page.document.data.get(key) if page.document else None
    return value if isinstance(value, list) else []


def _strays(corpus: Corpus) -> Iterator[Path]:
    read = {page.path for page in corpus.files}
    for folder in ("lessons", "safety"):
        for path in sorted((corpus.root / folder).rglob("*")):
            if path.is_file() and path not in read and path.suffix.lower() in _TEXTS:
                yield path
