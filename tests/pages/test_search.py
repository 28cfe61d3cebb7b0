"""Search finds the lesson that is meant: by its words, by the sound of wrong ones, in dialect, in traditional characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from bot.content.lessons import Lesson
from bot.content.library import load_library
from bot.pages import search
from bot.pages.search import Index
from bot.text.dialect import Dialect, read_dialect
from tests.conftest import ROOT

LESSONS = load_library(ROOT / "content").lessons


@pytest.fixture(scope="module")
def index() -> Index:
    return search.build(LESSONS, read_dialect(ROOT / "content/dialect.yml"))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("防溺水", "drowning"),
        ("防逆水", "drowning"),
        ("孩子不说话", "the-silent-child"),
        ("娃不说话咋个办", "the-silent-child"),
        ("被狗咬了", "dog-bites-and-rabies"),
        ("发稍", "fever-by-age"),
        ("發燒", "fever-by-age"),
        ("月经", "menstruation"),
        ("大姨妈", "menstruation"),
        ("上夜班睡不着", "sleep"),
        ("打游戏冲值", "online-strangers-scams-topups"),
        ("礼物", "gifts-by-age"),
        ("补液盐", "diarrhoea-and-ors"),
        ("煤气中毒", "carbon-monoxide"),
        ("班组会", "meetings-ground-rules"),
    ],
)
def test_it_finds_what_is_meant(index: Index, words: str, slug: str) -> None:
    assert slug in index.find(words)[:3]


def test_a_title_finds_its_lesson(index: Index) -> None:
    missed = [slug for slug, lesson in LESSONS.items() if index.find(lesson.title[: search.LONGEST])[:1] != [slug]]

    assert missed == []


@pytest.mark.parametrize("words", ["qwerty", "股票代码", "刀削面", "xyz 孩子", "？！。", "", " "])
def test_what_no_lesson_speaks_of_finds_nothing(index: Index, words: str) -> None:
    assert index.find(words) == []


def test_what_is_much_worse_than_the_best_is_left_out(index: Index) -> None:
    assert len(index.find("防溺水")) <= 3


@example_settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_has_an_answer(words: str) -> None:
    assert len(_SMALL.find(words)) <= 20


def _some(count: int) -> dict[str, Lesson]:
    return dict(list(LESSONS.items())[:count])


_SMALL = search.build(_some(10), Dialect({}))
