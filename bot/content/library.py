"""All published content in memory: what the assistant answers from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import ContentError
from bot.content.lessons import Lesson, read_lesson
from bot.content.safety import SafetyScript, read_safety_script


@dataclass(frozen=True)
class Library:
    """Published lessons and safety scripts by slug; scripts in the order in which they are answered."""

    lessons: Mapping[str, Lesson]
    safety: Mapping[str, SafetyScript]


def load_library(content: Path) -> Library:
    """Read `content/`; drafts and reviewed but unpublished files are left out.

    Raises:
        ContentError: the first broken file, or two lessons with one slug, or no lesson at all.
    """
    lessons: dict[str, Lesson] = {}
    for path in sorted((content / "lessons").glob("*/*.md")):
        lesson = read_lesson(path)
        if lesson.slug in lessons:
            raise ContentError(path, 1, f"已经有一课叫 {lesson.slug}：{lessons[lesson.slug].path}，换个文件名")
        if lesson.status == "published":
            lessons[lesson.slug] = lesson
    if not lessons:
        raise ContentError(content / "lessons", 1, "一篇发布了的课文也没有")
    scripts = (read_safety_script(path) for path in sorted((content / "safety").glob("*.yml")))
    published = sorted((script for script in scripts if script.status == "published"), key=lambda each: each.order)
    return Library(lessons, {script.slug: script for script in published})
