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
    "我在【昆山世硕电子】打螺丝",
    "老公在【金牛皮具】做皮包",
    "在【东莞信泰光学】",
    "单位：【苏州绿点科技】",
    "【天润乳业】上班",
    "厂名叫【利华成衣】",
    "我是【鸿富锦】的员工",
    "他爸爸在【三一重工】",
    "【康达医院】做护工",
    "【肯德基】当服务员",
    "【双汇】屠宰车间",
    "我在【兴发木器厂】打磨",
    "他爸在【海信】上夜班",
    "我在【歌尔声学】，流水线",
    "在【德胜线束厂】打工",
    "【利达塑胶厂】不给请假",
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
    "快递单号SF1234567890123",
    "在网上买电子产品",
    "在京东电器买的空调",
    "带他去肯德基过生日",
    "在科技馆玩",
    "单位是事业单位",
    "我们厂是做电子的",
    "公司叫他加班",
    "我是他的工人",
    "物流很慢",
    "在朋友服装厂帮忙",
    "在沿海电子厂",
    "在台资鞋厂",
    "在做鞋的厂",
    "在厂里做开关",
    "在正规电子厂",
    "在福田打工",
    "在豆腐店买的",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(workplace.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(workplace.find, case) == case
