"""Rasa importer: lessons and safety scripts are the single source; no generated YAML lies about in git.

List it in config.yml beside RasaFileImporter; named alone it would drop all YAML files.

- a lesson's `questions` become examples of the retrieval intent `lesson/<slug>`, its `answer` the response `utter_lesson/<slug>`;
- a safety script's `examples` become examples of `danger/<slug>`, its `patterns` and `unless` regex features of the training data
  named `danger/<slug>` and `unless/<slug>` in the order in which scripts are answered;
- its `near_misses` become examples without an intent that carry the property `harmless`;
- the sentences of a lesson's own text become examples without an intent that carry the property `passage`: they lend the topic
  words that no example question happens to use.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.lessons import Lesson
from bot.content.library import Library, load_library
from bot.nlu_keys import DANGER, HARMLESS, LESSON, PASSAGE, UNLESS
from bot.settings import Settings

_SENTENCE_END = re.compile(r"[。！？\n]")
_BULLET = re.compile(r"^[\d#.\s]+")
# Shorter pieces are headings like “怎么做”, which every lesson has.
_SHORTEST_PASSAGE = 5


class ContentImporter(TrainingDataImporter):
    """Turns `content/` into Rasa training data.

    Args:
        content: the folder; that of the setting JIASHU_CONTENT unless it is named in config.yml under `importers`.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        content: str = "",
    ) -> None:
        self._content = Path(content) if content else Settings.from_environment().content_path

    def get_domain(self) -> Domain:
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        return training_data(load_library(self._content))


def training_data(library: Library) -> TrainingData:
    """Examples, responses and patterns of a library."""
    return TrainingData(
        training_examples=_examples(library),
        regex_features=_regex_features(library),
        responses={f"utter_{LESSON}/{slug}": [{"text": lesson.answer}] for slug, lesson in library.lessons.items()}
        | {f"utter_{DANGER}/{slug}": [{"text": script.answer}] for slug, script in library.safety.items()},
    )


def _examples(library: Library) -> list[Message]:
    asked = [
        Message.build(question, intent=f"{LESSON}/{slug}")
        for slug, lesson in library.lessons.items()
        for question in lesson.questions
    ]
    endangered = [
        Message.build(example, intent=f"{DANGER}/{slug}")
        for slug, script in library.safety.items()
        for example in script.examples
    ]
    harmless = [
        Message(data={TEXT: near_miss, HARMLESS: slug})
        for slug, script in library.safety.items()
        for near_miss in script.near_misses
    ]
    passages = [
        Message(data={TEXT: sentence, PASSAGE: slug})
        for slug, lesson in library.lessons.items()
        for sentence in _sentences(lesson)
    ]
    return asked + endangered + harmless + passages


def _sentences(lesson: Lesson) -> list[str]:
    own = (lesson.title, lesson.summary, lesson.answer, lesson.body, lesson.relay, lesson.try_this)
    cut = (_BULLET.sub("", sentence).strip() for sentence in _SENTENCE_END.split("\n".join(own)))
    return list(dict.fromkeys(sentence for sentence in cut if len(sentence) >= _SHORTEST_PASSAGE))


def _regex_features(library: Library) -> list[dict[str, str]]:
    return [
        {"name": f"{kind}/{slug}", "pattern": pattern.pattern}
        for slug, script in library.safety.items()
        for kind, patterns in ((DANGER, script.patterns), (UNLESS, script.unless))
        for pattern in patterns
    ]
