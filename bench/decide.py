"""From probabilities of topics to what would be answered, with the rules and thresholds of config.yml; judged without the wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from bench.corpus import Corpus, kind_of
from bench.ways import Probabilities
from bot.content.library import Library
from bot.evaluation.cases import Case
from bot.evaluation.judge import Judge
from bot.nlu_keys import DANGER, HARMLESS, LESSON
from bot.text.ages import find_ages


@dataclass(frozen=True)
class Thresholds:
    """As in config.yml."""

    lesson: float
    talk: float
    alarm: float
    patterns_alarm: float
    doubt: float


@dataclass(frozen=True)
class Decision:
    """`lesson` that would be answered with if there were no danger, "" for asked back or small talk.

    `sure`: probability of the likeliest lesson or talk; `danger`, `harmless`: of any danger, of any near miss.
    """

    lesson: str
    nearest: tuple[str, ...]
    first: str
    sure: float
    danger: float
    harmless: float


@dataclass(frozen=True)
class Outcome:
    """A case, what was decided, and whether the lesson ranked first and one of the first three answers it."""

    case: Case
    decision: Decision
    first_right: bool
    three_right: bool


def read_thresholds(config: Path) -> Thresholds:
    """From config.yml."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    by_name = {part["name"].rsplit(".", 1)[-1]: part for part in pipeline}
    topic, danger = by_name["TopicClassifier"], by_name["DangerDetector"]
    return Thresholds(
        topic["threshold"], topic["talk_threshold"], danger["alarm"], danger["patterns_alarm"], danger["doubt"]
    )


def decide(topics: Sequence[str], row: Probabilities, limits: Thresholds) -> Decision:
    """What would be answered to one message, danger apart."""
    kinds = np.array([kind_of(topic) for topic in topics])
    danger, harmless = float(row[kinds == DANGER].sum()), float(row[kinds == HARMLESS].sum())
    others = np.where((kinds == DANGER) | (kinds == HARMLESS), 0.0, row)
    others = others / (others.sum() or 1.0)
    best = int(others.argmax())
    nearest = tuple(
        topics[number].split("/", 1)[1] for number in np.argsort(-others) if kinds[number] == LESSON
    )[:3]
    answers = kinds[best] == LESSON and others[best] >= limits.lesson
    return Decision(
        lesson=nearest[0] if answers else "",
        nearest=nearest,
        first=topics[best],
        sure=float(others[best]),
        danger=danger,
        harmless=harmless,
    )


def outcomes(corpus: Corpus, topics: Sequence[str], rows: Probabilities, limits: Thresholds) -> list[Outcome]:
    """What becomes of every case, danger apart."""
    judge = Judge(corpus.library)
    return [
        judged(case, decide(topics, row, limits), corpus.library, judge)
        for case, row in zip(corpus.cases, rows, strict=True)
    ]


def judged(case: Case, decision: Decision, library: Library, judge: Judge) -> Outcome:
    """Hold a decision against its case; `must` is asked of the lesson's answer, without the wire around it."""
    ages = {mention.months for mention in find_ages(case.text)}
    age = ages.pop() if len(ages) == 1 else None
    right = [judge.judge(case, library.lessons[slug].reply(age)).passed for slug in decision.nearest]
    return Outcome(case, decision, bool(right) and right[0], any(right))
