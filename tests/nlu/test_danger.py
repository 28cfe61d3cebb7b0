"""What a sentence says of itself, and which script is said."""

from __future__ import annotations

import pytest

from bot.nlu.danger_detector import danger_score, most_fitting
from bot.text.plain import squash
from bot.text.told import speaks_against_now


@pytest.mark.parametrize(
    "told",
    [
        "电视里有人掉进河里了", "昨晚梦见孩子丢了", "去年他被开水烫过", "碰了一下 还在玩", "哈哈他装死", "小时候我也触过电", "烧了一天 今天好了 又吃又玩",
        "我六岁的时候掉过井", "厨房怎么防烫", "门口的沟咋个才不得掉下去", "假如着火了往哪跑", "要是以后被蛇咬了咋办", "学校安全作业 触电了先做什么", "赶集人多 怕他走散",
    ],
)  # fmt: skip
def test_a_tale_speaks_against_now(told: str) -> None:
    assert speaks_against_now(squash(told)) > 0


@pytest.mark.parametrize(
    "happening",
    ["孩子掉河里了", "上次也这样 现在又抽了 叫不醒", "去年打过我 刚才又拿刀", "卡住了脸发紫", "娃不见了 到处找",
     "假如我不在了 孩子怎么办", "如果哪天我不在了 你照顾好他", "要是我死了 娃会好过点", "怕他掉下来 他站在窗台上", "早上上学 学校说没到", "他写了信 怎么防止他自杀", "怎么防都防不住 刚才又喝了一口农药"],
)  # fmt: skip
def test_what_happens_is_left_alone(happening: str) -> None:
    assert speaks_against_now(squash(happening)) == 0


def test_many_kinds_say_little_more_than_one() -> None:
    assert speaks_against_now(squash("哈哈 小时候看电视学的 没事 好好的")) <= 0.7


def test_the_border_between_danger_and_near_miss_counts_most() -> None:
    assert danger_score(0, 0.5, 0.0) > danger_score(0, 0.5, 0.5) > danger_score(0, 0.01, 0.5)


def test_a_lesson_sure_of_itself_talks_no_danger_away() -> None:
    assert danger_score(0.5, 0.0, 0.0) > -0.1


def test_a_pattern_weighs_but_does_not_rule() -> None:
    assert most_fitting({"burn": 0.3, "bite": 0.5}, ["burn"]) == "burn"
    assert most_fitting({"burn": 0.001, "bite": 0.9}, ["burn"]) == "bite"
    assert most_fitting({"burn": 0.001, "bite": 0.9}, []) == "bite"
    assert most_fitting({}, ["burn"]) == "burn"
