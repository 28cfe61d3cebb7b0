"""First in the pipeline: make the text plain and turn regional words into common ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.text.dialect import Dialect, read_dialect
from bot.text.plain import plain

SPOKEN = "spoken"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normalizer(GraphComponent):
    """Replaces a message's text by its plain form; what was written stays in the property `spoken`.

    Config:
        dialect: file of regional words, relative to the working directory.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"dialect": "content/dialect.yml"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normalizer:
        return cls(read_dialect(Path(config["dialect"])))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._normalize(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def _normalize(self, message: Message) -> None:
        written = message.get(TEXT)
        if not written:
            return
        message.set(SPOKEN, written)
        message.set(TEXT, self._dialect.common(plain(written)))
