"""How dangerous each case looks to the model that is shipped, and whether a pattern fires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba

from bench.corpus import HARMLESS_PREFIX, Corpus, is_danger
from bench.decide import Outcome
from bot.content.library import Library
from bot.nlu.danger_detector import Patterns, danger_score
from bot.nlu.danger_model import train_danger_model
from bot.text.dialect import read_dialect
from bot.text.plain import plain, squash
from bot.text.told import speaks_against_now

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Scored:
    """A case: its kind, the score of danger, and whether a pattern fires."""

    kind: str
    score: float
    fires: bool

    def raises(self, alarm: float, patterns_alarm: float) -> bool:
        """Whether it is taken for danger at these thresholds."""
        return self.score >= (min(alarm, patterns_alarm) if self.fires else alarm)


def score_dangers(corpus: Corpus, results: Sequence[Outcome]) -> list[Scored]:
    """Train as the DangerDetector does and score every case."""
    dialect = read_dialect(CONTENT / "dialect.yml")
    said = [each for each in corpus.sentences if not each.passage]
    sentences = [_normal(dialect.common(plain(each.text))) for each in said]
    model = train_danger_model(
        sentences,
        [is_danger(each.topic) for each in said],
        [each.topic.startswith(HARMLESS_PREFIX) for each in said],
    )
    patterns = _patterns_of(corpus.library)

    def scored(outcome: Outcome) -> Scored:
        text, tokens = _normal(dialect.common(plain(outcome.case.text)))
        decided = outcome.decision
        score = danger_score(model.score(text, tokens), decided.danger, decided.harmless) - speaks_against_now(squash(text))
        readings = {squash(text), squash(outcome.case.text)}
        return Scored(outcome.case.kind, score, any(each.match(reading) for each in patterns for reading in readings))

    return [scored(each) for each in results]


def _normal(text: str) -> tuple[str, list[str]]:
    return text, jieba.lcut(text)


def _patterns_of(library: Library) -> tuple[Patterns, ...]:
    return tuple(Patterns(slug, script.patterns, script.unless) for slug, script in library.safety.items())
