"""What else is said to a question of the profile."""

from __future__ import annotations

from datetime import date

import pytest

from bot.people import asides

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("不对，是四岁", "四岁"), ("不对 是贵州", "贵州"), ("错了，五岁", "五岁"), ("说错了 是男孩", "男孩"), ("不是奶奶是外婆", "外婆"),
        ("不是奶奶，是外婆", "外婆"), ("我想改一下 孩子是女孩", "女孩"), ("改成四川", "四川"), ("打错了5岁", "5岁"),
        ("不对", None), ("不知道", None), ("三岁", None), ("四川", None), ("不对啊我问的是孩子发烧了应该怎么办才好", None), ("", None),
    ],
)  # fmt: skip
def test_a_correction(text: str, right: str | None) -> None:
    assert asides.corrected(text) == right


@pytest.mark.parametrize("text", ["大的12小的3岁", "老大12岁，老二3岁", "两个孩子 大的12岁 小的五岁", "一个12岁一个3岁", "儿子12岁女儿5岁"])
def test_the_first_of_two(text: str) -> None:
    child = asides.first_of_two(text, TODAY)

    assert child is not None and child.birth_month == date(2014, 3, 1)


@pytest.mark.parametrize("text", ["大的打小的", "大的12岁", "三岁", "老大老二打架", ""])
def test_not_two(text: str) -> None:
    assert asides.first_of_two(text, TODAY) is None


@pytest.mark.parametrize("text", ["三岁", "还有个3岁的", "有 还有个小的 三岁", "还有一个三岁"])
def test_the_age_of_one_more(text: str) -> None:
    child = asides.one_more_of_age(text, TODAY)

    assert child is not None and child.birth_month == date(2023, 3, 1)


@pytest.mark.parametrize("text", ["没有", "还有一个", "还有个小的", "三岁孩子发烧怎么办", ""])
def test_no_age_of_one_more(text: str) -> None:
    assert asides.one_more_of_age(text, TODAY) is None


def test_small_words() -> None:
    assert all(asides.same_as_before(text) for text in ("一样", "也一样", "同上", "跟老大一样", "都一样的"))
    assert not any(asides.same_as_before(text) for text in ("不一样", "四川", "", "一样的问题怎么办"))
    assert all(asides.is_unborn(text) for text in ("还没出生", "明年三月生", "怀着呢", "预产期三月"))
    assert not any(asides.is_unborn(text) for text in ("五岁", "2019年5月生的", ""))
    assert all(asides.is_grown_up(text) for text in ("200岁", "20岁", "99", "今年十八岁".replace("十八", "18")))
    assert not any(asides.is_grown_up(text) for text in ("17岁", "五岁", "2019年5月", ""))
    assert all(asides.asks_why(text) for text in ("为什么要记这个", "问这个干嘛", "有什么用"))
    assert not any(asides.asks_why(text) for text in ("孩子为什么不听话", "同意", ""))
