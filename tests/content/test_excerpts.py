"""Parts of a lesson for what is asked next: the words to say, the steps in short, an example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import excerpts
from bot.content.lessons import AgedAnswer, Lesson
from bot.content.library import load_library

BODY = """## 头一个电话

先喝口水。“我不骂你，我想听你说给我听。”说完就停。

## 别的

平常多聊聊。
"""
ANSWER = """先接住心情。

1. 先听：“你慢慢说，妈妈在听着呢。”不打断。
2. 不说“我早就跟你讲过的”。说：“换了我也会难过的呀。”
3. 他说“这一切都是你们的错”，您先不回嘴。"""


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    some = next(iter(load_library(Path(__file__).parent / "library").lessons.values()))
    return replace(some, answer=ANSWER, body=BODY, answers=(AgedAnswer(0, 12, "1. 说：“宝宝乖，妈妈抱抱你呀。”"),))


def test_only_what_a_parent_can_say_is_among_the_words(lesson: Lesson) -> None:
    assert excerpts.words_to_say(lesson, None) == ["你慢慢说，妈妈在听着呢。", "换了我也会难过的呀。", "我不骂你，我想听你说给我听。"]


def test_the_words_fit_the_age(lesson: Lesson) -> None:
    assert excerpts.words_to_say(lesson, 6)[0] == "宝宝乖，妈妈抱抱你呀。"


@pytest.mark.parametrize("before", ["跟老人说：", "对孩子说：", "再说：", "教他说："])
def test_words_for_somebody_are_words_to_say(lesson: Lesson, before: str) -> None:
    assert excerpts.words_to_say(replace(lesson, answer=f"{before}“咱们一起慢慢来好不好。”", body=""), None)


def test_steps_are_whole_sentences(lesson: Lesson) -> None:
    long = "先做一件小事。" * 20
    short, cut = excerpts.steps(replace(lesson, answer=f"1. 听。\n2. {long}"), None)

    assert short == "听。" and cut.endswith("。") and 0 < len(cut) <= 60
    assert excerpts.steps(lesson, None)[0] == "先听：“你慢慢说，妈妈在听着呢。”不打断。"


def test_an_example_is_the_section_where_somebody_speaks(lesson: Lesson) -> None:
    assert excerpts.example(lesson).startswith("先喝口水。")
    assert excerpts.example(replace(lesson, body="## 别的\n\n平常多聊聊。")) == ""


def test_what_is_published_has_something_to_give(root: Path) -> None:
    for lesson in load_library(root / "content").lessons.values():
        assert excerpts.steps(lesson, None), lesson.slug
        # WeChat's text message holds 2048 bytes.
        words = "\n".join(excerpts.words_to_say(lesson, None))
        assert max(len(part.encode()) for part in (words, excerpts.example(lesson))) < 1800, lesson.slug
