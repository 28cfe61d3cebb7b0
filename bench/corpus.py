"""Training sentences and cases for comparing ways to understand: the whole training data, the evaluation sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rasa.shared.nlu.constants import TEXT

from bot.content.importer import training_data
from bot.content.library import Library, load_library
from bot.evaluation.cases import Case, read_cases
from bot.nlu_keys import DANGER, HARMLESS, LESSON, PASSAGE

HARMLESS_PREFIX = f"{HARMLESS}/"


@dataclass(frozen=True)
class Sentence:
    """A training sentence; `passage`: from a lesson's own text, it is no question."""

    text: str
    topic: str
    passage: bool = False


@dataclass(frozen=True)
class Corpus:
    """What there is to learn from, to answer with and to be tried on."""

    sentences: tuple[Sentence, ...]
    library: Library
    cases: tuple[Case, ...]


def read_corpus(project: Path, sets: Path) -> Corpus:
    """`project` holds content/ and data/; `sets` the .jsonl files."""
    library = load_library(project / "content")
    sentences = [*_of_content(library), *_talk(project / "data/nlu")]
    return Corpus(tuple(sentences), library, tuple(read_cases(sorted(sets.glob("*.jsonl")))))


def thinned(corpus: Corpus, every: int) -> Corpus:
    """One sentence in so many of each topic, and all cases."""
    if every == 1:
        return corpus
    return Corpus(_thin(corpus.sentences, every), corpus.library, corpus.cases)


def _thin(sentences: Sequence[Sentence], every: int) -> tuple[Sentence, ...]:
    seen: dict[tuple[str, bool], int] = {}
    kept: list[Sentence] = []
    for each in sentences:
        number = seen[each.topic, each.passage] = seen.get((each.topic, each.passage), -1) + 1
        if number % every == 0:
            kept.append(each)
    return tuple(kept)


def _of_content(library: Library) -> list[Sentence]:
    sentences: list[Sentence] = []
    for message in training_data(library).training_examples:
        text = message.get(TEXT)
        if not text:
            continue
        if message.get(HARMLESS):
            sentences.append(Sentence(text, f"{HARMLESS}/{message.get(HARMLESS)}"))
        elif message.get(PASSAGE):
            sentences.append(Sentence(text, f"{LESSON}/{message.get(PASSAGE)}", passage=True))
        else:
            sentences.append(Sentence(text, str(message.get_full_intent())))
    return sentences


def _talk(folder: Path) -> list[Sentence]:
    parts = [yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"] for path in sorted(folder.glob("*.yml"))]
    return [
        Sentence(line.removeprefix("- "), topic["intent"])
        for part in parts
        for topic in part
        for line in topic["examples"].splitlines()
        if line.strip()
    ]


def kind_of(topic: str) -> str:
    """lesson, danger, harmless, or the name of a kind of talk."""
    return topic.split("/", 1)[0]


def is_danger(topic: str) -> bool:
    return kind_of(topic) == DANGER
