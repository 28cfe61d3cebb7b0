"""Collect the sentence features that the featurizers left on messages into matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix


def sparse_rows(messages: Sequence[Message]) -> csr_matrix:
    """Sparse sentence features, one row a message."""
    found = _of(messages, True)
    if len(found) == 1 and len(found[0]) == 1:
        return csr_matrix(found[0][0])
    return csr_matrix(scipy.sparse.vstack([scipy.sparse.hstack(row) if len(row) > 1 else row[0] for row in found]))


def dense_rows(messages: Sequence[Message]) -> NDArray[np.float32]:
    """Dense sentence features, one row a message."""
    return np.vstack([np.concatenate(found, axis=-1) for found in _of(messages, False)])


def _of(messages: Sequence[Message], sparse: bool) -> list[list[Any]]:
    """What each featurizer left on each message. Rasa's `get_sparse_features` gives a deep copy: 40,000 of them take seconds."""
    return [
        [each.features for each in message.features if each.attribute == TEXT and each.type == FEATURE_TYPE_SENTENCE and each.is_sparse() is sparse]
        for message in messages
    ]
