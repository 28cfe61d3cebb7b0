"""The words of jieba and how often each is written, in a trie of 6 MB instead of a dict of 500,000 strings (60 MB).

A process that understands reads it from the model, so it neither parses jieba's dictionary when it starts nor keeps it twice once it
has forked. `marisa-trie` (MIT, a binding of the C++ library of that name) keeps the words, an array their frequencies.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jieba
import numpy as np
from jieba import finalseg
from marisa_trie import Trie
from numpy.typing import NDArray

_TRIE, _FREQUENCIES, _REST = "words.marisa", "frequencies.npy", "words.json"


class Frequencies:
    """What jieba asks of its dict `FREQ`: a word's frequency, 0 for the beginning of a longer one. Words that are added stand beside the table."""

    def __init__(self, trie: Trie, frequencies: NDArray[np.uint32]) -> None:
        self._trie = trie
        self._frequencies = frequencies
        self._added: dict[str, int] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._trie or word in self._added

    def __setitem__(self, word: str, frequency: int) -> None:
        self._added[word] = frequency

    def __getitem__(self, word: str) -> int:
        """Raises KeyError where neither the word nor a longer one that begins with it is known."""
        return self._added[word] if word in self._added else int(self._frequencies[self._trie[word]])

    def get(self, word: str, default: Any = None) -> Any:
        """The frequency, or `default`."""
        if word in self._added:
            return self._added[word]
        place = self._trie.get(word)
        return default if place is None else int(self._frequencies[place])


def write_words(folder: Path) -> None:
    """Write what jieba knows now, the editors' words included.

    Raises:
        OSError: the folder cannot be written.
    """
    jieba.initialize()
    frequencies = jieba.dt.FREQ
    trie = Trie(frequencies)
    by_place = np.zeros(len(trie), dtype=np.uint32)
    for word, frequency in frequencies.items():
        by_place[trie[word]] = frequency
    trie.save(str(folder / _TRIE))
    np.save(folder / _FREQUENCIES, by_place)
    rest = {"total": jieba.dt.total, "split": sorted(finalseg.Force_Split_Words)}
    (folder / _REST).write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")


def use_words(folder: Path) -> None:
    """Let jieba cut by what was written there, whatever it knew before.

    Raises:
        OSError, ValueError: not all of it is there.
    """
    rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
    frequencies = np.load(folder / _FREQUENCIES)
    known = (jieba.dt.total, len(jieba.dt.FREQ), finalseg.Force_Split_Words) if isinstance(jieba.dt.FREQ, dict) else None
    if known == (rest["total"], len(frequencies), set(rest["split"])):
        # While a model is trained: the same words lie in the dict still, and a trie is three times as slow.
        return
    jieba.dt.FREQ = Frequencies(Trie().load(str(folder / _TRIE)), frequencies)
    jieba.dt.total = rest["total"]
    finalseg.Force_Split_Words = set(rest["split"])
    jieba.dt.initialized = True


def forget_words() -> None:
    """Let jieba begin anew with its own dictionary, before a model is trained: words of an earlier one are not to be learned."""
    jieba.dt.FREQ, jieba.dt.total, jieba.dt.initialized = {}, 0, False
    finalseg.Force_Split_Words = set()
