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
