"""What the network is told of each character."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from bot.privacy.lexicon.given import DOUBLED_EITHER, DOUBLED_WORDS, GIVEN, NICKNAMES
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.lexicon.surnames import COMMON, COMPOUND, RARE

UNKNOWN = 1
_LISTS = (WORDS, FAMOUS, NICKNAMES, DOUBLED_WORDS - DOUBLED_EITHER)
_LONGEST = 5
# Columns: four of the character, doubled, compound, then begins and inside for each list of words.
_CHARACTER, _DOUBLED, _COMPOUND, _WORDS = 4, 4, 5, 6
# Logits are differences in odds; their size matters less than their order.
_SCALE = 5.0


class Lexicon:
    """Which words stand on which list: those of this package, the most frequent of the language, the others."""

    def __init__(self, frequent: Iterable[str], others: Iterable[str]) -> None:
        self.columns: dict[str, tuple[int, ...]] = {}
        for number, words in enumerate((*_LISTS, frequent, others)):
            for word in words:
                if 2 <= len(word) <= _LONGEST:
                    self.columns[word] = (*self.columns.get(word, ()), _WORDS + 2 * number)
        self.width = _WORDS + 2 * (len(_LISTS) + 2)
        self.beginnings = frozenset(word[:2] for word in self.columns)

    def knows(self, word: str) -> bool:
        """Whether it is a word of the language."""
        return self.columns.get(word, (0,))[-1] >= _WORDS + 2 * len(_LISTS)


def indices(text: str, vocabulary: dict[str, int]) -> Any:
    """int32 of shape (len(text),): numbers of the characters, UNKNOWN for those that training did not see."""
    return np.array([vocabulary.get(each, UNKNOWN) for each in text], dtype=np.int32)


def properties(text: str, logits: Any, lexicon: Lexicon) -> Any:
    """float32 of shape (len(text), tags of LAC + lexicon.width): LAC's opinion, and what the lists say."""
    opinion = logits - logits.max(axis=1, keepdims=True)
    return np.concatenate([np.maximum(opinion / _SCALE, -3.0), _listed(text, lexicon)], axis=1, dtype=np.float32)


def _listed(text: str, lexicon: Lexicon) -> Any:
    empty = [0.0] * (lexicon.width - _CHARACTER)
    rows = [[*_character(each), *empty] for each in text]
    for place in range(len(text) - 1):
        pair = text[place : place + 2]
        if pair[0] == pair[1]:
            rows[place][_DOUBLED] = rows[place + 1][_DOUBLED] = 1
        if pair in _COMPOUNDS:
            rows[place][_COMPOUND] = rows[place + 1][_COMPOUND] = 1
        if pair in lexicon.beginnings:
            for end in range(place + 2, min(len(text), place + _LONGEST) + 1):
                for column in lexicon.columns.get(text[place:end], ()):
                    rows[place][column] = 1
                    for inside in range(place + 1, end):
                        rows[inside][column + 1] = 1
    return np.array(rows, dtype=np.float32)


_COMPOUNDS = frozenset(COMPOUND)


@lru_cache(maxsize=8192)
def _character(each: str) -> tuple[float, float, float, float]:
    return (each in COMMON, each in RARE, each in GIVEN, not "\u4e00" <= each <= "\u9fff")
