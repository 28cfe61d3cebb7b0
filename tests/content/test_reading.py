"""Lessons, safety scripts and the library they make up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.documents import ContentError
from bot.content.lessons import read_lesson
from bot.content.library import load_library
from bot.content.safety import read_safety_script
from bot.text.plain import squash
from tests.content.cases import DANGER, SAFE, TALK, Change

LIBRARY = Path(__file__).parent / "library"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


def test_it_reads_a_lesson() -> None:
    lesson = read_lesson(LIBRARY / SAFE)
    assert (lesson.slug, lesson.series, lesson.ages, lesson.status) == (
        "crossing-the-road",
        "child_safety",
        (36, 144),
        "published",
    )
    assert len(lesson.questions) == 26
    assert lesson.sources[0].publisher == "世界卫生组织"
    assert lesson.try_this.startswith("今晚")
    assert lesson.body.startswith("## 为什么")


@pytest.mark.parametrize(
    ("age", "beginning"),
    [(None, "先教三个字"), (35, "先教三个字"), (36, "七岁前"), (83, "七岁前"), (84, "七岁以上"), (144, "先教三个字")],
)
def test_it_answers_by_age(age: int | None, beginning: str) -> None:
    assert read_lesson(LIBRARY / SAFE).answer_for(age).startswith(beginning)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("series: child_safety", "series: safety", "series:"),
        ("ages: [36, 144]", "ages: 36", "ages: 36"),
        ("  - ages: [84, 144]", "  - ages: [60, 144]", "[60, 144]"),
        ("form: lesson", "form: poem", "form:"),
        ("    year: 2023", '    year: "2023"', "title: 道路"),
        ("reviewed: false", "reviewed: maybe", "reviewed: maybe"),
        ("updated: 2026-11-01", "updated: 昨天", "updated:"),
        ("  - 怎么教娃过马路", "  - 12", "- 12"),
    ],
)
def test_it_refuses_a_lesson_of_another_shape(content: Path, old: str, new: str, at: str) -> None:
    change = Change("", SAFE, old, new, at)
    change.apply(content)
    with pytest.raises(ContentError) as refused:
        read_lesson(content / SAFE)
    assert refused.value.line == change.line(content)


@pytest.mark.parametrize(
    ("said", "fires"),
    [("娃掉河里了！！", True), ("怎么防止孩子掉河里？", False), ("手机掉 河里了", False), ("我工资都打水漂了", False)],
)
def test_a_script_fires_unless_something_speaks_against_it(said: str, fires: bool) -> None:
    assert read_safety_script(LIBRARY / DANGER).matches(squash(said)) is fires


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("urgency: emergency", "urgency: now", "urgency:"),
        ("(溺水|呛水", "((溺水|呛水", "溺水|呛水"),
        ("order: 10", 'order: "10"', "order:"),
        ('hotlines: ["120", "110"]', "hotlines: [120]", "hotlines:"),
    ],
)
def test_it_refuses_a_script_of_another_shape(content: Path, old: str, new: str, at: str) -> None:
    change = Change("", DANGER, old, new, at)
    change.apply(content)
    with pytest.raises(ContentError) as refused:
        read_safety_script(content / DANGER)
    assert refused.value.line == change.line(content)


def test_the_library_holds_what_is_published(content: Path) -> None:
    Change("", TALK, "status: published", "status: draft").apply(content)
    library = load_library(content)
    assert set(library.lessons) == {"crossing-the-road"}
    assert set(library.safety) == {"fell-into-water"}


def test_the_library_puts_the_deadlier_script_first(content: Path) -> None:
    (content / "safety/burn.yml").write_text((content / DANGER).read_text().replace("order: 10", "order: 5"))
    assert list(load_library(content).safety) == ["burn", "fell-into-water"]


def test_the_library_refuses_two_lessons_of_one_name(content: Path) -> None:
    shutil.copy(content / SAFE, content / "lessons/remote_communication")
    with pytest.raises(ContentError, match="crossing-the-road"):
        load_library(content)


def test_the_library_is_never_empty(content: Path) -> None:
    shutil.rmtree(content / "lessons")
    with pytest.raises(ContentError):
        load_library(content)
