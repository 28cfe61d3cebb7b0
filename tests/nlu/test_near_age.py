"""Sentences that speak of an age: by what stands before and after it."""

from __future__ import annotations

import pytest

from bot.text.near_age import sentences_about

TEXT = "先听他说。四五岁的孩子话短，就学动物叫。\n2. 三岁以下不给手机。满十岁可以自己走。\n7到9岁：每天二十分钟。不到一岁别喂蜂蜜。"


@pytest.mark.parametrize(
    ("months", "found"),
    [
        (48, ["四五岁的孩子话短，就学动物叫。"]),
        (30, ["三岁以下不给手机。"]),
        (96, ["7到9岁：每天二十分钟。"]),
        (132, ["满十岁可以自己走。"]),
        (20 * 12 + 1, []),
        (6, ["三岁以下不给手机。", "不到一岁别喂蜂蜜。"]),
    ],
)
def test_it_finds_what_fits(months: int, found: list[str]) -> None:
    assert sentences_about(TEXT, months) == found


def test_it_says_nothing_where_nothing_fits() -> None:
    assert sentences_about("先听他说。", 36) == []
