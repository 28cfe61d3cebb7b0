"""C024: the other files that the assistant reads: help lines, word lists, regional words, terms and the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_list, read_yaml
from bot.content.lint.corpus import Corpus
from bot.content.lint.findings import Finding, Level, Rule

# WeChat's limits of a custom menu (WeChat's documentation of 自定义菜单, 创建接口).
MOST_BUTTONS = 3
MOST_BELOW = 5
_ACTIONS = ("say", "url", "sub")


def broken_tables(corpus: Corpus) -> Iterator[Finding]:
    """Tables that cannot be read or have another shape than the code that reads them expects."""
    for error in corpus.tables:
        yield _finding(error)
    yield from _dialect(corpus.root / "dialect.yml")
    yield from _menu(corpus.root / "menu.yml")
    for path in sorted((corpus.root / "terms").glob("*")):
        yield from _terms(path)


RULES = (Rule("C024", "方言、菜单、词表读得出来", Level.ERROR, broken_tables),)


def _finding(error: ContentError) -> Finding:
    return Finding("C024", error.path, error.line, error.message)


def _dialect(path: Path) -> Iterator[Finding]:
    """`common form: [regional words]`, each regional word once. (Files that YAML cannot read are in `corpus.tables`.)"""
    document = _read(path)
    if document is None:
        return
    taken: dict[str, str] = {}
    for common in document.data:
        if not isinstance(common, str):
            yield Finding("C024", path, document.line(str(common)), f"{common} 会被当成数字或真假，加英文双引号")
            continue
        try:
            words = fields.texts(document, common)
        except ContentError as error:
            yield _finding(error)
            continue
        for index, word in enumerate(words):
            line = document.line(f"{common}[{index}]")
            if word == common:
                yield Finding("C024", path, line, f"“{word}”和它自己的普通话说法一样，删掉")
            elif taken.setdefault(word, common) != common:
                yield Finding("C024", path, line, f"“{word}”已经归到“{taken[word]}”了，只留一处")


def _menu(path: Path) -> Iterator[Finding]:
    if not path.exists():
        return
    try:
        document = read_list(path, "buttons")
        yield from _buttons(document, document.data["buttons"], "buttons", MOST_BUTTONS)
    except ContentError as error:
        yield _finding(error)


def _buttons(document: Document, buttons: object, where: str, most: int) -> Iterator[Finding]:
    """A list of buttons with a name and one thing that happens; `most` is WeChat's limit for this level."""
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= most:
        yield Finding("C024", document.path, document.line(where), f"这里要有 1–{most} 个按钮")
        return
    for index, button in enumerate(buttons):
        place = f"{where}[{index}]"
        line = document.line(place)
        if not isinstance(button, Mapping) or not isinstance(button.get("name"), str):
            yield Finding("C024", document.path, line, "按钮要有 name（显示的字）")
        elif sum(action in button for action in _ACTIONS) != 1:
            yield Finding("C024", document.path, line, "按钮要有 say、url、sub 里的一样，只能一样")
        elif "sub" in button and where == "buttons":
            yield from _buttons(document, button["sub"], f"{place}.sub", MOST_BELOW)
        elif "sub" in button:
            yield Finding("C024", document.path, line, "微信菜单只有两层，这里不能再有 sub")


def _terms(path: Path) -> Iterator[Finding]:
    """A jieba dictionary: a word a line, nothing else. jieba takes a remark for a word."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        yield Finding("C024", path, 1, "读不出来：存成 UTF-8 的文本文件，这个文件夹里只放词表")
        return
    for number, line in enumerate(lines, 1):
        word = line.strip()
        if word and not word.split()[0].isalnum():
            yield Finding("C024", path, number, f"“{word}”不是一个词：一行一个词，不写说明和标点")


def _read(path: Path) -> Document | None:
    try:
        return read_yaml(path) if path.exists() else None
    except ContentError:
        return None
