"""The views of a Chinese sentence that a linear model learns from: characters, words, sounds, and words that stand apart.

Sounds (pinyin without tones) make homophones and typing slips alike: 再/在, 做/作, 以经/已经. Words that stand apart tell what one
word does to another: 去年 … 烫, 万一 … 咬, 没 … 气.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.text.plain import squash
from bot.text.readings import lazy_pinyin


def characters(text: str) -> Iterator[str]:
    """Character n-grams, n = 1 to 3, of the squashed text."""
    yield from _grams(squash(text), 3)


def words(tokens: Sequence[str]) -> Iterator[str]:
    """Words and pairs of neighbours, prefixed so that a word never equals a character n-gram."""
    found = [token for token in tokens if squash(token)]
    for index, word in enumerate(found):
        yield f"w:{word}"
        if index:
            yield f"w:{found[index - 1]}_{word}"


def sounds(text: str) -> Iterator[str]:
    """Toneless syllables in pairs and threes."""
    syllables = [_sound(character) for character in squash(text)]
    for size in (2, 3):
        for start in range(len(syllables) - size + 1):
            yield "p:" + " ".join(syllables[start : start + size])


def apart(tokens: Sequence[str]) -> Iterator[str]:
    """Ordered pairs of words with one to four words between them, prefixed so that they equal nothing else."""
    found = [token for token in tokens if squash(token)]
    for first in range(len(found)):
        for second in range(first + 2, min(first + 6, len(found))):
            yield f"a:{found[first]}_{found[second]}"


def views(text: str, tokens: Sequence[str]) -> list[str]:
    """All three of a text and its tokens, as one list of features."""
    return [*characters(text), *words(tokens), *sounds(text)]


def _grams(text: str, longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


# One reading a character is enough to make homophones meet; looking up single characters is 30 times faster than phrases.
@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    return str(lazy_pinyin(character, errors="default")[0])
