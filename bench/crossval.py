"""`python -m bench.crossval`: each question found by a model that has not seen it; by lesson, table in docs/understanding.md.

Four folds over the questions of every lesson. It says which lessons are mistaken for which others, so where editors should look.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.compare import PAGE, ROOT, SETS
from bench.corpus import Corpus, read_corpus, thinned
from bench.page import fill
from bench.vectors import Vectors
from bench.ways import WAYS, trained
from bot.nlu_keys import LESSON

FOLDS = 4
_WORST = 20


@dataclass
class Found:
    """Of a lesson's questions: how many were tried, found first, found among three, and what was found instead."""

    tried: int
    first: int
    three: int
    instead: Counter[str]


def cross_validate(corpus: Corpus) -> dict[str, Found]:
    """Every question once; passages and everything else are always learned from."""
    shipped = next(way for way in WAYS if way.name.endswith("as shipped"))
    folds = np.random.RandomState(0).randint(0, FOLDS, len(corpus.sentences))
    found: dict[str, Found] = {}
    vectors = Vectors()
    for fold in range(FOLDS):
        left = [
            each
            for each, of in zip(corpus.sentences, folds, strict=True)
            if of == fold and each.topic.startswith(f"{LESSON}/") and not each.passage
        ]
        out = set(map(id, left))
        model, _ = trained(shipped, [each for each in corpus.sentences if id(each) not in out], ROOT / "content", vectors)
        rows = model.probabilities([each.text for each in left])
        lessons = [number for number, topic in enumerate(model.topics) if topic.startswith(f"{LESSON}/")]
        for sentence, row in zip(left, rows, strict=True):
            ranked = [model.topics[lessons[number]] for number in np.argsort(-row[lessons])[:3]]
            _note(found, sentence.topic, ranked)
    return found


def _note(found: dict[str, Found], wanted: str, ranked: Sequence[str]) -> None:
    lesson = found.setdefault(wanted.removeprefix(f"{LESSON}/"), Found(0, 0, 0, Counter()))
    lesson.tried += 1
    lesson.first += ranked[0] == wanted
    lesson.three += wanted in ranked
    if ranked[0] != wanted:
        lesson.instead[ranked[0].removeprefix(f"{LESSON}/")] += 1


def as_table(found: dict[str, Found]) -> str:
    """All together, then the lessons that are found least."""
    tried = sum(each.tried for each in found.values()) or 1
    first, three = sum(each.first for each in found.values()), sum(each.three for each in found.values())
    worst = sorted(found.items(), key=lambda pair: pair[1].first / pair[1].tried)[:_WORST]
    rows = [
        f"| {slug} | {each.tried} | {each.first / each.tried:.0%} | {each.three / each.tried:.0%} | {_instead(each)} |"
        for slug, each in worst
    ]
    return "\n".join(
        [
            f"{tried} questions of {len(found)} lessons: **{first / tried:.1%}** found first, **{three / tried:.1%}** among three.",
            "",
            "| lesson | questions | first | among three | most often taken for |",
            "|---|---:|---:|---:|---|",
            *rows,
        ]
    )


def _instead(each: Found) -> str:
    return ", ".join(slug for slug, _ in each.instead.most_common(2))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train four times, write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.crossval", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one sentence in N: a trial")
    parser.add_argument("--dry", action="store_true", help="print only; leave the page as it is")
    chosen = parser.parse_args(arguments)
    table = as_table(cross_validate(thinned(read_corpus(ROOT, SETS), chosen.every)))
    print(table)
    if not chosen.dry:
        fill(PAGE, "crossval", table)


if __name__ == "__main__":
    main()
