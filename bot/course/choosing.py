"""Which quiz comes next, and which option a parent's words mean."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence

from bot.content.lessons import Lesson
from bot.content.quizzes import Quiz
from bot.course.syllabus import SERIES
from bot.text.plain import plain, squash

_NUMBER = re.compile(r"(?:我?选择?|应该是|是|第|答案是?)*([1-4一二两三四abcd])(?:个|项|条|号|吧|啊|呀|的|那个|对|嘛|咯|哦)*")
_VALUES = {sign: number for signs in ("1234", "一二三四", "abcd") for number, sign in enumerate(signs, 1)} | {"两": 2}
# Shorter pieces of an option stand in many sentences.
_SHORTEST_PIECE = 4


def choose_quiz(
    quizzes: Mapping[str, Quiz],
    lessons: Mapping[str, Lesson],
    parent_key: str,
    taken: Collection[str],
    age_months: int | None = None,
    last_lesson: str = "",
) -> Quiz | None:
    """A quiz for who asked for any: of the lesson just read, else one for parents that fits the child's age and is new.

    The same parent gets the same order each time, other parents another one. When all were taken they begin anew.
    The course's own quizzes are left to the course. None only where there is no quiz at all.
    """
    if last_lesson in quizzes and last_lesson not in taken:
        return quizzes[last_lesson]
    for_parents = [each for slug, each in quizzes.items() if _is_for_parents(lessons[slug])]
    fitting = [each for each in for_parents if _fits(lessons[each.slug], age_months)] or for_parents
    fresh = [each for each in fitting if each.slug not in taken] or fitting
    return min(fresh, key=lambda each: _turn(parent_key, each.slug), default=None)


def read_option(words: str, options: Sequence[str]) -> int | None:
    """The number (from 1) of the option that is meant: 2, 第二个, B, its words or a piece of them; None for anything else."""
    said = squash(plain(words)).lower()
    folded = [squash(plain(option)).lower() for option in options]
    if said in folded:
        return folded.index(said) + 1
    number = _NUMBER.fullmatch(said)
    if number:
        value = _VALUES[number.group(1)]
        return value if value <= len(options) else None
    if len(said) < _SHORTEST_PIECE:
        return None
    holding = [index for index, option in enumerate(folded, 1) if said in option]
    return holding[0] if len(holding) == 1 else None


def _is_for_parents(lesson: Lesson) -> bool:
    return "parents" in lesson.audience and lesson.series != SERIES


def _fits(lesson: Lesson, age_months: int | None) -> bool:
    return age_months is None or lesson.ages[0] <= age_months < lesson.ages[1]


def _turn(parent_key: str, slug: str) -> str:
    return hashlib.sha256(f"{parent_key}/{slug}".encode()).hexdigest()
