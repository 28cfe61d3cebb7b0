"""How near sentences are in meaning to what was said: asked of the sentence encoder that understands questions, too."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bot.nlu.sentence_encoder import Encode

# What was said, and the sentences.
Order = tuple[str, tuple[str, ...]]
# A lesson has about forty sentences: with 32 lessons 2.6 MB. The same few are asked about again and again in a talk.
_LESSONS_KEPT = 32


def likenesses(order: Order) -> list[float]:
    """The cosine between what was said and each sentence, in their order; about 2 ms for each sentence that was not asked of lately."""
    said, sentences = order
    if not sentences:
        return []
    return [float(each) for each in _directions(sentences) @ _unit(_encoder()([said]))[0]]


@lru_cache(maxsize=_LESSONS_KEPT)
def _directions(sentences: tuple[str, ...]) -> NDArray[np.float32]:
    return _unit(_encoder()(sentences))


def _encoder() -> Encode:
    # Here and not above: it imports Rasa, and a new parser's process imports us before it has kept TensorFlow out.
    from bot.nlu.sentence_encoder import universal_sentence_encoder

    return universal_sentence_encoder()


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
    directions: NDArray[np.float32] = rows / np.maximum(lengths, 1e-9)
    return directions

