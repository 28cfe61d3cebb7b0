"""Many ways to say a thing become one, so that a few short patterns read them: 大夜 → 夜班, 往后挪挪 → 推迟 (content/everyday.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import yaml

from bot import services
from bot.text.dialect import Dialect
from bot.text.plain import squash

SHIFT, JOURNEY, MESSAGES = "班", "路", "信"
_FILE = "everyday.yml"
# Stands where a pattern found something, so that what was on both sides does not become one word.
_FOUND = "\0"


def common(section: str, text: str) -> str:
    """`text` without spaces and marks, each word of the table in its common form.

    >>> common(SHIFT, "下礼拜一起 上大夜")
    '下周一开始上夜班'
    """
    return _table()[section].common(squash(text))


def unknown_in(said: str, words: Iterable[str], pattern: re.Pattern[str] | None = None) -> int:
    """How many characters of `said` stand in none of the words, nor in what `pattern` finds, however it is best cut."""
    known = frozenset((*words, _FOUND))
    longest = max(map(len, known))
    rest = pattern.sub(_FOUND, said) if pattern else said
    least = [0] * (len(rest) + 1)
    for end in range(1, len(rest) + 1):
        least[end] = least[end - 1] + 1
        for size in range(1, min(end, longest) + 1):
            if rest[end - size : end] in known:
                least[end] = min(least[end], least[end - size])
    return least[-1]


@lru_cache(maxsize=1)
def _table() -> dict[str, Dialect]:
    path = services.settings().content_path / _FILE
    sections = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Dialect(_other_ways(sections.get(name) or {})) for name in (SHIFT, JOURNEY, MESSAGES)}


def _other_ways(lines: dict[str, list[str]]) -> dict[str, str]:
    return {str(said): meant for meant, others in lines.items() for said in others}
