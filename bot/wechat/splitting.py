"""Cutting a long text into WeChat messages at borders a reader would choose, never inside a character or a link."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# No official number is known; 2048 bytes of UTF-8 is what works in production elsewhere.
LIMIT = 2048

_LINK = re.compile(r"<a [^>]*>.*?</a>|https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.DOTALL)
# Best first: paragraph, line, sentence, clause.
_BORDERS = (
    re.compile(r"\n{2,}"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?…]+[”’」』）)]*|(?<=[a-z])\. "),
    re.compile(r"[，,；;、：:\s]"),
)
_JOINER = "\u200d"


def size(text: str) -> int:
    """Bytes of UTF-8, which is what WeChat counts."""
    return len(text.encode("utf-8", "replace"))


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Pieces of at most `limit` bytes each; together they say all that `text` said."""
    return list(_pieces(text.strip(), limit))


def _pieces(rest: str, limit: int) -> Iterator[str]:
    while size(rest) > limit:
        cut = _cut(rest, limit)
        piece = rest[:cut].strip()
        if piece:
            yield piece
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _cut(text: str, limit: int) -> int:
    """Where to cut: at most `limit` bytes in, at least one character."""
    longest = len(text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore"))
    links = [match.span() for match in _LINK.finditer(text)]
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(text, 0, longest) if _outside(links, match.end())]
        # A cut in the first third would leave a scrap: rather take the next kind of border.
        if ends and ends[-1] * 3 >= longest:
            return ends[-1]
    return _hard_cut(text, longest, links)


def _hard_cut(text: str, longest: int, links: list[tuple[int, int]]) -> int:
    cut = next((start for start, end in links if start < longest < end), longest)
    if cut == 0:  # one link longer than a whole message: nothing else is left
        return longest
    while cut > 1 and _joined(text[cut - 1], text[cut]):
        cut -= 1
    return cut


def _outside(links: list[tuple[int, int]], position: int) -> bool:
    return not any(start < position < end for start, end in links)


def _joined(before: str, after: str) -> bool:
    # Variation selectors, skin tones, combining marks and joined emoji are one character to the reader.
    tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    return _JOINER in (before, after) or tone or unicodedata.category(after) in ("Mn", "Me", "Mc")
