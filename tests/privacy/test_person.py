"""Names of people. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from tests.privacy.marked import found, names

HITS = [
    "我叫【王秀英】在东莞打工",
    "孩子叫【张子轩】今年七岁",
    "【欧阳雪】让家长签字",
    "【阿依古丽·买买提】不听话",
    "孩子叫【艾力江·吐尔逊】上三年级",
    "【扎西次仁】六岁",
    "【吉木阿依】七岁",
    "【王老师】说",
    "找【陆警官】报案",
    "老师姓【刘】",
    "我家【子涵】不肯吃饭",
    "【建国】他爸又喝酒",
    "娃叫【周末】，就是周末生的",
    "孩子叫【安然】",
    "姓名：【黄家豪】",
    "堂哥【马成功】带他去",
    "【刘雨桐】妈妈",
    "我是【张伟】",
    "叫【刘 诗 涵】的女孩",
    "喊【李子轩】回家",
    "英文名叫【Lucy】",
    "地址给你，【贺芳】收，明天到",
    "我叫【王芳】河南人在深圳打工",
    "户名【张三】，账号",
    "姓名【武松】",
    "英语老师【Lucy】",
    "【李护士长】说",
    "【其美多吉】七岁",
    "【子豪】和【子杰】抢玩具",
    "【娜仁花】不听话",
]
NEAR_MISSES = [
    "李白的诗",
    "杨梅能吃吗",
    "高兴的时候",
    "平安到家",
    "江苏那边",
    "爱吃黄瓜",
    "马上放假",
    "周末去公园",
    "王者荣耀",
    "白天睡觉",
    "方便吗",
    "安全座椅",
    "成绩下降",
    "元宵节",
    "金鱼死了",
    "孙悟空",
    "雷锋叔叔",
    "上周老师说",
    "班主任老师",
    "英语老师",
    "何必呢",
    "叫他写作业",
    "孩子叫我阿姨",
    "你叫什么名字",
    "叫名字不理",
    "拍张照片",
    "我是单亲妈妈",
    "我叫了救护车",
    "周一到周五",
    "向老师道歉",
    "拉娃的黑车",
    "宝宝Good",
    "女儿Scratch课",
    "张三说的不对",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(names, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(names, case) == case
