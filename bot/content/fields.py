"""Take typed values out of a `Document`, or say on which line the wrong one stands."""

from __future__ import annotations

from datetime import date

from bot.content.documents import ContentError, Document


def text(document: Document, key: str, required: bool = True) -> str:
    """A non-empty string; "" when it is not required and not there."""
    value = document.data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise ContentError(document.path, document.line(key), f"{key} 要写一段文字")
    return value.strip()


def texts(document: Document, key: str, required: bool = True) -> tuple[str, ...]:
    """A list of non-empty strings."""
    value = document.data.get(key)
    if value is None and not required:
        return ()
    if not isinstance(value, list):
        raise ContentError(document.path, document.line(key), f"{key} 要写成一行一条、用“- ”开头的清单")
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item.strip():
            raise ContentError(document.path, document.line(f"{key}[{index}]"), f"{key} 里这一条不是文字，整句加英文双引号")
    return tuple(item.strip() for item in value)


def choice(document: Document, key: str, allowed: tuple[str, ...]) -> str:
    """One of the words in `allowed`."""
    value = document.data.get(key)
    if value not in allowed:
        raise ContentError(document.path, document.line(key), f"{key} 只能是：{'、'.join(allowed)}")
    return str(value)


def flag(document: Document, key: str) -> bool:
    """True or false; false when it is not there."""
    value = document.data.get(key, False)
    if not isinstance(value, bool):
        raise ContentError(document.path, document.line(key), f"{key} 只能写 true 或 false")
    return value


def number(document: Document, key: str, default: int) -> int:
    """A whole number."""
    value = document.data.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ContentError(document.path, document.line(key), f"{key} 要写一个整数")
    return value


def day(document: Document, key: str) -> date:
    """A date written as 2026-11-21."""
    value = document.data.get(key)
    if not isinstance(value, date):
        raise ContentError(document.path, document.line(key), f"{key} 要写成 2026-11-21 这样的日期")
    return value


def months(document: Document, value: object, where: str) -> tuple[int, int]:
    """A half-open age range [from, to) in months."""
    good = isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)
    if not good or not isinstance(value, list) or not 0 <= value[0] < value[1] <= 240:
        raise ContentError(document.path, document.line(where), "年龄写成 [从几个月, 到几个月]，例如 [0, 36]")
    return value[0], value[1]


def mappings(document: Document, key: str) -> tuple[dict[str, object], ...]:
    """A list of mappings; empty when it is not there."""
    value = document.data.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ContentError(document.path, document.line(key), f"{key} 要写成清单，每条里是“名字: 内容”")
    return tuple(value)
