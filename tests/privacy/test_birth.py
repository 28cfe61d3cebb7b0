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
    "我女儿【阴历二月初九】的",
    "【零八年腊月初三】的，虚岁多少",
    "身份证上写的【1986年7月11日】",
    "老大【2011.10.02】，老二【2017.05.19】",
    "我【七五年三月初八】的",
    "生辰是【丙申年四月初六】",
    "【去年腊月二十九】生的",
    "宝宝【23年6月8日】早产的",
    "他【九月初七】满十二，买个表",
    "孩子生日跟他爷爷同一天，【十月初一】",
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
    "23年正月初八开工",
    "21年5月的票",
    "老师2024.9.1通知",
    "下个月3号我生日",
    "腊月二十八的票还没抢到",
    "她2021年3月来的",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(birth.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(birth.find, case) == case
