"""Make what a parent typed or said plain, so that one wording stands for many.

`plain` keeps a readable sentence (for tokenising and encoding); `squash` keeps only letters, digits and Han characters
(for patterns and comparison).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from bot.text.faces import without_faces

# Hesitation sounds of speech transcripts. Only those that carry no meaning of their own: 那个孩子 must stay 那个孩子.
_FILLERS = re.compile(r"(?:嗯+|呃+|唉+|哎+|哦+|噢+|额(?=[，,。.、 ]|$)|就是说|怎么说呢|那个啥|(?<=[，,。 ])那个(?=[，,。 ]))[，,、。.… ]*")
# Emoji and pictographs; WeChat's own [微笑] codes are taken out before.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
# 我我我孩子: who is short of breath, or a voice written down. Laughing and thanking is said so on purpose.
_STUTTER = re.compile(r"([\u4e00-\u9fff])(?<![哈嘻嘿呵嘎呜哇啊咯谢拜嗷喵汪])\1{2,}")
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
    """NFKC, simplified, lower case, without faces, fillers, a stutter and repeated punctuation.

    Never empty for a non-empty text: where nothing but fillers was said, the NFKC form is kept; faces alone become a full stop.
    What begins with "/" is Rasa's
    notation of an intent and stays as it is; the wire writes a parent's own "/" as "／", and it must not become one here.
    """
    if text.startswith("/"):
        return text
    composed = unicodedata.normalize("NFKC", without_faces(text)).strip().lower().lstrip("/") or "。"
    cleaned = _STUTTER.sub(r"\1", _EMOJI.sub(" ", simplify(composed)))
    cleaned = _FILLERS.sub("", cleaned)
    cleaned = _REPEATED.sub(r"\1", _SPACE.sub(" ", cleaned))
    cleaned = _SPACE_BY_HAN.sub("，", cleaned).strip()
    return cleaned or composed


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """`plain` without white space and punctuation: one run of characters, for patterns."""
    return _NOT_WORD.sub("", simplify(unicodedata.normalize("NFKC", text)).lower())
