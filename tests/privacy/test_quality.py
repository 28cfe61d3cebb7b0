"""What the sets of texts must reach, so that no change makes the anonymiser worse unseen. docs/privacy.md has the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import load_library
from bot.privacy import Kind, Scrubber
from bot.privacy.evaluation import Measured, measured, read_cases

NAMES = {Kind.PERSON, Kind.NICKNAME}
# In per cent: recall of names, recall and precision of all.
FLOORS = {
    "own": (98, 99, 99),
    "fresh": (97, 99, 99),
    "unseen": (94, 98, 99),
    "last": (97, 99, 98),
    "final": (96, 98, 99),
    "wide": (93, 97, 97),
    "blind": (96, 97, 97),
    "third": (95, 98, 98),
    "fourth": (95, 97, 98),
    "fifth": (98, 99, 99),
    "sixth": (98, 99, 99),
    "seventh": (97, 98, 99),
    "eighth": (90, 98, 99),
    "ninth": (94, 97, 97),
    "tenth": (99, 98, 99),
    "eleventh": (98, 99, 99),
    "twelfth": (99, 99, 99),
    "thirteenth": (96, 98, 98),
    "fourteenth": (91, 98, 98),
    "fifteenth": (99, 99, 99),
    "sixteenth": (97, 98, 96),
    "seventeenth": (99, 98, 98),
    "again": (96, 96, 93),
}


def rates(sums: Measured, kinds: set[Kind]) -> tuple[float, float]:
    expected, caught, found, right = (
        sum(each[kind] for kind in kinds) for each in (sums.expected, sums.caught, sums.found, sums.right)
    )
    return 100 * caught / expected, 100 * right / found


@pytest.mark.parametrize("name", FLOORS)
def test_the_sets_are_anonymised(root: Path, name: str) -> None:
    sums = measured(read_cases([root / f"tests/evaluation/privacy/{name}.jsonl"]), Scrubber())
    names, recall, precision = FLOORS[name]

    assert rates(sums, NAMES)[0] >= names
    assert rates(sums, set(Kind)) >= (recall, precision)
    assert rates(sums, set(Kind))[1] >= precision


def test_the_own_set_is_large_and_holds_every_type(root: Path) -> None:
    cases = read_cases([root / "tests/evaluation/privacy/own.jsonl"])

    assert len(cases) >= 300
    assert sum(not case.spans for case in cases) >= 100
    assert {span.kind for case in cases for span in case.spans} == set(Kind)


def test_what_we_ourselves_say_stays(root: Path) -> None:
    # Answers are kept in the record too; a lesson with holes would tell a reviewer nothing.
    scrubber = Scrubber()
    lines = [line for lesson in load_library(root / "content").lessons.values() for line in lesson.answer.splitlines()]
    holed = [line for line in lines if scrubber.scrub(line).spans]

    assert len(lines) > 500
    assert len(holed) <= len(lines) / 150, holed
