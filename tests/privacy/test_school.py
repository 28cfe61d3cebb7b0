"""Schools with a name, and classes. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from bot.privacy.recognisers import school
from tests.privacy.marked import found

HITS = [
    "在【红星小学】上学",
    "【县一中】读初二",
    "【阳光实验小学三年级二班】",
    "【大方县猫场镇中心小学】",
    "上【小太阳幼儿园】",
    "【希望小学四(2)班】",
    "【三年级二班】",
    "【金色童年幼儿园】的饭",
    "【初二3班】",
    "【邵阳县第三中学】",
    "【隆回一中】",
    "【博雅幼儿园大二班】",
    "【新民村小学】",
    "读【官寨中学】",
    "本周六【阳光小学】放假一天",
    "【爱心幼儿园】打人",
    "考上【衡水中学】",
    "【怀化学院】",
    "考上【湖南师范大学】了",
    "【北大附中】",
    "【803班】的",
    "她是【1902班】的",
    "【小一班】",
    "在【二小】读书",
    "【衡东县第五中学】高中部要分班",
    "【仙桃二中】管得严吗",
    "在【兴隆镇小】，离家远",
    "他是【22级汽修1班】",
    "【高三理科17班】",
    "他考上了【金色摇篮幼儿园】",
    "他们【育英学校】又涨学费了",
    "听说【童心幼儿园】住宿条件差",
    "在【花溪二小】读书",
    "从【启明星托管班】转学过来",
    "在【高峰乡九年制学校】",
]
NEAR_MISSES = [
    "一中二中三中都难考",
    "去残疾人学校",
    "送到全托幼儿园",
    "他们村小学",
    "上小学了",
    "幼儿园的小朋友",
    "镇上的小学",
    "公办幼儿园进不去",
    "转到私立学校",
    "县城的高中",
    "村小要撤了",
    "三年级的题",
    "大班要学写字吗",
    "打工子弟学校",
    "清华大学",
    "闺女学校远",
    "一中午没吃",
    "一大一小两个娃",
    "老家的初中",
    "想考清华",
    "深圳中学生",
    "从小一班的同学",
    "坐803路",
    "第803班",
    "上完100课",
    "中小学",
    "在一小时后",
    "阳光托管班",
    "大的一句话没说完小的就抢",
    "高三理科难",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(school.find, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(school.find, case) == case
