"""Intent classifier, lesson finder and half of the danger detector: every lesson, danger, near miss and kind of talk is a topic."""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.features import dense_rows, sparse_rows
from bot.nlu.topic_model import Examples, TopicModel, train_topic_model
from bot.nlu_keys import DANGER, DANGER_RANKING, HARMLESS, HARMLESS_CONFIDENCE, LESSON, LESSON_RANKING, PASSAGE
from bot.text.plain import squash

INTENT_RANKING = "intent_ranking"
_RANKED = 6
# A lesson's own sentences help (docs/understanding.md), but a question counts for more.
_PASSAGE_WEIGHT = 0.3

Ranked = list[tuple[str, float]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking`, `lesson_ranking`, `danger_ranking` and `harmless_confidence`.

    The rankings are lists of {"name" | "lesson" | "script", "confidence"}, best first.

    Probabilities of lessons and talk are taken among themselves: whether it is danger is the DangerDetector's to decide.
    A message that is, but for spaces and marks, one of the training sentences gets that sentence's topic, whatever the model thinks:
    a command of the menu must never be mistaken, and a question that an editor adds must be found.

    Below the threshold the intent is `nlu_fallback`; the rankings stay, so that the nearest lessons can be offered.

    Config:
        threshold: least probability with which a lesson is given as the answer; chosen on the curve in docs/understanding.md.
        talk_threshold: the same for everything else (thanks, my data, off topic …).
        blend: the two weights of the topic model, fitted before; None fits them anew, which doubles the training time.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: TopicModel | None = None,
        taught: dict[str, str] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._taught = taught or {}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.08, "talk_threshold": 0.3, "blend": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        messages = [each for each in training_data.training_examples if each.get(TEXT) and _topic(each)]
        weights = np.array([_PASSAGE_WEIGHT if each.get(PASSAGE) else 1.0 for each in messages], dtype=np.float32)
        topics = [_topic(each) for each in messages]
        examples = Examples(topics, sparse_rows(messages), dense_rows(messages), weights)
        self._model = train_topic_model(examples, self._config["blend"])
        self._taught = {squash(each.get(TEXT)): _topic(each) for each in messages if not each.get(PASSAGE)}
        with self._model_storage.write_to(self._resource) as directory:
            joblib.dump((self._model, self._taught), directory / "topics.joblib")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        with model_storage.read_from(resource) as directory:
            model, taught = joblib.load(directory / "topics.joblib")
        return cls(config, model_storage, resource, model, taught)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT) and self._model is not None:
                self._classify(message, self._model)
        return messages

    def _classify(self, message: Message, model: TopicModel) -> None:
        probabilities = model.probabilities(sparse_rows([message]), dense_rows([message]))[0]
        likely = sorted(zip(model.topics, map(float, probabilities), strict=True), key=lambda pair: -pair[1])
        by_kind = _by_kind(_with_taught(likely, self._taught.get(squash(message.get(TEXT)))))
        message.set(HARMLESS_CONFIDENCE, sum(sure for _, sure in by_kind.pop(HARMLESS, [])), add_to_output=True)
        dangers = [{"script": slug, "confidence": sure} for slug, sure in by_kind.pop(DANGER, [])]
        message.set(DANGER_RANKING, dangers, add_to_output=True)
        total = sum(sure for ranked in by_kind.values() for _, sure in ranked) or 1.0
        lessons = by_kind.get(LESSON, [])[:_RANKED]
        message.set(LESSON_RANKING, [{"lesson": slug, "confidence": sure / total} for slug, sure in lessons], add_to_output=True)
        summed = [(kind, sum(sure for _, sure in ranked) / total) for kind, ranked in by_kind.items()]
        intents = [_intent(*pair) for pair in sorted(summed, key=lambda pair: -pair[1])[:_RANKED]]
        message.set(INTENT_RANKING, intents, add_to_output=True)
        # The likeliest single topic decides, not the sum over lessons.
        best = max(((kind, ranked[0][1] / total) for kind, ranked in by_kind.items()), key=lambda pair: pair[1])
        message.set(INTENT, self._decide(*best), add_to_output=True)

    def _decide(self, topic: str, sure: float) -> dict[str, Any]:
        threshold = self._config["threshold" if _kind(topic) == LESSON else "talk_threshold"]
        if sure < threshold:
            return _intent(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0 - sure)
        return _intent(_kind(topic), sure)


def _topic(message: Message) -> str:
    """What a training message is an example of; "" for none."""
    if message.get(HARMLESS):
        return f"{HARMLESS}/{message.get(HARMLESS)}"
    if message.get(PASSAGE):
        return f"{LESSON}/{message.get(PASSAGE)}"
    return str(message.get_full_intent() or "")


def _with_taught(likely: Ranked, taught: str | None) -> Ranked:
    """The ranking with the topic of a training sentence put first; a near miss only rules danger out."""
    if taught is None:
        return likely
    if _kind(taught) == HARMLESS:
        return [(topic, 0.0 if _kind(topic) == DANGER else sure) for topic, sure in likely]
    return [(taught, 1.0), *((topic, 0.0) for topic, _ in likely if topic != taught)]


def _kind(topic: str) -> str:
    return topic.split("/", 1)[0]


def _by_kind(likely: Ranked) -> dict[str, Ranked]:
    """What follows the "/" of a topic, by what stands before it, each best first."""
    kinds: dict[str, Ranked] = {}
    for topic, sure in likely:
        kind, _, name = topic.partition("/")
        kinds.setdefault(kind, []).append((name, sure))
    return kinds


def _intent(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
