"""Number plates. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import plate
from tests.privacy.marked import found

HITS = [
    "车牌【粤B12345】",
    "【湘E·7K892】面包车",
    "【粤BD12345】新能源",
    "【川A 88K6T】",
    "【鄂AF05217】",
    "【粤b12345】",
    "【皖A·D·60817】",
]
NEAR_MISSES = [
    "川菜ABC",
    "京东12345",
    "贵A",
    "苏打B6",
    "鲁班7号",
    "闽南话",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(plate.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(plate.find, case) == case
