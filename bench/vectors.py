"""What an encoder gave for a sentence, kept between the ways of one comparison: e5 takes a quarter of an hour for the whole library.

The time is counted as if nothing had been kept: what a sentence took when it was encoded is added again whenever its vector is used.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray

from bot.nlu.sentence_encoder import ENCODERS

Floats = NDArray[np.float32]
_BATCH = 64


class Vectors:
    """Vectors by encoder and sentence.

    Args:
        folder: where they lie between processes; None keeps them in memory only.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, tuple[Floats, float]]] = {}
        self.spared_seconds = 0.0

    def of(self, encoder: str, texts: Sequence[str]) -> Floats:
        """One row a text. A single text is always encoded: that is how a message's time is taken."""
        if len(texts) == 1:
            return ENCODERS[encoder]()(texts)
        known = self._known.setdefault(encoder, self._read(encoder))
        new = sorted({text for text in texts if text not in known}, key=len)
        self.spared_seconds += sum(known[text][1] for text in texts if text in known)
        # Sorted by length, as our component does: batches of like length waste nothing on padding.
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            started = time.process_time()
            rows = ENCODERS[encoder]()(batch)
            each = (time.process_time() - started) / len(batch)
            known.update({text: (row, each) for text, row in zip(batch, rows, strict=True)})
        if new:
            self._write(encoder, known)
        return np.vstack([known[text][0] for text in texts])

    def _read(self, encoder: str) -> dict[str, tuple[Floats, float]]:
        path = self._path(encoder)
        return dict(joblib.load(path)) if path is not None and path.exists() else {}

    def _write(self, encoder: str, known: dict[str, tuple[Floats, float]]) -> None:
        path = self._path(encoder)
        if path is not None:
            joblib.dump(known, path)

    def _path(self, encoder: str) -> Path | None:
        return None if self._folder is None else self._folder / f"{encoder}.joblib"
