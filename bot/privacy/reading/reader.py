"""The network, run by numpy: two convolutions over the characters, then BIOES tags for names, places, workplaces.

Trained by `python -m tools.reader` on sentences of parents with made-up names; its weights lie beside this file.
LAC has heard the whole sentence; the two layers see four characters to either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.privacy.reading.features import Lexicon, indices, properties

WEIGHTS = Path(__file__).with_name("weights.npz")
SORTS = ("NAME", "PLACE", "WORK")
# For each sort: begins, inside, ends, single.
TAGS = ("O", *(f"{part}-{sort}" for sort in SORTS for part in "BIES"))
_NEVER = -1e4
# Larger products are shared out among all cores by OpenBLAS, which costs more than they do.
_ROWS = 32
_TEXTS = ("characters", "words")


@dataclass(frozen=True)
class Read:
    """Characters `start` to `end` (exclusive) are of this sort, with a belief of 0 to 1."""

    start: int
    end: int
    sort: str
    belief: float


class Reader:
    """The network with its weights; holds no state, may be used by several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights) as stored:
            self._vocabulary = {each: number for number, each in enumerate(str(stored["characters"]), 2)}
            self._lexicon = Lexicon(*(str(words).split() for words in stored["words"]))
            self._arrays = {name: stored[name].astype(np.float32) for name in stored.files if name not in _TEXTS}

    def knows(self, word: str) -> bool:
        """Whether it is a word of the language, by the dictionary of jieba."""
        return self._lexicon.knows(word)

    def probabilities(self, text: str, logits: Any) -> Any:
        """float32 of shape (len(text), len(TAGS)); `logits` are LAC's of shape (len(text), tags of LAC)."""
        arrays = self._arrays
        characters = arrays["embedding"][indices(text, self._vocabulary)]
        hidden = np.concatenate([characters, properties(text, logits, self._lexicon)], axis=1)
        for layer in ("first", "second"):
            hidden = np.maximum(_convolved(hidden, arrays[layer], arrays[f"{layer}_bias"]), 0)
        scores = hidden @ arrays["out"] + arrays["out_bias"]
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        return likely / likely.sum(axis=1, keepdims=True)

    def read(self, text: str, logits: Any, favour: float = 0.0) -> list[Read]:
        """What stands in the text, in order. `favour` (in log odds) is added to everything that is no ordinary word."""
        chances = self.probabilities(text, logits)
        scores = np.log(np.maximum(chances, 1e-9))
        scores[:, 1:] += favour
        if not scores.argmax(axis=1).any():
            return []
        return list(_spans(_best_path(scores), chances))


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The one reader of this process."""
    return Reader()


def _convolved(hidden: Any, kernel: Any, bias: Any) -> Any:
    """A convolution with zeros around; kernel of shape (width, features in, features out)."""
    width = len(kernel)
    length, reach = len(hidden), width // 2
    moved = np.zeros((length + 2 * reach, kernel.shape[2]), dtype=np.float32)
    for place in range(width):
        to = width - 1 - place
        for start in range(0, length, _ROWS):
            part = hidden[start : start + _ROWS]
            moved[to + start : to + start + len(part)] += part @ kernel[place]
    return moved[reach : reach + length] + bias


def _transitions() -> Any:
    allowed = np.full((len(TAGS), len(TAGS)), _NEVER, dtype=np.float32)
    for one, before in enumerate(TAGS):
        for two, after in enumerate(TAGS):
            within = before[0] in "BI"
            if (within and after[0] in "IE" and after[1:] == before[1:]) or (not within and after[0] in "OBS"):
                allowed[one, two] = 0
    return allowed


_ALLOWED = _transitions()
_MAY_BEGIN = np.array([0.0 if tag[0] in "OBS" else _NEVER for tag in TAGS], dtype=np.float32)
_MAY_END = np.array([0.0 if tag[0] in "OES" else _NEVER for tag in TAGS], dtype=np.float32)


def _best_path(scores: Any) -> list[int]:
    best = scores[0] + _MAY_BEGIN
    columns = np.arange(len(TAGS))
    origins = np.empty(scores.shape, dtype=np.intp)
    for place in range(1, len(scores)):
        steps = best[:, None] + _ALLOWED
        origins[place] = steps.argmax(0)
        best = steps[origins[place], columns] + scores[place]
    path = [int((best + _MAY_END).argmax())]
    for place in range(len(scores) - 1, 0, -1):
        path.append(int(origins[place, path[-1]]))
    return path[::-1]


def _spans(path: list[int], chances: Any) -> Iterator[Read]:
    start = 0
    for place, number in enumerate(path):
        tag = TAGS[number]
        if tag[0] in "BS":
            start = place
        if tag[0] in "ES":
            belief = 1 - chances[start : place + 1, 0].mean()
            yield Read(start, place + 1, tag[2:], float(belief))
