"""Nicknames. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from tests.privacy.marked import found, names

HITS = [
    "【毛毛】昨天发烧",
    "【小宝】咬手指",
    "【阿强】不管事",
    "隔壁【老王】家",
    "【李姐】介绍的",
    "【张阿姨】说",
    "【铁蛋】尿床",
    "【妞妞】想妈妈",
    "我家【天天】今年五岁",
    "我家【可乐】喜欢看动画片",
    "【小军】不上学",
    "【甜甜】和【安安】是双胞胎",
    "【萌萌】爸爸",
    "托【黄婶】照看",
    "【老张头】家的",
    "【小石头】拉肚子",
    "闺女小名【甜枣】，怎么哄都不睡",
    "【老张】家的孩子",
    "【二狗子】打架",
    "幼儿园的【园园老师】说他",
    "社工【小林老师】来了",
    "我们都叫他【大头】",
    "【静静】坐不住",
]
NEAR_MISSES = [
    "天天玩手机",
    "慢慢来",
    "宝宝哭了",
    "二宝出生了",
    "老大老二打架",
    "小朋友欺负他",
    "小时候",
    "老师批评",
    "老人带娃",
    "阿姨做饭",
    "可乐喝多了",
    "石头砸到脚",
    "明明说好了",
    "安安静静",
    "小米粥",
    "老高了",
    "喝小米粥",
    "平平安安",
    "爸爸妈妈",
    "这双鞋小小的",
    "秋秋2918374650",
    "三娃子",
    "刚刚老师打电话",
    "小名好听吗",
    "老师都叫他小心",
    "我们都叫他回家",
    "小班老师说",
    "静静坐着",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(names, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(names, case) == case
