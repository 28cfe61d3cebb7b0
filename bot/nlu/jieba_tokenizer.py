"""Rasa's JiebaTokenizer, tokenising in training only what parents write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.side_by_side import cores, side_by_side
from bot.nlu.word_table import forget_words, use_words, write_words
from bot.settings import Settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class QuestionTokenizer(JiebaTokenizer):
    """The same tokens and dictionary as Rasa's; its `dictionary_path` is relative to the folder of JIASHU_CONTENT.

    Rasa hangs the response of its intent on every training example and tokenises it each time: with 20,000 questions and answers
    of 400 characters that was 8 million characters, a third of the training time, for a selector that we do not use.

    A model holds all words it was trained with, jieba's and the editors', in a form that takes little memory (`word_table`).
    """

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> QuestionTokenizer:
        # Only training looks at the folder.
        forget_words()
        folder = config["dictionary_path"]
        placed = str(Settings.from_environment().content_path / folder) if folder is not None else None
        made: QuestionTokenizer = super().create(
            {**config, "dictionary_path": placed}, model_storage, resource, execution_context
        )
        return made

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> QuestionTokenizer:
        """Raises OSError or ValueError where the model holds no words."""
        with model_storage.read_from(resource) as folder:
            use_words(Path(folder))
        return cls(config, model_storage, resource)

    def persist(self) -> None:
        """Write the words into the model."""
        with self._model_storage.write_to(self._resource) as folder:
            write_words(Path(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As `process`, on all cores: some 45,000 sentences."""
        spoken = [message for message in training_data.training_examples if message.get(TEXT)]
        parts = [spoken[first :: cores()] for first in range(cores())]
        for part, cut in zip(parts, side_by_side([partial(self._cut, part) for part in parts]), strict=True):
            for message, tokens in zip(part, cut, strict=True):
                message.set(TOKENS_NAMES[TEXT], tokens)
        return training_data

    def _cut(self, messages: Sequence[Message]) -> list[list[Token]]:
        return [self.tokenize(message, TEXT) for message in messages]

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                message.set(TOKENS_NAMES[TEXT], self.tokenize(message, TEXT))
        return messages
