"""Kinds of values that only tables have: a choice, several choices, a span of numbers."""

from __future__ import annotations

from collections.abc import Collection

from bot.content import fields
from bot.content.documents import ContentError, Document


def choice(entry: Document, key: str, allowed: Collection[str], default: str) -> str:
    """One of the allowed words; `default` when the field is not there."""
    value = entry.data.get(key, default)
    if value not in allowed:
        raise ContentError(entry.path, entry.line(key), f"{key} 只能是：{'、'.join(allowed)}")
    return str(value)


def choices(entry: Document, key: str, allowed: Collection[str]) -> tuple[str, ...]:
    """One or more of the allowed words, each once."""
    values = fields.texts(entry, key)
    if not values or len(set(values)) != len(values) or not set(values) <= set(allowed):
        raise ContentError(entry.path, entry.line(key), f"{key} 写成清单，每样一次，只能是：{'、'.join(allowed)}")
    return values


def span(entry: Document, key: str, unit: str) -> tuple[int, int]:
    """Two whole numbers, the smaller one first; both belong to the span."""
    value = entry.data.get(key)
    if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value):
        least, most = value
        if 0 <= least <= most:
            return least, most
    raise ContentError(entry.path, entry.line(key), f"{key} 写成 [最少, 最多]，按{unit}，例如 [10, 50]")
