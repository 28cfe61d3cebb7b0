"""Regional words and frequent misspellings, turned into the words the lessons use. Editors own the list (content/dialect.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Dialect:
    """Replaces each known word by its common form, longest word first, in one pass."""

    words: Mapping[str, str]

    def common(self, text: str) -> str:
        """`text` with regional words replaced; unchanged where none stands in it."""
        if not self.words:
            return text
        return self._pattern().sub(lambda match: self.words[match.group()], text)

    def _pattern(self) -> re.Pattern[str]:
        cached: re.Pattern[str] | None = self.__dict__.get("_compiled")
        if cached is None:
            ordered = sorted(self.words, key=len, reverse=True)
            cached = re.compile("|".join(map(re.escape, ordered)))
            object.__setattr__(self, "_compiled", cached)
        return cached


def read_dialect(path: Path) -> Dialect:
    """Read `content/dialect.yml`: groups of `common form: [regional words]`. A missing file means no words."""
    if not path.exists():
        return Dialect({})
    groups = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return Dialect({word: common for common, words in groups.items() for word in words})
