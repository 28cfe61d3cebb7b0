"""What is a tale, what is over, what is food; and by what each of them is a danger all the same. The table is the specification."""

from __future__ import annotations

import pytest

from bot.nlu.danger_tales import FED, OVER, TALE, speaks_of_a_tale
from bot.text.plain import squash

HARMLESS = {
    "a work and what comes in it": (
        TALE,
        "睇戏睇到个女仔跳楼", "追剧追到女主喝农药", "听书听到主角服毒", "看剧看到老婆被打得满脸血", "短剧里后妈打人",
        "睇套片 讲细路被拐", "看小说 割腕那段太真", "昨晚看戏 台上小孩掉河里", "追剧 女主喝农药那集好虐", "画本里小熊掉进冰窟窿",
    ),
    "a video that came by": (TALE, "刷到个视频 小孩掉井里", "看了个视频 老人被车撞"),
    "a game": (TALE, "吃鸡被人从楼顶打下来", "王者荣耀又被杀了"),
    "long ago and well since": (
        OVER, "去年猫抓了 当天打的针 四针打完了", "三岁那年掉过塘 现在是游泳冠军", "前年他爸打我 离了 现在清静", "年轻时喝过农药 救回来了", "小时候烫的 疤都淡了",
    ),
    "food and drink “like rice”": (FED, "西瓜当饭吃", "蜂蜜水当水喝", "山楂片当糖吃", "可乐当水喝"),
    "a man's liquor": (FED, "外公把酒当水喝",),
}  # fmt: skip
HAPPENING = {
    "who imitates it": ("看了视频学着吊脖子", "跟着电视剧里学割手", "看短剧里跳楼 他也要试"),
    "it happens to ours meanwhile": (
        "追剧的时候娃摔下床了", "我看小说没注意 娃喝了洗衣液", "我看视频娃头上有血", "刚看视频 奶奶倒在地上", "娃看书看着看着晕了", "奶奶看戏摔了",
        "看电影看到一半他抽起来了", "在家看电视剧 老二从沙发栽下去", "刷着短剧 小的把扣子咽了 脸紫",
    ),
    "no work and no game": ("吃鸡爪骨头横在喉咙", "刷到家里监控 锅扣他胳膊上", "游戏里认识的哥哥要她的照片"),
    "it is not over": (
        "上个月被咬了还没打针", "去年咬的 今天突然怕水", "前年就打我 昨晚又打", "小时候就爱爬树 刚摔下来不动了", "去年被狗咬 现在好好的 又肿了",
    ),
    "poison and medicine": ("漂白水当水喝了", "降糖药当糖吃", "可乐瓶装的农药当水喝了", "雪碧当水喝 抽起来了"),
    "a child's liquor": ("娃把酒当水喝了",),
}  # fmt: skip


@pytest.mark.parametrize(("said", "score"), [(said, score) for score, *table in HARMLESS.values() for said in table])
def test_a_tale_is_no_danger(said: str, score: float) -> None:
    assert speaks_of_a_tale(squash(said)) == score


@pytest.mark.parametrize("said", [said for table in HAPPENING.values() for said in table])
def test_what_happens_is_no_tale(said: str) -> None:
    assert speaks_of_a_tale(squash(said)) == 0
