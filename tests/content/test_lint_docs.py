"""Rules, their pages, the style guide and the template say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.lint.common_characters import COMMON_CHARACTERS
from bot.content.lint.findings import Level, Rule
from bot.content.lint.parts import BODY_CHARACTERS
from bot.content.lint.questions import LEAST_QUESTIONS
from bot.content.lint.reference import read_hotlines, read_words
from bot.content.lint.replies import MOST_BYTES
from bot.content.lint.rules import RULES
from bot.content.lint.shape import LESSON, SCRIPT

PARTS = ("## 查什么", "## 为什么", "## 这样不行", "## 这样可以")
LEVELS = {Level.ERROR: "必须改", Level.WARNING: "提醒"}


def test_codes_are_given_once() -> None:
    # Each subject has a range of its own (C050 is where the tables begin), so there are gaps between them.
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes)) and codes[:26] == [f"C{number:03}" for number in range(1, 27)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_page(root: Path, rule: Rule) -> None:
    page = (root / f"docs/lint/{rule.code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {rule.code} {rule.name}\n\n{LEVELS[rule.level]}。\n")
    assert [part for part in PARTS if part not in page] == []


def test_the_index_names_every_rule_and_no_other(root: Path) -> None:
    index = (root / "docs/lint/README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(C\d{3})\]\((C\d{3})\.md\) \| (.+) \| (.+) \|$", index, re.MULTILINE)
    assert rows == [(rule.code, rule.code, rule.name, LEVELS[rule.level]) for rule in RULES]
    assert {path.stem for path in (root / "docs/lint").glob("C*.md")} == {rule.code for rule in RULES}


@pytest.mark.parametrize("page", ["STYLE.md", "TEMPLATE.md"])
def test_the_guides_name_the_numbers_of_the_rules(root: Path, page: str) -> None:
    text = (root / "content" / page).read_text(encoding="utf-8")
    assert f"至少 {LEAST_QUESTIONS} 句" in text
    assert f"最多 {MOST_BYTES} 字节" in text


def test_the_template_names_the_size_of_a_body(root: Path) -> None:
    text = (root / "content/TEMPLATE.md").read_text(encoding="utf-8")
    assert f"正文 {BODY_CHARACTERS[0]}–{BODY_CHARACTERS[1]} 字" in text


def test_the_template_has_every_field_that_is_needed(root: Path) -> None:
    _, lesson, script = re.split(
        r"^```(?:markdown|yaml)$", (root / "content/TEMPLATE.md").read_text("utf-8"), flags=re.M
    )
    for text, fields in ((lesson, LESSON), (script, SCRIPT)):
        keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
        assert set(fields.needed) <= keys <= set(fields.needed + fields.allowed)


def test_the_word_lists_hold_what_the_style_guide_names(root: Path) -> None:
    style = (root / "content/STYLE.md").read_text(encoding="utf-8")
    words = read_words(root / "content/words.yml")
    blamed = next(line for line in style.splitlines() if line.startswith("- 不怪人"))
    trade = re.search(r"不用术语：(.+?)……", style)
    assert trade is not None
    for named in re.findall("“(.+?)”", blamed):
        assert any(each.word.startswith(named) for each in words.blame), named
    assert set(trade[1].split("、")) <= {each.word for each in words.jargon}


def test_the_hotlines_can_be_read(root: Path) -> None:
    hotlines = read_hotlines(root / "content/hotlines.yml")
    assert {"110", "119", "120", "12356"} <= hotlines.lines
    assert "12306" in hotlines.others


def test_the_common_characters_are_the_2500() -> None:
    assert len(COMMON_CHARACTERS) == 2500
    assert set("爸妈孩勺烫粥") <= COMMON_CHARACTERS
    assert not set("疹饕媽") & COMMON_CHARACTERS
