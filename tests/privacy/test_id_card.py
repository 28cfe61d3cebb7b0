"""Resident identity numbers. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import id_card
from tests.privacy.marked import found

HITS = [
    "身份证【11010519491231002X】",
    "【11010519491231002x】是我妈的",
    "【110105 19491231 002X】",
    "号码【１１０１０５１９４９１２３１００２Ｘ】",
    "身份证【一一零一零五一九四九一二三一零零二X】",
    "【130503670401001】老证",
    "身份证号抄错了一位【110105194912310021】",
    "身份证后六位【28461X】",
]
NEAR_MISSES = [
    "110105194912310021",
    "订单号110105194912319999",
    "编号999999194912310029",
    "1234567890123456",
    "15位的123456789012345",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(id_card.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(id_card.find, case) == case
