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
from bot.evaluation.cases import CRISIS, IN_SCOPE, NEAR_MISS, OFF_TOPIC, Case
from bot.evaluation.judge import Judge
from bot.nlu.danger_detector import Patterns
from bot.nlu_keys import DANGER, HARMLESS, LESSON
from bot.text.ages import find_ages
from bot.text.plain import plain, squash


@dataclass(frozen=True)
class Thresholds:
    """As in config.yml."""

    lesson: float
    talk: float
    danger: float
    certainty: float


@dataclass(frozen=True)
class Decision:
    """`script` that is said, "" for none; else `lesson` that is answered with; "" for both: asked back or small talk.

    `sure`: probability of the likeliest lesson or talk; `danger`, `certainty`: what the classifier makes of danger;
    `first_danger`: whether it fires without the patterns.
    """

    script: str
    by_patterns: bool
    lesson: str
    nearest: tuple[str, ...]
    first: str
    sure: float
    danger: float
    certainty: float
    first_danger: bool


@dataclass(frozen=True)
class Outcome:
    """A case, what was decided, and whether the lesson ranked first and one of the first three answers it."""

    case: Case
    decision: Decision
    first_right: bool
    three_right: bool
    passed: bool


def read_thresholds(config: Path) -> Thresholds:
    """From config.yml."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    by_name = {part["name"].rsplit(".", 1)[-1]: part for part in pipeline}
    topic, danger = by_name["TopicClassifier"], by_name["DangerDetector"]
    return Thresholds(topic["threshold"], topic["talk_threshold"], danger["threshold"], danger.get("certainty", 0.0))


def patterns_of(library: Library) -> tuple[Patterns, ...]:
    """The editors' patterns of all scripts."""
    return tuple(Patterns(slug, script.patterns, script.unless) for slug, script in library.safety.items())


def decide(
    topics: Sequence[str], row: Probabilities, text: str, patterns: Sequence[Patterns], limits: Thresholds
) -> Decision:
    """What the pipeline would decide about one message."""
    kinds = np.array([kind_of(topic) for topic in topics])
    dangers = {topic: float(row[number]) for number, topic in enumerate(topics) if kinds[number] == DANGER}
    danger, harmless = sum(dangers.values()), float(row[kinds == HARMLESS].sum())
    certainty = danger / (danger + harmless) if danger + harmless else 0.0
    fired = [each.script for each in patterns if each.match(squash(text)) or each.match(squash(plain(text)))]
    script = _script(fired, dangers) if fired else ""
    alarmed = danger >= limits.danger and certainty >= limits.certainty
    if not script and alarmed:
        script = max(dangers, key=dangers.__getitem__).split("/", 1)[1]

    others = np.where((kinds == DANGER) | (kinds == HARMLESS), 0.0, row)
    others = others / (others.sum() or 1.0)
    best = int(others.argmax())
    lessons = [int(number) for number in np.argsort(-others) if kinds[number] == LESSON][:3]
    answers = kinds[best] == LESSON and others[best] >= limits.lesson and not script
    nearest = tuple(topics[number].split("/", 1)[1] for number in lessons)
    return Decision(
        script=script,
        by_patterns=bool(fired),
        lesson=nearest[0] if answers else "",
        nearest=nearest,
        first=topics[best],
        sure=float(others[best]),
        danger=danger,
        certainty=certainty,
        first_danger=alarmed,
    )


def outcomes(corpus: Corpus, topics: Sequence[str], rows: Probabilities, limits: Thresholds) -> list[Outcome]:
    """What becomes of every case."""
    judge, patterns = Judge(corpus.library), patterns_of(corpus.library)
    return [
        judged(case, decide(topics, row, case.text, patterns, limits), corpus.library, judge)
        for case, row in zip(corpus.cases, rows, strict=True)
    ]


def judged(case: Case, decision: Decision, library: Library, judge: Judge) -> Outcome:
    """Hold a decision against its case; `must` is asked of the lesson's answer, without the wire around it."""
    ages = {mention.months for mention in find_ages(case.text)}
    age = ages.pop() if len(ages) == 1 else None
    right = [judge.judge(case, library.lessons[slug].reply(age)).passed for slug in decision.nearest]
    said = ""
    if decision.script:
        said = library.safety[decision.script].answer_for(age)
    elif decision.lesson:
        said = library.lessons[decision.lesson].reply(age)
    passed = {
        IN_SCOPE: judge.judge(case, said).passed,
        CRISIS: bool(decision.script) and judge.judge(case, said).passed,
        NEAR_MISS: not decision.script,
        OFF_TOPIC: not decision.lesson,
    }.get(case.kind, True)
    return Outcome(case, decision, bool(right) and right[0], any(right), passed)


def _script(fired: Sequence[str], dangers: dict[str, float]) -> str:
    return max(fired, key=lambda script: dangers.get(f"{DANGER}/{script}", 0.0))
