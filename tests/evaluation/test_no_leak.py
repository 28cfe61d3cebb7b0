"""No text of the evaluation sets stands, or nearly stands, in what the model is trained on: else the rates would flatter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import yaml
from rasa.shared.nlu.constants import TEXT

from bot.content.importer import training_data
from bot.content.library import load_library
from bot.evaluation.cases import SMALL_TALK, Case, read_cases
from bot.text.plain import squash

# A shorter run of characters stands in two sentences by chance.
CONTAINED = 12
# Share of common character pairs from which two sentences are one with a word changed.
ALIKE = 0.7
SHORTEST = 4


class Trained:
    """Everything the model is trained on, squashed, with an index of character pairs."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.flat = sorted({squash(sentence) for sentence in sentences} - {""})
        having: dict[str, list[int]] = defaultdict(list)
        sizes = []
        for number, sentence in enumerate(self.flat):
            pairs = _pairs(sentence)
            sizes.append(len(pairs))
            for pair in pairs:
                having[pair].append(number)
        self._sizes = np.array(sizes)
        self._having = {pair: np.array(numbers) for pair, numbers in having.items()}

    def near(self, text: str) -> list[str]:
        """The sentences that `text` is, or nearly is."""
        flat = squash(text)
        pairs = _pairs(flat)
        having = [self._having[pair] for pair in pairs if pair in self._having]
        if not having:  # one character at most, or none that is known
            return [flat] if flat in self.flat else []
        common = np.bincount(np.concatenate(having), minlength=len(self.flat))
        alike = common / (len(pairs) + self._sizes - common) >= ALIKE
        # Of a sentence that stands in another, that one has every pair.
        within = (common > 0) & (common == np.minimum(len(pairs), self._sizes))
        near = [(self.flat[number], alike[number]) for number in np.flatnonzero(alike | within)]
        return [sentence for sentence, nearly_is in near if nearly_is or _contained(flat, sentence)]


def _pairs(flat: str) -> set[str]:
    return {flat[start : start + 2] for start in range(len(flat) - 1)}


def _contained(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= CONTAINED and short in long


@pytest.fixture(scope="module")
def trained(root: Path) -> Trained:
    """The lessons, the safety scripts and data/nlu."""
    examples = training_data(load_library(root / "content")).training_examples
    return Trained([*(each.get(TEXT) for each in examples), *_written(root)])


def _written(root: Path) -> Iterable[str]:
    for path in sorted((root / "data" / "nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            yield from (line.strip().removeprefix("- ") for line in str(item.get("examples", "")).splitlines())


def _cases(root: Path) -> list[Case]:
    return read_cases(sorted((root / "tests" / "evaluation").glob("*.jsonl")))


def _can_only_be_said_so(case: Case) -> bool:
    """你好, 转人工, 隐私说明: a greeting or a command in its shortest form has no other wording. Small talk has no goal."""
    return case.kind == SMALL_TALK and len(squash(case.text)) <= SHORTEST


def test_no_evaluation_text_is_trained_on(trained: Trained, root: Path) -> None:
    cases = [case for case in _cases(root) if not _can_only_be_said_so(case)]
    leaked = {case.id: (case.text, near) for case in cases if (near := trained.near(case.text))}

    assert leaked == {}, "take these sentences out of the training data; the evaluation set stays as it is"


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("孩子不肯跟我打视频电话怎么办", True),
        ("孩子，不肯跟我打视频电话！怎么办？", True),
        ("孩子不肯跟我打视频通话怎么办", True),
        ("孩子不肯打电话", False),
        ("昨天孩子不肯跟我打视频电话怎么办呀急死我了", True),
        ("没话讲", False),
        ("视频的时候奶奶老是抢着说话", False),
    ],
)
def test_it_knows_what_is_nearly_the_same(text: str, leaks: bool) -> None:
    assert bool(Trained(["孩子不肯跟我打视频电话怎么办", "今天没话讲了"]).near(text)) is leaks
