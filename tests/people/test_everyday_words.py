"""content/everyday.yml: each word stands for one thing, and is written as it is looked up."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from bot.everyday.words import JOURNEY, MESSAGES, SHIFT, common, unknown_in
from bot.text.plain import squash
from tests.conftest import ROOT

TABLE = yaml.safe_load((ROOT / "content/everyday.yml").read_text("utf-8"))


def test_it_has_the_three_sections() -> None:
    assert set(TABLE) == {SHIFT, JOURNEY, MESSAGES}


@pytest.mark.parametrize("section", TABLE)
def test_each_word_stands_for_one_thing(section: str) -> None:
    words = [str(word) for others in TABLE[section].values() for word in others]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert [word for word in words if squash(word) != word] == []


@pytest.mark.parametrize(
    ("section", "said", "meant"),
    [
        (SHIFT, "下礼拜一起 上大夜", "下周一开始上夜班"), (SHIFT, "俩星期倒一回", "两周一换"), (JOURNEY, "往后挪挪", "推迟"), (JOURNEY, "晚上早上", "晚上早上"),
        (JOURNEY, "落屋", "到家"), (MESSAGES, "甭催", "别推"), (MESSAGES, "孩子不吃饭", "孩子不吃饭"),
    ],
)  # fmt: skip
def test_many_ways_to_say_it_become_one(section: str, said: str, meant: str) -> None:
    assert common(section, said) == meant


def test_it_counts_what_is_not_known() -> None:
    assert unknown_in("夜班换白班了", ["夜班", "白班", "换", "了"]) == 0
    assert unknown_in("夜班换孩子了", ["夜班", "白班", "换", "了"]) == 2
