"""The account's menu as a form: up to three buttons, each with what it says or with entries under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content.lint import tables
from bot.content.writing import WritingError
from bot.desk.editing import checking
from bot.desk.editing.checking import Remark
from bot.desk.editing.sheets import lists
from bot.desk.editing.sheets.fields import Field, Rows, Values
from bot.desk.editing.sheets.filling import Part, Tree, rows_of
from bot.desk.editing.sheets.sheet import Asked, Sheet

# As the wire counts them (bot/wechat/menu.py), which the desk does not import; a test holds them together.
NAME_BYTES, ENTRY_NAME_BYTES, SAY_BYTES, URL_BYTES = 16, 60, 124, 1024
_read, _write = lists.reader("buttons"), lists.writer("buttons")
_NUMBERS = tuple(range(1, tables.MOST_BUTTONS + 1))
_WHICH = ("左边", "中间", "右边")


def _parts(_content: Path) -> tuple[Part, ...]:
    return tuple(part for number in _NUMBERS for part in _button(number))


def _button(number: int) -> tuple[Part, ...]:
    which = f"{_WHICH[number - 1]}的按钮"
    return (
        Field(f"name{number}", f"{which}：显示的字", f"最多 {NAME_BYTES // 3} 个汉字；不要这个按钮就空着"),
        Field(f"say{number}", "点一下就替家长说", "下面有小按钮的，这里空着", most=40),
        Field(f"url{number}", "或者打开一个网页", "一般不用", wide=True),
        Rows(
            f"under{number}",
            f"{which}下面的小按钮",
            "一个小按钮",
            f"最多 {tables.MOST_BELOW} 个，照这里的次序从上往下。",
            (
                Field("name", "显示的字", "手机上看得到前 7 个字左右", needed=True),
                Field("say", "点一下就替家长说", "写机器听得懂的话", most=40),
                Field("url", "或者打开一个网页", "一般不用", wide=True),
            ),
            ordered=True,
            look="cards",
            title="name",
        ),
    )


def read(text: str) -> Tree:
    """The buttons side by side.

    Raises:
        WritingError: the file is no list of buttons, or has more of them than WeChat shows.
    """
    buttons = rows_of(_read(text), "buttons")
    if len(buttons) > tables.MOST_BUTTONS:
        raise WritingError(f"按钮最多 {tables.MOST_BUTTONS} 个，请在源文件里改")
    found: Tree = {}
    for number, button in zip(_NUMBERS, [*buttons, *({} for _ in _NUMBERS)], strict=False):
        found |= {f"{key}{number}": button.get(key) for key in ("name", "say", "url")}
        found[f"under{number}"] = rows_of(button, "sub")
    return found


def write(text: str, tree: Mapping[str, Any]) -> str:
    """The file with other buttons; one without words of its own goes.

    Raises:
        WritingError: a button without a name has entries, or the file cannot be changed faithfully.
    """
    buttons = []
    for number in _NUMBERS:
        button = {key: tree.get(f"{key}{number}") for key in ("name", "say", "url")} | {"sub": tree.get(f"under{number}") or None}
        said = {key: value for key, value in button.items() if value}
        if said and "name" not in said:
            raise WritingError(f"{_WHICH[number - 1]}的按钮还没写显示的字")
        if said:
            buttons.append(said)
    return _write(text, {"buttons": buttons})


def _check(asked: Asked, _parts: tuple[Part, ...]) -> list[Remark]:
    found = checking.ruled(asked.content, asked.relative, asked.text, asked.today, tables.RULES)
    try:
        tree = read(asked.text)
    except WritingError:
        return found
    own = list(_faults(tree))
    # What the form says in its own words at the field need not be said again of the file.
    return own or [replace(each, field=next(iter(tree))) for each in found]


def _faults(tree: Tree) -> Iterator[Remark]:
    if not any(tree[f"name{number}"] for number in _NUMBERS):
        yield Remark("C024", 0, "至少要有一个按钮", True, False, "name1")
    for number in _NUMBERS:
        entries = rows_of(tree, f"under{number}")
        own = {key: tree[f"{key}{number}"] for key in ("name", "say", "url")}
        if not own["name"]:
            continue
        yield from _long(own, NAME_BYTES, lambda key, number=number: f"{key}{number}")
        if sum(map(bool, (own["say"], own["url"], entries))) != 1:
            yield Remark("C024", 0, "点了说一句、打开网页、下面有小按钮：三样里选一样，只能一样", True, False, f"say{number}")
        if len(entries) > tables.MOST_BELOW:
            yield Remark("C024", 0, f"小按钮最多 {tables.MOST_BELOW} 个，现在 {len(entries)} 个", True, False, f"under{number}")
        for index, entry in enumerate(entries):
            yield from _long(entry, ENTRY_NAME_BYTES, lambda key, at=f"under{number}.{index}": f"{at}.{key}")
            if bool(entry.get("say")) == bool(entry.get("url")):
                yield Remark("C024", 0, "写点了以后替家长说什么，或者打开哪个网页，只写一样", True, False, f"under{number}.{index}.say")


def _long(button: Mapping[str, object], most: int, field: Any) -> Iterator[Remark]:
    for key, limit in (("name", most), ("say", SAY_BYTES), ("url", URL_BYTES)):
        if len(str(button.get(key) or "").encode()) > limit:
            yield Remark("C024", 0, f"太长了：微信最多收 {limit // 3} 个汉字", True, False, field(key))
    url = str(button.get("url") or "")
    if url and not re.match(r"https?://\S+$", url):
        yield Remark("C024", 0, "网址要用 https:// 开头，中间没有空格", True, False, field("url"))


def _seen(asked: Asked, _values: Values) -> dict[str, Any]:
    try:
        tree = read(asked.text)
    except WritingError:
        return {"buttons": []}
    return {"buttons": [(tree[f"name{number}"], rows_of(tree, f"under{number}")) for number in _NUMBERS if tree[f"name{number}"]]}


SHEET = Sheet(
    "menu",
    "公众号的菜单",
    "聊天下面的三个按钮。改好、发布以后，请管理员推到微信（jiashu menu）。",
    re.compile(r"menu\.yml"),
    "menu.yml",
    _parts,
    _check,
    read,
    write,
    _seen,
)
