"""Names half in pinyin, spread or dashed. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy import Kind
from bot.privacy.recognisers import person
from tests.privacy.marked import found, plain

HITS = [
    "【张zi涵】又打人",
    "孩子叫【李沐chen】",
    "我叫【李jing】，打工的",
    "我是【刘 小 红】，孩子两岁",
    "【陈小-芳】让我问问",
    "家长【王-芳】",
    "【倩-倩】不理我",
    "英文名【Kevin】",
    "wo jiao 【zhang wei】",
]
NEAR_MISSES = ["用app好", "高wifi信号", "江苏-南京", "安-全第一", "李 子 熟了", "钱 多少", "时 候", "下载wps方便", "3-5岁", "wo jiao ta"]


@pytest.mark.parametrize("case", HITS)
def test_it_goes(case: str) -> None:
    assert found(person.find, case, Kind.PERSON, Kind.NICKNAME) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_stays(case: str) -> None:
    assert found(person.find, case) == plain(case)
