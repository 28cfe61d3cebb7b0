"""Is somebody in danger now? One linear score over n-grams and pairs of words that stand apart.

A model of its own, beside the TopicClassifier: among 190 topics a sentence of prevention shares nearly all its words with the danger
that it wants to prevent, and what tells the two apart (万一, 去年, 怎么防, 电视里) drowns. Asked only "danger, or anything else?", with
near misses weighted three times, it raised a fifth of the false alarms at the same recall (docs/safety.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.svm import LinearSVC

from bot.nlu.one_row import scaled
from bot.text import ngrams

# A million hashed features: as good as a vocabulary of 150,000 n-grams, and a vocabulary takes 30 MB more.
_BUCKETS = 2**20
# Flat from 0.3 to 3.
_PENALTY = 1.0
# Dangers and near misses are a tenth each of what is learned from, and the border between them is what matters.
_WEIGHT = 3.0
_TOLERANCE = 0.01


@dataclass(frozen=True)
class DangerModel:
    """A trained model: `rarity` (buckets,) inverse document frequencies, `weights` (buckets,), `bias`."""

    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float

    def score(self, text: str, tokens: Sequence[str]) -> float:
        """The signed distance from the border: above 0 danger is likelier than not; below -1 nothing speaks for it."""
        row = _counted([_seen(text, tokens)])
        return float(scaled(row.data, self.rarity[row.indices]) @ self.weights[row.indices]) + self.bias


def train_danger_model(
    sentences: Sequence[tuple[str, Sequence[str]]], danger: Sequence[bool], near_miss: Sequence[bool]
) -> DangerModel:
    """Fit on normalised sentences with their tokens; the three sequences have one entry a sentence."""
    counts = _counted([_seen(text, tokens) for text, tokens in sentences])
    rarity = TfidfTransformer(sublinear_tf=True, norm=None).fit(counts).idf_.astype(np.float32)
    wanted = np.asarray(danger, dtype=bool)
    weights = np.where(wanted | np.asarray(near_miss, dtype=bool), _WEIGHT, 1.0)
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0)
    machine.fit(_scaled(counts, rarity), wanted, sample_weight=weights)
    return DangerModel(rarity, machine.coef_[0].astype(np.float32), float(machine.intercept_[0]))


def _seen(text: str, tokens: Sequence[str]) -> list[str]:
    return [*ngrams.views(text, tokens), *ngrams.apart(tokens)]


def _counted(features: Sequence[Sequence[str]]) -> csr_matrix:
    hasher = FeatureHasher(_BUCKETS, input_type="string", alternate_sign=False, dtype=np.float32)
    return csr_matrix(hasher.transform(features))


def _scaled(counts: csr_matrix, rarity: NDArray[np.float32]) -> csr_matrix:
    """Sublinear term frequency times rarity, each row of length 1."""
    rows = csr_matrix(counts, copy=True)
    rows.data = (1 + np.log(rows.data)) * rarity[rows.indices]
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    lengths[lengths == 0] = 1
    return csr_matrix(rows.multiply(1 / np.asarray(lengths)))
