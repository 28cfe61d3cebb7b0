"""Names that are words of every day, names in numbered lists, and people who are made up."""

from __future__ import annotations

import pytest

from tests.privacy.marked import found, names, plain

HITS = [
    "【重阳】他妈走了三年了",
    "【康乐】今年七岁了不爱说话",
    "【自立】又逃学去网吧了",
    "【端午】这孩子嘴甜",
    "【美丽】在学校被同学笑",
    "给【自强】打电话他不接",
    "我女儿【朝霞】四岁",
    "【盼弟】跟我不亲",
    "1.【郑欣悦】 2.【金多福】 3.【潘宇轩】",
    "1、【郑欣悦】，2、【潘宇轩】",
    "我家【zi萱】不吃饭",
    "【王 小 雨】今天没来",
    "【Amy】是我女儿的英文名",
    "【阿亮仔】成日唔返屋企",
    "【周末】是我儿子的大名",
    "【幺鸡】是我家小儿子的外号",
    "想【语桐】了，睡不着",
    "【腊梅婶】说我娃偷李子",
    "【高兴】今年七岁了",
    "【夏天】今天发烧三十九度",
    "我家那个【思源】，嘴硬",
    "【黄河】是我老公",
    "【六斤】是他奶起的",
]
NEAR_MISSES = [
    "重阳回去看奶奶",
    "国庆不想回老家",
    "高兴他爸终于回来了",
    "健康最要紧",
    "孩子又高兴了一天",
    "自强一点就好",
    "未来的路还长",
    "讲文明懂礼貌",
    "平安三年了",
    "带弟弟去打针",
    "1.白菜 2.萝卜 3.黄豆",
    "1、先停下 2、再说话",
    "我家wifi慢",
    "在小红书上看的",
    "小狗汪汪叫",
    "先谢老师一声",
    "木子李",
    "从前有个小朋友叫乐乐",
    "这是一个编的故事。小芹在厂里上班。",
    "娃蛋蛋又肿又疼",
    "怕孩子心野",
    "想娃想得不行",
    "毛毛虫爬身上",
    "高一住校一个月回一次",
    "康复科挂什么号",
    "今天今年七岁了",
    "这是我的小名",
    "老大是我儿子",
    "对方是我老公",
    "名字是他爷爷起的",
    "海燕课文背不下来",
    "德邦寄东西贵",
]


@pytest.mark.parametrize("case", HITS)
def test_it_goes(case: str) -> None:
    assert found(names, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_stays(case: str) -> None:
    assert found(names, case) == plain(case)
