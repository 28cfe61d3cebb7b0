"""Workplaces with a name. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import workplace
from tests.privacy.marked import found

HITS = [
    "在【富士康龙华厂区】上班",
    "【鸿运电子厂】做流水线",
    "在【比亚迪坪山工厂】",
    "【东莞市华盛鞋业有限公司】",
    "在【富士康】打螺丝",
    "在【海底捞】做服务员",
    "在【金凤凰酒店】做保洁",
    "进了【卓越制衣厂】",
]
NEAR_MISSES = [
    "在电子厂上班",
    "在工地干活",
    "东莞的厂里",
    "中山灯饰厂",
    "美团外卖送的饭",
    "华为手机怎么设",
    "去饭店吃饭",
    "超市买的奶粉",
    "我们公司",
    "人民医院挂哪个科",
    "外省电子厂",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(workplace.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(workplace.find, case) == case
