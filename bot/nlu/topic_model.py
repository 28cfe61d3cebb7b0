"""Which topic a sentence is about: two scores a topic, blended into one calibrated probability.

The scores of a topic are
1. a linear support vector machine on the sparse n-grams (exact words),
2. a linear discriminant on the sentence encoder's vector (meaning).
A softmax over the weighted scores is the probability. Its two weights are fitted on questions that were left out
of training (a quarter of them), so a probability of 0.7 means: right in about 7 of 10 cases among questions of the same kind. What each score adds
is measured in docs/understanding.md, and what was tried and left out: the nearest example by encoder cost 5 ms and answered worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.svm import LinearSVC

from bot.nlu.side_by_side import side_by_side

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

SCORES = 2
_LEFT_OUT = 0.25
# Ridge of the linear discriminant and penalty of the support vector machine; both flat around these values (0.3–3, 0.1–1).
_RIDGE = 1.0
_PENALTY = 0.3
# A hundred times scikit-learn's default: halves the training time, same answers.
_TOLERANCE = 0.01
# Below it one process is as fast as two.
_WORTH_SHARING = 20


@dataclass(frozen=True)
class Examples:
    """Training examples: `topics` (n,), `sparse` (n, s), `dense` (n, d), `weights` (n,).

    A weight below 1 marks a sentence of a lesson's own text: it lends its words but is no question, so the blend is not fitted on it.
    """

    topics: Sequence[str]
    sparse: csr_matrix
    dense: Floats
    weights: Floats


@dataclass(frozen=True)
class TopicModel:
    """A trained model.

    Shapes, with t topics, s sparse and d dense features: `sparse_weights` (s, t), `sparse_bias` (t,),
    `dense_weights` (d, t), `dense_bias` (t,), `blend` (2,).
    """

    topics: tuple[str, ...]
    sparse_weights: Floats
    sparse_bias: Floats
    dense_weights: Floats
    dense_bias: Floats
    blend: NDArray[np.float64]

    def probabilities(self, sparse: csr_matrix, dense: Floats) -> NDArray[np.float64]:
        """Probability of each topic for each row; shape (rows, t)."""
        logits = self.scores(sparse, dense) @ self.blend
        return np.asarray(np.exp(log_softmax(logits, axis=1)))

    def scores(self, sparse: csr_matrix, dense: Floats) -> Floats:
        """The two scores; shape (rows, t, 2)."""
        by_words = np.asarray(sparse @ self.sparse_weights) + self.sparse_bias
        by_meaning = dense @ self.dense_weights + self.dense_bias
        both: Floats = np.stack([by_words, by_meaning], axis=2).astype(np.float32)
        return both


def train_topic_model(examples: Examples, blend: Sequence[float] | None = None) -> TopicModel:
    """Fit on all examples, with a `blend` that was fitted before, or one fitted now on questions that are left out."""
    topics = tuple(sorted(set(examples.topics)))
    index = {topic: number for number, topic in enumerate(topics)}
    targets = np.array([index[topic] for topic in examples.topics], dtype=np.intp)
    weights = _fit_blend(topics, targets, examples) if blend is None else np.asarray(blend, dtype=np.float64)
    return _fit(topics, targets, examples, weights)


def _fit(topics: tuple[str, ...], targets: Indices, examples: Examples, blend: NDArray[np.float64]) -> TopicModel:
    sparse_weights, sparse_bias = _against_the_rest(targets, examples, len(topics))
    dense_weights, dense_bias = _discriminant(targets, examples.dense, len(topics))
    return TopicModel(
        topics=topics,
        sparse_weights=sparse_weights,
        sparse_bias=sparse_bias,
        dense_weights=dense_weights,
        dense_bias=dense_bias,
        blend=blend,
    )


def _against_the_rest(targets: Indices, examples: Examples, topics: int) -> tuple[Floats, Floats]:
    """A linear support vector machine for each topic against all others: weights (s, t) and bias (t,).

    In two halves, which are fitted side by side where there are two cores; the halves are the same with one core, and so is the model.
    """
    halves = [range(0, topics // 2), range(topics // 2, topics)] if topics >= _WORTH_SHARING else [range(topics)]
    fitted = side_by_side([partial(_machines, half, targets, examples) for half in halves])
    return np.hstack([weights for weights, _ in fitted]), np.hstack([bias for _, bias in fitted])


def _machines(some: range, targets: Indices, examples: Examples) -> tuple[Floats, Floats]:
    """The machines of some topics. All others are one class more, whose machine nobody needs."""
    others = some.stop
    inside = (targets >= some.start) & (targets < some.stop)
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0)
    machine.fit(examples.sparse, np.where(inside, targets, others), sample_weight=examples.weights)
    weights, bias = _all_columns(machine.coef_), _all_columns(machine.intercept_[:, None])
    return weights[: len(some)].T.astype(np.float32), bias[: len(some), 0].astype(np.float32)


def _all_columns(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """scikit-learn gives one row for two classes; make it two."""
    return rows if len(rows) != 1 else np.vstack([-rows, rows])


def _discriminant(targets: Indices, dense: Floats, topics: int) -> tuple[Floats, Floats]:
    """Linear discriminant analysis with a pooled, ridged covariance: closed form, a fraction of a second."""
    counts = np.bincount(targets, minlength=topics).astype(np.float64)
    means = np.zeros((topics, dense.shape[1]))
    np.add.at(means, targets, dense)
    means /= counts[:, None]
    centred = dense - means[targets]
    covariance = centred.T @ centred / len(dense)
    covariance += np.eye(len(covariance)) * _RIDGE * np.trace(covariance) / len(covariance)
    weights = np.linalg.solve(covariance, means.T)
    bias = -0.5 * np.einsum("td,dt->t", means, weights)
    return weights.astype(np.float32), bias.astype(np.float32)


def _fit_blend(topics: tuple[str, ...], targets: Indices, examples: Examples) -> NDArray[np.float64]:
    """Weights that make left-out questions likeliest (a conditional logit over the two scores)."""
    scored, wanted = left_out_scores(topics, targets, examples)

    def loss(blend: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        log_probabilities = log_softmax(scored @ blend, axis=1)
        rows = np.arange(len(wanted))
        gradient = np.einsum("rt,rtk->k", np.exp(log_probabilities), scored) - scored[rows, wanted].sum(axis=0)
        return -float(log_probabilities[rows, wanted].sum()) / len(rows), gradient / len(rows)

    fitted = minimize(loss, np.array([5.0, 0.2]), jac=True, bounds=[(0, None)] * SCORES)
    return np.asarray(fitted.x, dtype=np.float64)


def left_out_scores(topics: tuple[str, ...], targets: Indices, examples: Examples) -> tuple[Floats, Indices]:
    """Scores (m, t, 2) of a quarter of the questions by a model that has not seen them, and their topics (m,)."""
    drawn = np.random.RandomState(0).rand(len(targets)) < _LEFT_OUT
    drawn &= examples.weights >= 1
    seen, left = np.where(~drawn)[0], np.where(drawn)[0]
    # A topic with very few examples may have none among the seen; then it cannot be scored and is passed over.
    left = left[np.isin(targets[left], targets[seen])]
    present, numbers = np.unique(targets[seen], return_inverse=True)
    part = Examples((), examples.sparse[seen], examples.dense[seen], examples.weights[seen])
    model = _fit(tuple(topics[number] for number in present), numbers, part, np.ones(SCORES))
    scored = np.full((len(left), len(topics), SCORES), -9.0, dtype=np.float32)
    scored[:, present] = model.scores(examples.sparse[left], examples.dense[left])
    return scored, targets[left]
