"""The rules of `jiashu check` over a text that is not in its file yet: a lesson while it is typed, or the whole content with it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from bot.content.documents import ContentError, read_yaml
from bot.content.lessons import Lesson
from bot.content.lint.corpus import Corpus, ScriptPage, read_corpus
from bot.content.lint.danger import lesson_sets_off_alarm
from bot.content.lint.findings import Finding, Level, Rule
from bot.content.lint.rules import RULES
from bot.content.lint.run import check
from bot.desk.editing import alike

# Rules about two lessons need all of them; those about scripts, campaigns and tables say nothing of a lesson, and take their time.
_TOGETHER = ("C005", "C006")
_NOT_ABOUT_LESSONS = ("C021", "C024", *(f"C03{number}" for number in range(7)), "C040", "C041", "C042")
# Of all of the content, of files that are not beside a script while it is written, or looked at on its own.
_NOT_ABOUT_SCRIPTS = ("C006", "C022", "C024", *(f"C03{number}" for number in range(7)), "C040", "C041", "C042", "C065")
_NAMES_LESSONS = ("C061",)
# A lesson that is not finished may have other faults; these keep the assistant from loading its content.
_UNUSABLE = ("C001", "C002", "C003")
# What stands in a picture's line until somebody says what it shows.
SHOWS = "这里写图上是什么"
_UNSAID = re.compile(rf"!\[\s*(?:{SHOWS})?\s*\]\(")
_CALLED = ((" content/hotlines.yml 里", "“热线和急救电话”里"), ("加到 other_numbers 并", "加到那里的第二张表，并"))
_READING = Lock()
_BESIDE = ("hotlines.yml", "words.yml", "dialect.yml")


@dataclass(frozen=True)
class Remark:
    """What a rule says of the text: `line` is 1-based, `overlap` when another lesson is asked the same; `field`: of a form."""

    code: str
    line: int
    message: str
    error: bool
    overlap: bool
    field: str = ""


@dataclass(frozen=True)
class Checked:
    """What was found, and the lesson when it can be read."""

    remarks: tuple[Remark, ...]
    lesson: Lesson | None
    draft: bool

    @property
    def stops(self) -> tuple[Remark, ...]:
        """What has to be mended before anybody else looks at it."""
        return tuple(each for each in self.remarks if each.error and (not self.draft or each.code in _UNUSABLE))


def lesson(content: Path, relative: str, text: str, today: date) -> Checked:
    """Check one lesson among the others. Whoever saves what was just looked at need not wait for it again."""
    return _lesson(content, relative, text, today, fingerprint(content))


@lru_cache(maxsize=32)
def _lesson(content: Path, relative: str, text: str, today: date, stamp: int) -> Checked:
    everything = _corpus(content, stamp, today)
    with _beside(content) as root:
        _put(root / relative, text)
        mine = read_corpus(root, today)
    alone = replace(everything, lessons=mine.lessons, lesson_files=mine.lesson_files, quizzes=(), comics=(), shelf=())
    others = alike.those_like(mine.lessons, everything.lessons, _index(content, stamp, today), content / relative)
    together = replace(everything, lessons=(*others, *mine.lessons))
    found = [each for each in _findings(alone, together) if each[1].path == root / relative]
    unsaid = [number for number, line in enumerate(text.splitlines(), 1) if _UNSAID.search(line)]
    remarks = (
        *(_remark(finding, level, content, root) for level, finding in found),
        *(Remark("", number, "这张图还没写图上是什么：看不见图的人，听的就是这一句", True, False) for number in unsaid),
    )
    read = mine.lessons[0].lesson if mine.lessons else None
    unfinished = any(page.draft for page in mine.lesson_files)
    return Checked(tuple(sorted(set(remarks), key=lambda each: (not each.error, each.line, each.code))), read, unfinished)


def typed(relative: str, text: str) -> Checked:
    """Whether a YAML file can be read at all; the rest is said when it is sent."""
    with tempfile.TemporaryDirectory(prefix="jiashu-draft-") as folder:
        path = Path(folder) / "file.yml"
        _put(path, text)
        try:
            read_yaml(path)
        except ContentError as error:
            # Some files are a list: that is no fault, the whole check knows which.
            listed = re.search(r"^- ", text, re.MULTILINE) and error.line == 1 and error.message.startswith("应当是")
            remark = Remark("C001", error.line, error.message, True, False)
            return Checked(() if listed else (remark,), None, False)
    return Checked((), None, False)


def whole(content: Path, relative: str, text: str, today: date) -> Checked:
    """Check all of `content/` as it would be with this text: some seconds."""
    with _as_it_would_be(content, relative, text) as root:
        report = check(root, today)
        remarks = tuple(
            _remark(each, Level.ERROR, content, root, name=each.path != root / relative) for each in report.errors
        )
    return Checked(remarks, None, False)


def ruled(content: Path, relative: str, text: str, today: date, rules: Iterable[Rule]) -> list[Remark]:
    """What some rules say of one file, among all others as they are."""
    with _as_it_would_be(content, relative, text) as root:
        corpus = replace(_corpus(content, fingerprint(content), today), root=root)
        found = [(rule.level, finding) for rule in rules for finding in rule.check(corpus)]
        return [_remark(finding, level, content, root) for level, finding in found if finding.path == root / relative]


def script(content: Path, relative: str, text: str, today: date, alarms: bool) -> tuple[list[Remark], ScriptPage | None]:
    """Check one safety script; with `alarms` also for which lessons' questions it would fire (a second)."""
    remarks, page = _script(content, relative, text, today, alarms, fingerprint(content))
    return list(remarks), page


@lru_cache(maxsize=16)
def _script(content: Path, relative: str, text: str, today: date, alarms: bool, stamp: int) -> tuple[tuple[Remark, ...], ScriptPage | None]:
    everything = _corpus(content, stamp, today)
    with _beside(content) as root:
        _put(root / relative, text)
        mine = read_corpus(root, today)
        path = root / relative
        alone = replace(everything, root=root, lessons=(), lesson_files=(), scripts=mine.scripts, script_files=mine.script_files)
        alone = replace(alone, quizzes=(), comics=(), shelf=(), tables=())
        others = tuple(each for each in everything.scripts if each.page.path != content / relative)
        together = replace(everything, scripts=(*others, *mine.scripts))
        found = [
            (rule.level, finding)
            for rule in RULES
            if rule.code not in _NOT_ABOUT_SCRIPTS and not (rule.code == "C021" and _has_no_examples(mine))
            for finding in rule.check(together if rule.code == "C005" else alone)
            if finding.path == path
        ]
        remarks = [_remark(finding, level, content, root) for level, finding in found]
        if alarms and mine.scripts:
            fired = lesson_sets_off_alarm(replace(everything, scripts=mine.scripts))
            remarks += [Remark("C022", mine.scripts[0].page.line("patterns"), _plain(each.message, content, root), True, False) for each in fired]
        return tuple(remarks), mine.scripts[0] if mine.scripts else None


def _has_no_examples(mine: Corpus) -> bool:
    """C021 counts shares of them; that they are missing is said by the form."""
    return not all(each.examples for each in mine.scripts)


def one(content: Path, relative: str, text: str, today: date) -> list[Remark]:
    """Check a file that is neither lesson nor script (a table, a quiz, a comic, a list of words) by itself; lessons are only named."""
    everything = _corpus(content, fingerprint(content), today)
    with _beside(content, relative) as root:
        _put(root / relative, text)
        drawings = (content / relative).with_suffix("")
        if drawings.is_dir():
            (root / relative).with_suffix("").symlink_to(drawings.resolve())
        alone = read_corpus(root, today)
        named = replace(alone, lessons=everything.lessons)
        found = [
            (rule.level, finding)
            for rule in RULES
            for finding in rule.check(named if rule.code in _NAMES_LESSONS else alone)
            if finding.path == root / relative
        ]
        return [_remark(finding, level, content, root) for level, finding in found]


def questions(content: Path, today: date) -> Corpus:
    """All lessons and scripts as they are, read once as long as nobody changes them."""
    return _corpus(content, fingerprint(content), today)


@contextmanager
def _beside(content: Path, but: str = "") -> Iterator[Path]:
    """An empty folder with the tables that every rule looks into; without `but`, which is to be written there."""
    with tempfile.TemporaryDirectory(prefix="jiashu-draft-") as folder:
        root = Path(folder)
        for name in _BESIDE:
            if name != but and (content / name).exists():
                (root / name).symlink_to((content / name).resolve())
        yield root


@contextmanager
def _as_it_would_be(content: Path, relative: str, text: str) -> Iterator[Path]:
    """A folder like `content/`, made of links, in which one file holds `text`."""
    with tempfile.TemporaryDirectory(prefix="jiashu-draft-") as folder:
        root = here = Path(folder)
        there = content.resolve()
        for part in Path(relative).parts:
            for name in os.listdir(there) if there.is_dir() else ():
                if name != part:
                    (here / name).symlink_to(there / name)
            here, there = here / part, there / part
            if part != Path(relative).name:
                here.mkdir()
        _put(root / relative, text)
        yield root


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _findings(alone: Corpus, together: Corpus) -> Iterator[tuple[Level, Finding]]:
    for rule in RULES:
        if rule.code not in _NOT_ABOUT_LESSONS:
            for finding in rule.check(together if rule.code in _TOGETHER else alone):
                yield rule.level, finding


def _remark(finding: Finding, level: Level, content: Path, root: Path, name: bool = False) -> Remark:
    message = _plain(finding.message, content, root)
    if name:
        message = f"{finding.path.relative_to(root) if root in finding.path.parents else finding.path.name}：{message}"
    overlap = finding.code in _TOGETHER and finding.other is not None and finding.other != finding.path
    return Remark(finding.code, finding.line, message, level is Level.ERROR, overlap)


def _plain(message: str, content: Path, root: Path) -> str:
    """A rule's words as those read them who see forms and no files."""
    for there, here in (*_CALLED, (f"{root}/", ""), (f"{content}/", "")):
        message = message.replace(there, here)
    return message


def fingerprint(content: Path) -> int:
    paths = [*(content / "lessons").glob("*/*.md"), *(content / "safety").glob("*.yml"), *(content / each for each in _BESIDE)]
    return hash(tuple((str(path), path.stat().st_mtime_ns) for path in sorted(paths) if path.exists()))


def _corpus(content: Path, stamp: int, today: date) -> Corpus:
    # After a start the page and its check ask at the same moment: some seconds of work are done once.
    with _READING:
        return _read(content, stamp, today)


@lru_cache(maxsize=1)
def _read(content: Path, _stamp: int, today: date) -> Corpus:
    return read_corpus(content, today)


@lru_cache(maxsize=1)
def _index(content: Path, stamp: int, today: date) -> alike.Index:
    return alike.index_of(_corpus(content, stamp, today).lessons)
