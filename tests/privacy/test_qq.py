"""QQ numbers, known by the words around them. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import qq
from tests.privacy.marked import found

HITS = [
    "群号【672310098】",
    "qq【12345678】",
    "我QQ号是【2839471650】",
    "扣扣【305678912】",
    "企鹅号：【87654321】",
    "【12345678】是我的QQ",
    "q q没有，QQ群【123456789】",
    "扣【619283374】",
]
NEAR_MISSES = [
    "群里三十个人",
    "QQ能定位吗",
    "QQ飞车玩了3个小时",
    "QQ音乐会员15块",
    "qq农场2009年的",
    "12345678",
    "扣6192833元",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(qq.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(qq.find, case) == case
