"""What the parents of a load phase write: the evaluation sets, in one mixed order, never the same text twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bot.evaluation.cases import read_cases

SETS = Path("tests/evaluation")


def all_texts(root: Path) -> list[str]:
    """Every text of the sets once, shuffled the same way each time."""
    texts = sorted({case.text for case in read_cases(sorted((root / SETS).glob("*.jsonl")))})
    random.Random(7).shuffle(texts)
    return texts


def endless(texts: list[str], first_round: int = 0) -> Iterator[str]:
    """The texts again and again; from the second round on with a number behind them, so that no cache has seen them."""
    number = first_round
    while True:
        yield from (f"{text} {number}" if number else text for text in texts)
        number += 1
