"""Pinyin in the place of characters is read by what stands side by side in the sentences that were learned."""

from __future__ import annotations

import pytest

from bot.text.pinyin import Pinyin
from tests.nlu.sentences import SENTENCES


@pytest.fixture(scope="module")
def learned() -> Pinyin:
    return Pinyin.learn(SENTENCES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("我女儿来yuejing了", "我女儿来月经了"), ("我儿子fashao了怎么ban", "我儿子发烧了怎么办"), ("haizi bu shuohua", "孩子不说话"),
        ("haizi nishui le", "孩子溺水了"), ("nainai dai haizi", "奶奶带孩子"), ("他shuijiao不好", "他睡觉不好"),
    ],
)  # fmt: skip
def test_it_is_read_as_characters(learned: Pinyin, typed: str, meant: str) -> None:
    assert learned.read(typed) == meant


@pytest.mark.parametrize("text", ["孩子不说话", "孩子fever 39怎么办", "厂里的wifi连不上", "跟ai聊天", "are you a robot", "a", "bb唔饮奶", ""])
def test_what_is_no_pinyin_stays(learned: Pinyin, text: str) -> None:
    assert learned.read(text) == text


def test_without_anything_learned_it_changes_nothing() -> None:
    assert Pinyin.learn([]).read("haizi bu shuohua") == "haizi bu shuohua"
