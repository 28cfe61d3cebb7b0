"""Last in the pipeline and above everything before it: does this message say that somebody is in danger?

Two nets, either fires: the editors' patterns (content/safety/*.yml), and the TopicClassifier, which has learned every script's
examples against their near misses and everything else that parents write. A missed crisis is the worst error this software can make.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normalizer import SPOKEN
from bot.nlu_keys import DANGER, DANGER_RANKING, HARMLESS_CONFIDENCE, UNLESS
from bot.text.plain import squash


@dataclass(frozen=True)
class Patterns:
    """The patterns of one script; nothing fires when one of `unless` matches too."""

    script: str
    fires: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def match(self, squashed: str) -> bool:
        """Whether they fire on a text without spaces and punctuation."""
        if not any(pattern.search(squashed) for pattern in self.fires):
            return False
        return not any(pattern.search(squashed) for pattern in self.unless)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerDetector(GraphComponent, IntentClassifier):
    """Sets `danger` ({"script", "confidence", "by": "patterns" | "classifier"} or None) and overrides `intent` with `danger`.

    Training only copies the patterns into the model: what fires is what was published.

    Config, chosen on the table in docs/safety.md:
        threshold: least probability of any danger with which the classifier fires.
        certainty: least share of danger in danger and near misses together: sentences that sound like danger are mostly one of
            the two, and this is what tells "he fell into the pond" from "he once fell into a pond".
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        patterns: tuple[Patterns, ...] = (),
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._patterns = patterns

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.15, "certainty": 0.6}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerDetector:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        kept = [each for each in training_data.regex_features if each["name"].startswith((f"{DANGER}/", f"{UNLESS}/"))]
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "patterns.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DangerDetector:
        with model_storage.read_from(resource) as directory:
            kept = json.loads((directory / "patterns.json").read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, compile_patterns(kept))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._detect(message) if message.get(TEXT) else None
            message.set(DANGER, found, add_to_output=True)
            if found:
                intent = {INTENT_NAME_KEY: DANGER, PREDICTED_CONFIDENCE_KEY: found["confidence"]}
                message.set(INTENT, intent, add_to_output=True)
        return messages

    def _detect(self, message: Message) -> dict[str, Any] | None:
        likely = {each["script"]: each["confidence"] for each in message.get(DANGER_RANKING) or []}
        fired = self._fired(message)
        if fired:
            # Several scripts may fire on one story; the classifier decides between them, else the order of urgency.
            likeliest = max(fired, key=lambda script: likely.get(script, 0.0))
            return {"script": likeliest, "confidence": 1.0, "by": "patterns"}
        danger = sum(likely.values())
        either = danger + (message.get(HARMLESS_CONFIDENCE) or 0.0)
        if danger < self._config["threshold"] or danger < self._config["certainty"] * either:
            return None
        return {"script": max(likely, key=likely.__getitem__), "confidence": danger, "by": "classifier"}

    def _fired(self, message: Message) -> list[str]:
        readings = {squash(message.get(TEXT)), squash(message.get(SPOKEN) or "")}
        return [each.script for each in self._patterns if any(each.match(reading) for reading in readings)]


def compile_patterns(features: list[dict[str, str]]) -> tuple[Patterns, ...]:
    """Patterns by script from regex features of the training data, in their order."""
    gathered: dict[str, tuple[list[re.Pattern[str]], list[re.Pattern[str]]]] = {}
    for feature in features:
        kind, _, script = feature["name"].partition("/")
        gathered.setdefault(script, ([], []))[kind == UNLESS].append(re.compile(feature["pattern"]))
    return tuple(Patterns(script, tuple(fires), tuple(unless)) for script, (fires, unless) in gathered.items())
