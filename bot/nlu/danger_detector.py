"""Last in the pipeline and above everything before it: does this message say that somebody is in danger?

Two nets: the editors' patterns (content/safety/*.yml), and a model that has learned every script's examples against their near
misses and everything else that parents write. A pattern that fires lowers what the model must be sure of. A missed crisis is the worst
error this software can make, so there is a third outcome between alarm and none: the danger is possible.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.danger_model import DangerModel, train_danger_model
from bot.nlu.danger_tales import speaks_of_a_tale
from bot.nlu.normalizer import SPOKEN
from bot.nlu_keys import DANGER, DANGER_RANKING, HARMLESS, HARMLESS_CONFIDENCE, LESSON, PASSAGE, POSSIBLE_DANGER, UNLESS
from bot.text.plain import squash
from bot.text.told import speaks_against_now

# What the TopicClassifier adds to the score: a share of the natural logarithm of the probability of any danger, and a larger one of how
# danger and near misses compare. Against 0.04 and 0.04 the false alarms at 95 % of the crises fell from 19 % to 11 % (docs/safety.md).
_DANGER_SHARE = 0.1
_BORDER_SHARE = 0.2
# A lesson that is very sure of itself must not talk a danger away: below a hundredth of probability nothing more is subtracted.
_TINY = 0.01
# Except where no pattern fires and the words are taught to a lesson, or nearly (孩子坐摩托车). Of 320 calls for help (docs/safety.md) all
# those with so sure a lesson had a pattern that fires.
_TAUGHT = 0.98
_TAUGHT_SHARE = 0.3
_FIRED_SHARE = 2.0
# Characters of a sentence that is only who and what, and words by which even that is none.
_FEW = 8
_NOT_YET = re.compile("[防怕教]")


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
    """Sets `danger` and `possible_danger` ({"script", "score", "by": "patterns" | "classifier"} or None).

    With `danger` the intent becomes `danger`: the script is the answer. With `possible_danger` the intent stays, and the script is
    added under the answer. At most one of the two is set.

    The score is the DangerModel's, plus what the TopicClassifier thinks (the probability of any danger, and how danger and near
    misses compare), less what the sentence says of itself: a film, a dream, long ago, over and well (`bot.text.told`, `bot.nlu.danger_tales`).

    Config, chosen on the table in docs/safety.md:
        alarm: least score with which the classifier alone raises the alarm.
        patterns_alarm: the same where a pattern fires; below it a pattern is not believed: 去年被狗咬过 is no emergency.
        short_alarm: the same for a pattern that fires in a few words (女儿找不到了), which say nothing of fear, prevention or teaching and are
            not taught to a lesson: there the classifier knows least, and of 1,064 training sentences of eight characters in which one fires 1,010 are calls for help.
        doubt: from here to the alarm the danger is possible.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        patterns: tuple[Patterns, ...] = (),
        model: DangerModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._patterns = patterns
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"alarm": -0.05, "patterns_alarm": -0.6, "short_alarm": -1.2, "doubt": -0.25}

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
        said = [each for each in training_data.training_examples if each.get(TEXT) and not each.get(PASSAGE)]
        model = train_danger_model(
            [(each.get(TEXT), _tokens(each)) for each in said],
            [_is_danger(each) for each in said],
            [bool(each.get(HARMLESS)) for each in said],
        )
        with self._model_storage.write_to(self._resource) as directory:
            (directory / "patterns.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            joblib.dump(model, directory / "danger.joblib", compress=3)
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
            model = joblib.load(directory / "danger.joblib")
        return cls(config, model_storage, resource, compile_patterns(kept), model)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._detect(message) if message.get(TEXT) and self._model else None
            alarm = found if found and found.pop("alarm") else None
            message.set(DANGER, alarm, add_to_output=True)
            message.set(POSSIBLE_DANGER, None if alarm else found, add_to_output=True)
            name = DANGER if alarm else self._doubtful_intent(message) if found else None
            if name:
                message.set(INTENT, {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    def _detect(self, message: Message) -> dict[str, Any] | None:
        likely = {each["script"]: each["confidence"] for each in message.get(DANGER_RANKING) or []}
        harmless = message.get(HARMLESS_CONFIDENCE) or 0.0
        fired = self._fired(message)
        score = self._score(message, sum(likely.values()), harmless) - (0 if fired else _TAUGHT_SHARE * _is_taught(message))
        alarm = self._config["alarm" if not fired else "short_alarm" if _is_bare_cry(message) else "patterns_alarm"]
        if score < min(self._config["doubt"], alarm):
            return None
        by = "patterns" if fired else "classifier"
        return {"script": most_fitting(likely, fired), "score": score, "by": by, "alarm": score >= alarm}

    def _doubtful_intent(self, message: Message) -> str | None:
        """Possible danger is not answered with small talk: it is asked back, and the script follows."""
        name = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        return None if name in (LESSON, DEFAULT_NLU_FALLBACK_INTENT_NAME) else DEFAULT_NLU_FALLBACK_INTENT_NAME

    def _score(self, message: Message, danger: float, harmless: float) -> float:
        assert self._model is not None
        text = message.get(TEXT)
        return danger_score(self._model.score(text, _tokens(message)), danger, harmless) - _against(squash(text))

    def _fired(self, message: Message) -> list[str]:
        readings = {squash(message.get(TEXT)), squash(message.get(SPOKEN) or "")}
        return [each.script for each in self._patterns if any(each.match(reading) for reading in readings)]


def most_fitting(likely: Mapping[str, float], fired: Collection[str]) -> str:
    """The script to say: the classifier's opinion, in which a pattern that fires weighs seven times (e²).

    A pattern alone is a poor judge between dangers (a sleeve that sticks to a cut arm is no electric shock): of 318 calls for help 277
    got their script where only those that fired were looked at, 290 so.
    """
    return max({*likely, *fired}, key=lambda slug: math.log(likely.get(slug, 0.0) + _TINY) + _FIRED_SHARE * (slug in fired))


def danger_score(of_its_own: float, danger: float, harmless: float) -> float:
    """The DangerModel's score, moved by the TopicClassifier's probabilities of any danger and of any near miss."""
    border = math.log((danger + _TINY) / (harmless + _TINY))
    return of_its_own + _DANGER_SHARE * math.log(danger + _TINY) + _BORDER_SHARE * border


def _tokens(message: Message) -> list[str]:
    return [token.text for token in message.get(TOKENS_NAMES[TEXT])]


def _is_bare_cry(message: Message) -> bool:
    squashed = squash(message.get(TEXT))
    return len(squashed) <= _FEW and not _NOT_YET.search(squashed) and not _against(squashed) and not _is_taught(message)


def _against(squashed: str) -> float:
    return speaks_against_now(squashed) + speaks_of_a_tale(squashed)


def _is_taught(message: Message) -> bool:
    found = message.get(INTENT) or {}
    return bool(found.get(INTENT_NAME_KEY) == LESSON and found.get(PREDICTED_CONFIDENCE_KEY, 0.0) >= _TAUGHT)


def _is_danger(message: Message) -> bool:
    return str(message.get_full_intent() or "").startswith(f"{DANGER}/")


def compile_patterns(features: list[dict[str, str]]) -> tuple[Patterns, ...]:
    """Patterns by script from regex features of the training data, in their order."""
    gathered: dict[str, tuple[list[re.Pattern[str]], list[re.Pattern[str]]]] = {}
    for feature in features:
        kind, _, script = feature["name"].partition("/")
        gathered.setdefault(script, ([], []))[kind == UNLESS].append(re.compile(feature["pattern"]))
    return tuple(Patterns(script, tuple(fires), tuple(unless)) for script, (fires, unless) in gathered.items())
