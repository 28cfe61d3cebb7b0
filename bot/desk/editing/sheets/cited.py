"""A source as one line of a form: 名字｜谁出的｜哪一年｜网址, of which the last two may be missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_KEYS = ("title", "publisher", "year", "url")
_APART = re.compile(r"\s*[|｜]\s*")


def words(value: object) -> str:
    """The line of a source as it stands in a file."""
    found = [str(value.get(key) or "") for key in _KEYS] if isinstance(value, Mapping) else [str(value)]
    return "｜".join(found).rstrip("｜")


def source(line: str) -> Mapping[str, object]:
    """The source that a line says.

    Raises:
        ValueError: the publisher is missing, or the year is none; with what to write, in the editors' language.
    """
    parts = [*_APART.split(line.strip()), "", "", ""]
    title, publisher, year, url = parts[:4]
    if not title or not publisher or any(parts[4:]):
        raise ValueError(f"“{line[:16]}”要写成：名字｜谁出的｜哪一年，中间用竖线隔开")
    if year and not re.fullmatch(r"(?:19|20)\d\d", year):
        raise ValueError(f"“{year[:8]}”不像年份，写成 2017 这样；不知道就空着")
    said: dict[str, object] = {"title": title, "publisher": publisher}
    return said | ({"year": int(year)} if year else {}) | ({"url": url} if url else {})
