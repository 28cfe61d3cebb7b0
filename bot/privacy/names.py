"""What a Chinese name is made of."""

from __future__ import annotations

from bot.privacy.lexicon.ethnic import PATTERN as ETHNIC
from bot.privacy.lexicon.given import GIVEN
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.lexicon.surnames import COMMON, COMPOUND, RARE


def is_full(text: str) -> bool:
    """Surname and one or two given characters: 王芳, 张子涵, 欧阳雪, 司马浩宇; also 张李子涵 with two surnames."""
    if text.endswith("老师"):
        return False
    if text[:2] in COMPOUND and len(text) in (3, 4):
        return _given(text[2:])
    if len(text) == 4:
        return text[0] in COMMON and text[1] in COMMON and _given(text[2:])
    if text[:1] == text[1:2]:
        return False
    return len(text) in (2, 3) and (text[0] in COMMON or text[0] in RARE) and _given(text[1:])


def is_given(text: str) -> bool:
    """Two given characters without a surname: 子涵, 秀芳."""
    return len(text) == 2 and text[0] != text[1] and _given(text)


def is_ethnic(text: str) -> bool:
    """Uyghur, Tibetan, Mongolian, Yi: 热依汗古丽, 扎西次仁, 吉木阿依."""
    return ETHNIC.fullmatch(text) is not None


def is_known(text: str) -> bool:
    """A word or a person everyone knows."""
    return text in WORDS or text in FAMOUS


def _given(text: str) -> bool:
    return bool(text) and all(character in GIVEN for character in text)
