"""Chinese and Arabic numerals in running text. cn2an reads the digits; here only what counts as a number is decided."""

from __future__ import annotations

import re

import cn2an

NUMERAL = r"(?:\d+(?:\.\d+)?|[零一二两俩三仨四五六七八九十廿百]+)"
_WHOLE = re.compile(NUMERAL)
_COLLOQUIAL = str.maketrans({"两": "二", "俩": "二", "仨": "三"})


def read_numeral(text: str) -> float | None:
    """The number that `text` is as a whole ("两" → 2, "十二" → 12, "2.5" → 2.5), or None."""
    if not _WHOLE.fullmatch(text):
        return None
    if text[0].isdigit():
        return float(text)
    formal = text.translate(_COLLOQUIAL).replace("廿", "二十")
    try:
        return float(cn2an.cn2an(formal, "smart"))
    except ValueError:
        return None


def read_whole(text: str) -> int:
    """The same as a whole number; 0 for what is none."""
    return int(read_numeral(text) or 0)


_RANGE = re.compile(r"(?P<tens>[二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<ten>十)?")


def read_range(text: str) -> tuple[float, float] | None:
    """Two neighbouring digits as people say a range, as a whole: 七八 → (7, 8), 十一二 → (11, 12), 二三十 → (20, 30), 三五 → (3, 5)."""
    match = _RANGE.fullmatch(text)
    if match is None or (match["tens"] and match["ten"]):
        return None
    low, high = (read_numeral(match[name]) or 0 for name in ("low", "high"))
    # 三五 alone is said with a gap.
    if high != low + 1 and (low, high) != (3, 5):
        return None
    tens = read_numeral(match["tens"]) or 0 if match["tens"] else 0
    scale = 10 if match["ten"] else 1
    return tens + low * scale, tens + high * scale
