"""First in the pipeline: make the text plain, read pinyin as characters, and turn regional words into common ones."""

from __future__ import annotations

from collections import Counter
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.settings import Settings
from bot.text.dialect import Dialect, read_dialect
from bot.text.pinyin import Pinyin
from bot.text.plain import plain

SPOKEN = "spoken"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Normalizer(GraphComponent):
    """Replaces a message's text by its plain form; what was written stays in the property `spoken`.

    What pinyin stands for is learned from the training sentences: yuejing is 月经 here, and 越境 nowhere.

    Config:
        dialect: file of regional words, relative to the folder of JIASHU_CONTENT.
    """

    def __init__(
        self, dialect: Dialect, model_storage: ModelStorage, resource: Resource, learned: Pinyin | None = None
    ) -> None:
        self._dialect = dialect
        self._model_storage = model_storage
        self._resource = resource
        self._pinyin = learned or Pinyin(Counter(), Counter())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"dialect": "dialect.yml"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normalizer:
        return cls(_dialect(config), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        self._pinyin = Pinyin.learn(plain(each.get(TEXT)) for each in training_data.training_examples if each.get(TEXT))
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump((self._pinyin.characters, self._pinyin.pairs), directory / "pinyin.joblib", compress=3)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Normalizer:
        with model_storage.read_from(resource) as directory:
            learned = Pinyin(*joblib.load(directory / "pinyin.joblib"))
        return cls(_dialect(config), model_storage, resource, learned)

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
        message.set(TEXT, self._dialect.common(self._pinyin.read(plain(written))))


def _dialect(config: dict[str, Any]) -> Dialect:
    return read_dialect(Settings.from_environment().content_path / config["dialect"])
