"""Films, what is long over, food “like rice”: harmless. Who imitates, who was bitten and had no injection, who drank bleach: not."""

from __future__ import annotations

import pytest

from bot.nlu.danger_tales import speaks_of_a_tale
from bot.text.plain import squash


@pytest.mark.parametrize(
    "told",
    [
        "睇戏睇到个女仔跳楼", "睇套片 讲细路被拐", "追剧追到女主喝农药", "刷到个视频 小孩掉井里", "听书听到主角服毒", "看小说 割腕那段太真", "短剧里后妈打人", "吃鸡被人从楼顶打下来",
        "昨晚看戏 台上小孩掉河里", "追剧 女主喝农药那集好虐", "看剧看到老婆被打得满脸血",
        "去年猫抓了 当天打的针 四针打完了", "三岁那年掉过塘 现在是游泳冠军", "前年他爸打我 离了 现在清静", "年轻时喝过农药 救回来了", "画本里小熊掉进冰窟窿", "西瓜当饭吃", "蜂蜜水当水喝", "外公把酒当水喝", "山楂片当糖吃",
    ],
)  # fmt: skip
def test_a_tale_is_no_danger(told: str) -> None:
    assert speaks_of_a_tale(squash(told)) > 0


@pytest.mark.parametrize(
    "happening",
    [
        "看了视频学着吊脖子", "跟着电视剧里学割手", "追剧的时候娃摔下床了", "我看小说没注意 娃喝了洗衣液", "上个月被咬了还没打针", "去年咬的 今天突然怕水", "前年就打我 昨晚又打",
        "我看视频娃头上有血", "刚看视频 奶奶倒在地上", "娃看书看着看着晕了", "奶奶看戏摔了", "吃鸡爪骨头横在喉咙", "刷到家里监控 锅扣他胳膊上", "游戏里认识的哥哥要她的照片", "看电影看到一半他抽起来了", "在家看电视剧 老二从沙发栽下去", "刷着短剧 小的把扣子咽了 脸紫",
        "漂白水当水喝了", "降糖药当糖吃", "娃把酒当水喝了", "可乐瓶装的农药当水喝了", "小时候就爱爬树 刚摔下来不动了",
    ],
)  # fmt: skip
def test_what_happens_is_no_tale(happening: str) -> None:
    assert speaks_of_a_tale(squash(happening)) == 0
