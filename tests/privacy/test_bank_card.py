"""Bank card numbers. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import bank_card
from tests.privacy.marked import found

HITS = [
    "【6222********1234】",
    "卡号【6222021001116245702】",
    "打到【6222 0210 0111 6245 702】",
    "【6222-0210-0111-6245-702】",
    "【4111111111111111】",
    "农行卡【6228481234567890123】",
    "工资卡号抄错了【622202100111624570】",
    "骗子让我往【6214857638019277】转五千",
    "存折【6013820800012345678】",
]
NEAR_MISSES = [
    "打了*****",
    "6222021001116245703",
    "快递单号6222021001116245702",
    "订单4111111111111111",
    "一共4111块",
    "往前走1234567890123步转个弯",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(bank_card.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(bank_card.find, case) == case
