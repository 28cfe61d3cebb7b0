"""Patterns in words: what an editor writes, what the machine looks for, and that nothing else is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.safety import read_safety_script
from bot.desk.editing.sheets import signs
from bot.desk.editing.sheets.fields import KINDS, Field, Wrong


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("落水", "落水"),
        ("掉 粪坑", "掉.{0,8}粪坑"),
        ("掉/摔 粪坑/沼气池", "(掉|摔).{0,8}(粪坑|沼气池)"),
        ("掉 / 摔　粪坑", "(掉|摔).{0,8}粪坑"),
        ("掉／摔", "(掉|摔)"),
        ("(掉|摔)[^不]{0,4}坑", "(掉|摔)[^不]{0,4}坑"),
        ("^喝了.*农药", "^喝了.*农药"),
    ],
)
def test_words_become_an_expression(typed: str, expression: str) -> None:
    assert signs.pattern(typed) == expression
    assert signs.pattern(signs.words(expression)) == expression


def test_they_are_found_in_a_sentence_and_shown_as_words_again() -> None:
    expression = signs.pattern("掉/摔 粪坑/沼气池")

    assert re.search(expression, "娃儿摔进屋后头沼气池了") and not re.search(expression, "粪坑边上摔了")
    assert signs.words(expression) == "掉/摔 粪坑/沼气池"


def test_every_expression_there_is_comes_back_as_it_was() -> None:
    field = Field("patterns", "", kind="signs")
    for path in sorted(Path("content/safety").glob("*.yml")):
        script = read_safety_script(path)
        there = [each.pattern for each in (*script.patterns, *script.unless)]
        shown = KINDS["signs"].show(field, "patterns", there)
        assert KINDS["signs"].take(field, "patterns", shown) == there, path.name


@pytest.mark.parametrize("typed", ["(掉", "掉)", "*坑", "[坑", "坑{2,1}"])
def test_what_cannot_be_read_is_said_with_its_line(typed: str) -> None:
    with pytest.raises(Wrong, match="第 2 行.*读不懂"):
        KINDS["signs"].take(Field("patterns", "", kind="signs"), "patterns", {"patterns": [f"落水\n{typed}"]})
