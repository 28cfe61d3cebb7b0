"""The sentences that the reader is trained on: marked where the names are, and none from the sets that measure it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.privacy.evaluation import read_cases
from tools.reader.carriers import Carriers, Marked, questions, spoken

ASKED = ["孩子不肯写作业怎么办", "她说不想上学，奶奶也管不了", "老师打电话来了", "牛奶几度热", "两个孩子打架怎么办"]


@pytest.fixture
def made() -> list[Marked]:
    carriers = Carriers(ASKED, 3)
    return [*carriers.as_they_are(), *carriers.renamed(20), *carriers.filled(1500)]


def test_what_is_marked_is_no_blank_and_lies_within_the_text(made: list[Marked]) -> None:
    spans = [(each.text, start, end) for each in made for start, end, _ in each.spans]

    assert len(spans) > 1000
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for text, start, end in spans)


def test_a_renamed_question_keeps_the_rest_of_its_words(made: list[Marked]) -> None:
    renamed = [each for each in made[len(ASKED) : len(ASKED) + 60] if "不肯写作业怎么办" in each.text]

    assert renamed
    assert all(each.text[each.spans[-1][1] :] == "不肯写作业怎么办" for each in renamed)


def test_questions_stay_without_marks(made: list[Marked]) -> None:
    assert [each.text for each in made[: len(ASKED)]] == ASKED
    assert not any(each.spans for each in made[: len(ASKED)])


def test_numbered_children_are_not_renamed() -> None:
    assert list(Carriers(["两个孩子打架怎么办"], 1).renamed(20)) == []


@pytest.mark.parametrize("blank", ["", " "])
def test_punctuation_goes_and_the_marks_move_along(made: list[Marked], blank: str) -> None:
    for each in made:
        said = spoken(each, blank)
        assert [said.text[a:b] for a, b, _ in said.spans] == [each.text[a:b] for a, b, _ in each.spans]
        assert blank or len(said.text) <= len(each.text)


def test_the_same_seed_makes_the_same() -> None:
    assert list(Carriers(ASKED, 7).filled(300)) == list(Carriers(ASKED, 7).filled(300))


def test_no_sentence_of_the_measuring_sets_is_a_template_or_a_question(root: Path) -> None:
    measured = {case.text for case in read_cases(sorted((root / "tests/evaluation/privacy").glob("*.jsonl"))) if case.spans}
    templates = (root / "tools/reader/templates.txt").read_text(encoding="utf-8").splitlines()

    assert not measured & {*templates, *questions(root)}
