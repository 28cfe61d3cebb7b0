"""Make what a parent typed or said plain, so that one wording stands for many.

`plain` keeps a readable sentence (for tokenising and encoding); `squash` keeps only letters, digits and Han characters
(for patterns and comparison).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Hesitation sounds of speech transcripts. Only those that carry no meaning of their own: 那个孩子 must stay 那个孩子.
_FILLERS = re.compile(r"(?:嗯+|呃+|唉+|哎+|哦+|噢+|额(?=[，,。.、 ]|$)|就是说|怎么说呢|那个啥|(?<=[，,。 ])那个(?=[，,。 ]))[，,、。.… ]*")
# Emoji and pictographs, and WeChat's own [微笑] codes.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|\\[[\u4e00-\u9fff]{1,4}\\]")
_SPACE = re.compile(r"\s+")
_REPEATED = re.compile(r"([。！？!?~～，,.、…])\1+")
_NOT_WORD = re.compile(r"[\W_]+")
_SPACE_BY_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters to simplified ones (OpenCC's t2s)."""
    return str(_converter().convert(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, simplified, lower case, without emoji, fillers and repeated punctuation.

    Never empty for a non-empty text: where nothing but fillers was said, the NFKC form is kept. What begins with "/" is Rasa's
    notation of an intent and stays as it is; the wire writes a parent's own "/" as "／", and it must not become one here.
    """
    if text.startswith("/"):
        return text
    composed = unicodedata.normalize("NFKC", text).strip().lower().lstrip("/") or text
    cleaned = _EMOJI.sub(" ", simplify(composed))
    cleaned = _FILLERS.sub("", cleaned)
    cleaned = _REPEATED.sub(r"\1", _SPACE.sub(" ", cleaned))
    cleaned = _SPACE_BY_HAN.sub("，", cleaned).strip()
    return cleaned or composed


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """`plain` without white space and punctuation: one run of characters, for patterns."""
    return _NOT_WORD.sub("", simplify(unicodedata.normalize("NFKC", text)).lower())
