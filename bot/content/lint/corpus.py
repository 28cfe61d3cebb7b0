"""Everything the rules look at, read once: lessons, scripts, hotlines, word lists, regional words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bot.content.comics import Comic, comic_from
from bot.content.documents import ContentError, Document, read_list, read_markdown, read_yaml
from bot.content.lessons import Lesson, lesson_from
from bot.content.lint.reference import Hotlines, Words, read_hotlines, read_words
from bot.content.quizzes import Quiz, quiz_from
from bot.content.safety import SafetyScript, safety_script_from
from bot.content.tables.activities import ACTIVITIES
from bot.content.tables.entries import Table, entries
from bot.content.tables.gifts import GIFTS
from bot.content.tables.milestones import MILESTONES
from bot.content.tables.photos import PHOTOVOICE
from bot.content.tables.starters import STARTERS
from bot.text.dialect import Dialect, read_dialect
from bot.text.plain import plain, squash

T = TypeVar("T")

_TABLES: tuple[Table[Any], ...] = (STARTERS, GIFTS, ACTIVITIES, MILESTONES, PHOTOVOICE)


@dataclass(frozen=True)
class Page:
    """One file: its lines as they stand there, its values if it could be read, and the reader's complaint if it could not be used."""

    path: Path
    raw: tuple[str, ...]
    document: Document | None
    error: ContentError | None

    def line(self, where: str, snippet: str = "") -> int:
        """The line of a value, or the first line from there on in which `snippet` stands; 1 when the file could not be read."""
        if self.document is None:
            return 1
        start = self.document.body_line if where == "body" else self.document.line(where)
        if snippet:
            for number, text in enumerate(self.raw[start - 1 :], start):
                if snippet in text:
                    return number
        return start

    @property
    def draft(self) -> bool:
        """Whether the file says that it is not finished."""
        return self.document is not None and self.document.data.get("status") == "draft"


@dataclass(frozen=True)
class Question:
    """One sentence of `questions`, `examples` or `near_misses` with its place and the forms in which messages are compared."""

    page: Page
    where: str
    text: str
    squashed: str
    readings: tuple[str, ...]

    @property
    def line(self) -> int:
        return self.page.line(self.where)


@dataclass(frozen=True)
class LessonPage:
    """A lesson that could be read, and its questions."""

    page: Page
    lesson: Lesson
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ScriptPage:
    """A safety script that could be read, and its sentences."""

    page: Page
    script: SafetyScript
    examples: tuple[Question, ...]
    near_misses: tuple[Question, ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a table that could be read: its place ("gifts[3]"), its values and what became of them."""

    where: str
    document: Document
    value: object


@dataclass(frozen=True)
class TablePage:
    """One table of `bot.content.tables`: the entries that could be read, and what is wrong with the others."""

    page: Page
    table: Table[Any]
    entries: tuple[Entry, ...]
    errors: tuple[ContentError, ...]


@dataclass(frozen=True)
class QuizPage:
    """A file of `content/quizzes/`; `quiz` is None when it cannot be used."""

    page: Page
    quiz: Quiz | None


@dataclass(frozen=True)
class ComicPage:
    """A file of `content/comics/`; `comic` is None when it cannot be used."""

    page: Page
    comic: Comic | None


@dataclass(frozen=True)
class Corpus:
    """`content/` as one value. Files that cannot be used are only in `lesson_files` and `script_files`.

    `tables` are the complaints about hotlines, word lists and regional words.
    """

    root: Path
    today: date
    lesson_files: tuple[Page, ...]
    script_files: tuple[Page, ...]
    lessons: tuple[LessonPage, ...]
    scripts: tuple[ScriptPage, ...]
    hotlines: Hotlines
    words: Words
    tables: tuple[ContentError, ...]
    shelf: tuple[TablePage, ...] = ()
    quizzes: tuple[QuizPage, ...] = ()
    comics: tuple[ComicPage, ...] = ()

    @property
    def files(self) -> tuple[Page, ...]:
        """Files that may be drafts."""
        played = tuple(each.page for each in self.quizzes) + tuple(each.page for each in self.comics)
        return self.lesson_files + self.script_files + played


def read_corpus(root: Path, today: date) -> Corpus:
    """Read the folder `content/`. Never raises for a broken file: that becomes a finding."""
    complaints: list[ContentError] = []
    hotlines = _or(complaints, Hotlines(), lambda: read_hotlines(root / "hotlines.yml"))
    words = _or(complaints, Words(), lambda: read_words(root / "words.yml"))
    dialect = _or(complaints, Dialect({}), lambda: _dialect(root / "dialect.yml"))
    lessons = [_lesson(path, dialect) for path in sorted((root / "lessons").glob("*/*.md"))]
    scripts = [_script(path, dialect) for path in sorted((root / "safety").glob("*.yml"))]
    return Corpus(
        root,
        today,
        tuple(page for page, _ in lessons),
        tuple(page for page, _ in scripts),
        tuple(lesson for _, lesson in lessons if lesson),
        tuple(script for _, script in scripts if script),
        hotlines,
        words,
        tuple(complaints),
        tuple(_table(table, root) for table in _TABLES if table.path(root).exists()),
        tuple(QuizPage(*_page(path, read_yaml, quiz_from)) for path in sorted((root / "quizzes").glob("*.yml"))),
        tuple(ComicPage(*_page(path, read_yaml, comic_from)) for path in sorted((root / "comics").glob("*.yml"))),
    )


def _or(complaints: list[ContentError], otherwise: T, read: Callable[[], T]) -> T:
    try:
        return read()
    except ContentError as error:
        complaints.append(error)
        return otherwise


def _dialect(path: Path) -> Dialect:
    """The regional words; a file of another shape is complained about by C024 and counts as empty here."""
    if not path.exists():
        return Dialect({})
    groups = read_yaml(path).data.items()
    if all(isinstance(common, str) and _are_words(words) for common, words in groups):
        return read_dialect(path)
    return Dialect({})


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _lesson(path: Path, dialect: Dialect) -> tuple[Page, LessonPage | None]:
    page, lesson = _page(path, read_markdown, lesson_from)
    if lesson is None:
        return page, None
    return page, LessonPage(page, lesson, _questions(page, "questions", lesson.questions, dialect))


def _script(path: Path, dialect: Dialect) -> tuple[Page, ScriptPage | None]:
    page, script = _page(path, read_yaml, safety_script_from)
    if script is None:
        return page, None
    examples = _questions(page, "examples", script.examples, dialect)
    return page, ScriptPage(page, script, examples, _questions(page, "near_misses", script.near_misses, dialect))


def _table(table: Table[Any], root: Path) -> TablePage:
    path = table.path(root)
    try:
        document = read_list(path, table.name)
        documents = tuple(entries(document, table.name))
    except ContentError as error:
        return TablePage(Page(path, (), None, error), table, (), (error,))
    read: list[Entry] = []
    errors: list[ContentError] = []
    for index, each in enumerate(documents):
        try:
            read.append(Entry(f"{table.name}[{index}]", each, table.made(each)))
        except ContentError as error:
            errors.append(error)
    page = Page(path, tuple(path.read_text(encoding="utf-8").splitlines()), document, None)
    return TablePage(page, table, tuple(read), tuple(errors))


def _page(path: Path, read: Callable[[Path], Document], build: Callable[[Document], T]) -> tuple[Page, T | None]:
    try:
        document = read(path)
    except ContentError as error:
        return Page(path, (), None, error), None
    # The reader ignores a byte order mark; the lines are only searched, so it does no harm here.
    raw = tuple(path.read_text(encoding="utf-8").splitlines())
    try:
        return Page(path, raw, document, None), build(document)
    except ContentError as error:
        return Page(path, raw, document, error), None


def _questions(page: Page, key: str, texts: Iterable[str], dialect: Dialect) -> tuple[Question, ...]:
    return tuple(_question(page, f"{key}[{index}]", text, dialect) for index, text in enumerate(texts))


def _question(page: Page, where: str, text: str, dialect: Dialect) -> Question:
    squashed = squash(text)
    # The DangerDetector looks at what was written and at its plain form in common words: so must every rule about patterns.
    readings = dict.fromkeys((squashed, squash(dialect.common(plain(text)))))
    return Question(page, where, text, squashed, tuple(readings))
