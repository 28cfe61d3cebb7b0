"""Days of birth. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import birth
from tests.privacy.marked import found

HITS = [
    "【2016年3月5日】生",
    "【一六年三月初五】出生",
    "【二零一七年八月十五】生的",
    "生日【2018.7.12】",
    "【2019-11-03】出生",
    "出生日期：【2020/5/6】",
    "【20170912】出生",
    "生日是【6月18号】",
    "【农历腊月二十三】生日",
    "【三月初三】是他生日",
    "【2019年3月】出生",
    "【14年10月2号】生的",
    "生于【2013年12月30日】",
    "【2019年3月12日】",
    "我娃是【16年五月】的",
    "老大是【2014年9月3号】的，上四年级",
    "【9月21日】是他十岁生日",
]
NEAR_MISSES = [
    "3月5号他生病了",
    "9月1日开学",
    "2027年高考",
    "国庆节那天他生日",
    "2016年生的",
    "明天生日",
    "这个月15号发工资",
    "正月十五吃元宵",
    "2024年12月3日去打疫苗",
    "三月份回家",
    "今年3岁5个月",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(birth.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(birth.find, case) == case
