"""Each rule finds what breaks it, on the right line, and leaves alone what just keeps it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.lint.findings import Finding, Rule
from bot.content.lint.rules import RULES
from bot.content.lint.run import Report, check
from tests.content.cases import BREAKS, Change
from tests.content.kept import KEEPS

LIBRARY = Path(__file__).parent / "library"
TODAY = date(2026, 11, 21)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


def named(change: Change) -> str:
    return f"{change.code} {Path(change.path).stem} {change.new.strip()[:12]}"


def test_it_finds_nothing_in_a_clean_library() -> None:
    report = check(LIBRARY, TODAY)
    assert (report.errors, report.warnings) == ((), ())
    assert (report.lessons, report.scripts, report.questions) == (2, 1, 52)


@pytest.mark.parametrize("change", BREAKS, ids=named)
def test_it_finds_what_breaks_a_rule(content: Path, change: Change) -> None:
    change.apply(content)
    place = (content / change.path, change.line(content))
    assert place in [(each.path, each.line) for each in found(check(content, TODAY), change.code)]


@pytest.mark.parametrize("change", KEEPS, ids=named)
def test_it_leaves_alone_what_keeps_a_rule(content: Path, change: Change) -> None:
    change.apply(content)
    report = check(content, TODAY)
    assert [str(each) for each in report.errors + report.warnings if each.code == change.code] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_case_that_breaks_and_one_that_keeps_it(rule: Rule) -> None:
    assert rule.code in {change.code for change in BREAKS}
    assert rule.code in {change.code for change in KEEPS}


def found(report: Report, code: str) -> list[Finding]:
    return [each for each in report.errors + report.warnings if each.code == code]
