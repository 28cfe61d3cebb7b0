"""Addresses below the county. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import address
from tests.privacy.marked import found

HITS = [
    "住在【贵州省毕节市大方县猫场镇新民村三组】",
    "家住【湖南省邵阳市隆回县桃洪镇文昌村5组23号】",
    "我住【深圳市宝安区西乡街道固戍社区二村12栋503】",
    "【东莞市长安镇锦厦新村三巷8号】",
    "宿舍【3栋402】",
    "厂里宿舍【二栋三零五】",
    "【阳光花园小区8栋2单元1203室】",
    "【和平路12号】",
    "【大坪镇】那边",
    "【杨家湾村四组】",
    "住【和谐小区】",
    "老家【贵州省毕节市大方县】",
    "从【瓦窑坡】走到学校要两个钟头",
    "娃在【弄拉屯】",
    "我们在【黄泥塘组】",
    "我住【五和大道】",
    "在【建设路】上开了个小店",
    "在【中山路】开店",
    "【樟木头镇先威路】这边",
    "地址【贵州省黔东南苗族侗族自治州从江县加鸠乡】",
    "住【河南省信阳市固始县往流镇】",
    "家庭住址【藤桥镇沿河路12巷3号402房】",
    "老家【下坳镇三合村5组18号】，在外打工",
    "门牌【208号】",
    "【3楼302】的",
    "回【张家湾】要转三趟车",
]
NEAR_MISSES = [
    "我在东莞打工",
    "老家四川凉山",
    "广东省深圳市",
    "大方县的娃",
    "县城的房子",
    "我们村没医生",
    "住城中村",
    "同一条路",
    "镇上没有卫生院",
    "骑十里路去上学",
    "走了冤枉路",
    "三楼太高",
    "隔壁小区",
    "村委会不管",
    "马路上危险",
    "全家福里没有他",
    "家乡的味道",
    "走在路上摔了",
    "在回家的路上",
    "走高速路回家",
    "在步行街买的",
    "在沙坪坝上学",
    "在山坡上放牛",
    "在鱼塘边玩",
    "从百草园到三味书屋",
    "北京路好玩吗",
    "从张家界回来",
    "有10楼那么高",
    "连县里路都不认得",
    "网约车闽D·T4829",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(address.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(address.find, case) == case
