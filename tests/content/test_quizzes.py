"""Quizzes and comics: their shape, and what of them is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.comics import load_comics, read_comic
from bot.content.documents import ContentError
from bot.content.library import load_library
from bot.content.quizzes import load_quizzes, read_quiz

LIBRARY = Path(__file__).parent / "library"
QUIZ = """lesson: crossing-the-road
title: 过马路
questions:
  - ask: 绿灯亮了，先做什么？
    options:
      - 看看左右
      - 跑过去
    right: 1
    when_right: 看清了再走。
    when_wrong: 有的车停不住，先看左右再走。
status: published
updated: 2026-11-21
"""
COMIC = """title: 过马路
lesson: crossing-the-road
summary: 三个字
panels:
  - {alt: 爷爷牵着孙子站在路边, says: ["停！"], note: 先停}
  - {alt: 两个人看左边}
  - {alt: 两个人走过去, says: ["好，走。"]}
status: published
updated: 2026-11-21
"""


def kept(folder: Path, kind: str, text: str) -> Path:
    path = folder / kind / "crossing-the-road.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_it_reads_a_quiz(tmp_path: Path) -> None:
    quiz = read_quiz(kept(tmp_path, "quizzes", QUIZ))
    (question,) = quiz.questions
    assert (quiz.slug, quiz.lesson, question.options) == ("crossing-the-road", "crossing-the-road", ("看看左右", "跑过去"))
    assert question.feedback(1) == "看清了再走。"
    assert question.feedback(2).startswith("有的车")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("lesson: crossing-the-road", "about: crossing-the-road", 1),
        ("right: 1", "right: 3", 8),
        ("right: 1", "right: true", 8),
        ("      - 跑过去\n", "", 5),
        ("      - 跑过去\n", "      - 12\n", 7),
        ("when_wrong:", "wrong:", 10),
        ("    when_wrong: 有的车停不住，先看左右再走。\n", "", 4),
        ("status: published", "status: ready", 11),
    ],
)
def test_it_refuses_a_quiz_of_another_shape(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(ContentError) as refused:
        read_quiz(kept(tmp_path, "quizzes", QUIZ.replace(old, new)))
    assert refused.value.line == line


def test_it_reads_a_comic(tmp_path: Path) -> None:
    first, second, _ = read_comic(kept(tmp_path, "comics", COMIC)).panels
    assert (first.says, first.note, second.says) == (("停！",), "先停", ())
    assert second.picture == tmp_path / "comics/crossing-the-road/2.svg"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  - {alt: 两个人看左边}\n", "", 4),
        ("{alt: 两个人看左边}", "{says: [走]}", 6),
        ("{alt: 两个人看左边}", "{alt: 看, says: 走}", 6),
        ("{alt: 两个人看左边}", "{alt: 看, picture: a.svg}", 6),
        ("{alt: 两个人看左边}", "{alt: 看, note: 3}", 6),
    ],
)
def test_it_refuses_a_comic_of_another_shape(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(ContentError) as refused:
        read_comic(kept(tmp_path, "comics", COMIC.replace(old, new)))
    assert refused.value.line == line


def test_only_what_is_published_is_loaded(tmp_path: Path) -> None:
    lessons = load_library(LIBRARY).lessons
    kept(tmp_path, "quizzes", QUIZ)
    assert set(load_quizzes(tmp_path, lessons)) == {"crossing-the-road"}
    kept(tmp_path, "quizzes", QUIZ.replace("published", "draft"))
    assert load_quizzes(tmp_path, lessons) == {}
    kept(tmp_path, "quizzes", QUIZ.replace("lesson: crossing-the-road", "lesson: not-yet-written"))
    assert load_quizzes(tmp_path, lessons) == {}


def test_a_comic_that_is_not_drawn_is_refused(tmp_path: Path) -> None:
    lessons = load_library(LIBRARY).lessons
    kept(tmp_path, "comics", COMIC)
    with pytest.raises(ContentError, match="1.svg"):
        load_comics(tmp_path, lessons)
    (tmp_path / "comics/crossing-the-road").mkdir()
    for number in (1, 2, 3):
        (tmp_path / f"comics/crossing-the-road/{number}.svg").write_text("<svg/>")
    assert set(load_comics(tmp_path, lessons)) == {"crossing-the-road"}
