"""Names by what only somebody does. What stands in 【】 has to go."""

from __future__ import annotations

import pytest

from tests.privacy.marked import found, names

HITS = [
    "【七七】长牙了",
    "屋头【石头】又把作业撕了",
    "【有才】打了同学",
    "【得胜】跟人打架进了派出所",
    "【满仓】上树掏鸟蛋",
    "【春雨】来月经了",
    "【浩然】期中退步二十名",
    "【年年】和【岁岁】都发烧",
    "今天视频【一诺】不理我",
    "【大军】两口子也在这厂",
    "【春婶】心好",
    "外号【猴子】",
    "【多多】过敏了",
    "【梓晨】爸爸您好",
]
NEAR_MISSES = [
    "花生过敏",
    "康乃馨送老师合适吗",
    "小白兔奶糖一天几颗",
    "石头磕破头",
    "大伯家的儿子三岁半",
    "原神充了648能退吗",
    "奶奶爷爷都七十了",
    "娃能长高吗",
    "钟南山说的",
    "天天加班到十点",
    "白露早晚凉",
    "幸福是什么",
]


@pytest.mark.parametrize("case", HITS)
def test_it_finds(case: str) -> None:
    assert found(names, case) == case


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_it_leaves(case: str) -> None:
    assert found(names, case) == case.replace("【", "").replace("】", "")
