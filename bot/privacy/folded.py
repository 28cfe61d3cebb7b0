"""One spelling of a text for the recognisers, with the way back to the original.

People write １３８, ①③⑧, 1️⃣3️⃣8️⃣, 138\u200b0013, 張偉: folded, each is one thing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.text.plain import simplify

# Zero-width characters, variation selectors, the key cap, the byte order mark: they show nothing.
_INVISIBLE = frozenset(
    map(chr, [*range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0x20E3, 0xFEFF, 0xAD])
)


@dataclass(frozen=True)
class Folded:
    """`text` is the folded spelling; `starts[i]` and `ends[i]` are where its character i begins and ends in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original that [start, end) of the folded text stands for."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """NFKC and simplified characters, without what is invisible; letters keep their case."""
    if text.isascii():
        return Folded(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        composed = _composed(character)
        characters.extend(composed)
        places.extend([place] * len(composed))
    return Folded(_simplified("".join(characters)), tuple(places), tuple(place + 1 for place in places))


def _composed(character: str) -> str:
    if "\u4e00" <= character <= "\u9fff":
        return character
    # Half of a surrogate pair, as broken clients send it: no library can encode it.
    return "\ufffd" if "\ud800" <= character <= "\udfff" else unicodedata.normalize("NFKC", character)


def _simplified(text: str) -> str:
    """Simplified with the same length, else places would shift; OpenCC's phrases seldom change it."""
    simplified = simplify(text)
    if len(simplified) == len(text):
        return simplified
    each = (simplify(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, each, strict=True))
