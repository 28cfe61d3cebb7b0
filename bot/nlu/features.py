"""Collect the sentence features that the featurizers left on messages into matrices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix


def sparse_rows(messages: Sequence[Message]) -> csr_matrix:
    """Sparse sentence features, one row a message."""
    return csr_matrix(scipy.sparse.vstack([message.get_sparse_features(TEXT)[1].features for message in messages]))


def dense_rows(messages: Sequence[Message]) -> NDArray[np.float32]:
    """Dense sentence features, one row a message."""
    return np.vstack([message.get_dense_features(TEXT)[1].features for message in messages])
