"""Run all rules over `content/` and say what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.clock import BEIJING
from bot.content.documents import ContentError
from bot.content.lint.corpus import Corpus, read_corpus
from bot.content.lint.findings import Finding, Level
from bot.content.lint.rules import RULES

# A broken or misplaced draft stops the assistant from loading its content; its other faults hurt nobody yet.
_ALWAYS_ERRORS = ("C001", "C002", "C003", "C060")


@dataclass(frozen=True)
class Report:
    """What was looked at and what was found, each list sorted by file, line and code."""

    lessons: int
    scripts: int
    questions: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def only(self, paths: Sequence[Path]) -> Report:
        """The findings in (or about) the given files and folders; everything when none is given."""
        if not paths:
            return self
        wanted = [path.resolve() for path in paths]
        errors = tuple(each for each in self.errors if _concerns(each, wanted))
        return replace(self, errors=errors, warnings=tuple(each for each in self.warnings if _concerns(each, wanted)))


def check(content: Path, today: date | None = None) -> Report:
    """Check the folder `content`; `today` defaults to the present day in China.

    Raises:
        ContentError: there is no such folder.
    """
    if not content.is_dir():
        raise ContentError(content, 1, "没有这个文件夹；在项目的根目录运行，或设好 JIASHU_CONTENT")
    corpus = read_corpus(content, today or datetime.now(BEIJING).date())
    drafts = {page.path for page in corpus.files if page.draft}
    found: dict[Level, list[Finding]] = {level: [] for level in Level}
    for rule in RULES:
        for finding in rule.check(corpus):
            unfinished = finding.path in drafts and rule.code not in _ALWAYS_ERRORS
            found[Level.WARNING if unfinished else rule.level].append(finding)
    return _report(corpus, found)


def _report(corpus: Corpus, found: dict[Level, list[Finding]]) -> Report:
    return Report(
        lessons=len(corpus.lesson_files),
        scripts=len(corpus.script_files),
        questions=sum(len(each.questions) for each in corpus.lessons),
        errors=_sorted(found[Level.ERROR]),
        warnings=_sorted(found[Level.WARNING]),
    )


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.path, each.line, each.code)))


def _concerns(finding: Finding, wanted: list[Path]) -> bool:
    places = [path.resolve() for path in (finding.path, finding.other) if path]
    return any(place == each or each in place.parents for place in places for each in wanted)
