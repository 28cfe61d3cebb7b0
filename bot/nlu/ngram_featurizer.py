"""Sparse features: TF-IDF over characters, words and sounds (`bot.text.ngrams`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import joblib
import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS, TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.one_row import tfidf_row
from bot.text.ngrams import views

# Messages, and a row of features for each.
_NOTHING: tuple[Sequence[Message], scipy.sparse.csr_matrix] = ((), scipy.sparse.csr_matrix((0, 0)))


def features_of(message: Message) -> list[str]:
    """Characters, words and sounds of a tokenised message."""
    return views(message.get(TEXT), [token.text for token in message.get(TOKENS_NAMES[TEXT])])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(GraphComponent, SparseFeaturizer):
    """One sparse row a message, L2-normalised.

    Rasa's CountVectorsFeaturizer counts characters of tokens joined by blanks, has no sounds and no inverse document
    frequency; what that costs stands in docs/understanding.md.

    Config:
        min_df: an n-gram must stand in that many training sentences.
        max_features: how many of the most frequent n-grams are kept; 25,000 to 72,000 answer alike, the model grows with them.
    """

    _learned_from = _NOTHING

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        vectorizer: TfidfVectorizer | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._vectorizer = vectorizer
        # scikit-learn works it out anew at each asking.
        self._rarity = None if vectorizer is None else vectorizer.idf_.astype(np.float32)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {FEATURIZER_CLASS_ALIAS: None, "min_df": 2, "max_features": 40_000}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Rasa asks each featurizer for this; there is nothing that could be wrong here."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        # scikit-learn pickles the function by name only; that is what we want: code stays in the package.
        limits = {name: self._config[name] for name in ("min_df", "max_features")}
        self._vectorizer = TfidfVectorizer(analyzer=features_of, sublinear_tf=True, dtype="float32", **limits)
        rows = self._vectorizer.fit_transform(messages)
        # Rasa features the same messages next, with another instance: it need not look at them all again.
        NgramFeaturizer._learned_from = (messages, scipy.sparse.csr_matrix(rows))
        # scikit-learn keeps every n-gram that was too rare, a million strings that nothing reads: 150 MB of memory.
        del self._vectorizer.stop_words_
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump(self._vectorizer, directory / "vectorizer.joblib")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        with model_storage.read_from(resource) as directory:
            vectorizer = joblib.load(directory / "vectorizer.joblib")
        return cls(config, execution_context.node_name, model_storage, resource, vectorizer)

    def process(self, messages: list[Message]) -> list[Message]:
        if self._vectorizer is None or self._rarity is None:
            return messages
        for message in messages:
            if message.get(TEXT):
                self._add([message], tfidf_row(features_of(message), self._vectorizer.vocabulary_, self._rarity))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        spoken = [message for message in training_data.training_examples if message.get(TEXT)]
        (learned, rows), NgramFeaturizer._learned_from = NgramFeaturizer._learned_from, _NOTHING
        if len(learned) == len(spoken) and all(one is other for one, other in zip(learned, spoken, strict=True)):
            self._add(spoken, rows)
        elif spoken and self._vectorizer is not None:
            self._add(spoken, scipy.sparse.csr_matrix(self._vectorizer.transform(spoken)))
        return training_data

    def _add(self, messages: Sequence[Message], rows: scipy.sparse.csr_matrix) -> None:
        for index, message in enumerate(messages):
            self.add_features_to_message(sequence=None, sentence=rows[index], attribute=TEXT, message=message)
