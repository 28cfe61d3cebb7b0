"""A quiz: one to five questions on a lesson, each with an answer for who chose right and for who did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content import fields
from bot.content.documents import ContentError, Document, read_yaml
from bot.content.lessons import STATUSES, Lesson

MOST_QUESTIONS = 5
OPTIONS = (2, 4)
_KEYS = {"ask", "options", "right", "when_right", "when_wrong"}


@dataclass(frozen=True)
class QuizQuestion:
    """One question. `right` is the number of the right option, from 1."""

    ask: str
    options: tuple[str, ...]
    right: int
    when_right: str
    when_wrong: str

    def feedback(self, chosen: int) -> str:
        """What is said after an option was chosen; options are numbered from 1."""
        return self.when_right if chosen == self.right else self.when_wrong


@dataclass(frozen=True)
class Quiz:
    """One file of `content/quizzes/`, named as its lesson; it stands on that lesson's sources."""

    slug: str
    lesson: str
    title: str
    questions: tuple[QuizQuestion, ...]
    status: str
    path: Path


def load_quizzes(content: Path, lessons: Mapping[str, Lesson]) -> dict[str, Quiz]:
    """The published quizzes of published lessons, by slug.

    Raises:
        ContentError: the first broken file.
    """
    read = (read_quiz(path) for path in sorted((content / "quizzes").glob("*.yml")))
    return {quiz.slug: quiz for quiz in read if quiz.status == "published" and quiz.lesson in lessons}


def read_quiz(path: Path) -> Quiz:
    """Read and check the shape of one quiz.

    Raises:
        ContentError: with file, line and what to do.
    """
    return quiz_from(read_yaml(path))


def quiz_from(document: Document) -> Quiz:
    """Build a `Quiz` from a document that was read already."""
    return Quiz(
        slug=document.path.stem,
        lesson=fields.text(document, "lesson"),
        title=fields.text(document, "title"),
        questions=_questions(document),
        status=fields.choice(document, "status", STATUSES),
        path=document.path,
    )


def _questions(document: Document) -> tuple[QuizQuestion, ...]:
    items = fields.mappings(document, "questions")
    if not 1 <= len(items) <= MOST_QUESTIONS:
        raise ContentError(document.path, document.line("questions"), f"questions 要有 1–{MOST_QUESTIONS} 道题")
    return tuple(_question(document, item, f"questions[{index}]") for index, item in enumerate(items))


def _question(document: Document, item: Mapping[str, object], where: str) -> QuizQuestion:
    for key in item:
        if key not in _KEYS:
            raise ContentError(document.path, document.line(f"{where}.{key}"), f"题目里没有 {key} 这一项")
    options = _options(document, item.get("options"), f"{where}.options")
    right = item.get("right")
    if not isinstance(right, int) or isinstance(right, bool) or not 1 <= right <= len(options):
        line = document.line(f"{where}.right")
        raise ContentError(document.path, line, f"right 写对的是第几个，从 1 到 {len(options)}")
    ask, when_right, when_wrong = (_text(document, item, where, key) for key in ("ask", "when_right", "when_wrong"))
    return QuizQuestion(ask, options, right, when_right, when_wrong)


def _options(document: Document, value: object, where: str) -> tuple[str, ...]:
    least, most = OPTIONS
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise ContentError(document.path, document.line(where), f"options 要有 {least}–{most} 个选项，一行一个")
    for index, option in enumerate(value):
        if not isinstance(option, str) or not option.strip():
            line = document.line(f"{where}[{index}]")
            raise ContentError(document.path, line, "这个选项不是文字，整句加英文双引号")
    return tuple(option.strip() for option in value)


def _text(document: Document, item: Mapping[str, object], where: str, key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ContentError(document.path, document.line(f"{where}.{key}"), f"这道题少了 {key}")
    return value.strip()
