"""What a sentence says of itself, and which script is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from actions.danger import LESSONS
from actions.danger_over import _OVER as OVER
from bot.content.library import load_library
from bot.content.safety import SafetyScript
from bot.nlu.danger_detector import danger_score, most_fitting
from bot.text.plain import squash
from bot.text.told import speaks_against_now


@pytest.fixture(scope="module")
def safety(root: Path) -> Mapping[str, SafetyScript]:
    return load_library(root / "content").safety


@pytest.mark.parametrize(
    "told",
    [
        "电视里有人掉进河里了", "昨晚梦见孩子丢了", "去年他被开水烫过", "碰了一下 还在玩", "哈哈他装死", "小时候我也触过电", "烧了一天 今天好了 又吃又玩",
        "什么叫高热惊厥", "狂犬病潜伏期几个月", "这种蘑菇有没有毒", "安眠药怎么收", "灭火器买哪种", "水壶掉井里了", "乌龟死了 哭了一晚", "书包又丢了", "累死我了", "这天热死了", "三岁那年掉过井", "她侄女失踪过 后来在网吧找到了",
        "打死也不回去", "想死你了宝贝", "手背溅了油 没起泡", "我六岁的时候掉过井", "厨房怎么防烫", "门口的沟咋个才不得掉下去", "假如着火了往哪跑", "要是以后被蛇咬了咋办", "学校安全作业 触电了先做什么", "赶集人多 怕他走散",
        "池塘边没围栏", "水井没盖盖子", "老屋电线裸着", "插排老化了", "手被门夹青了", "骑单车摔了 膝盖破皮", "胳膊磕青一块",
    ],
)  # fmt: skip
def test_a_tale_speaks_against_now(told: str) -> None:
    assert speaks_against_now(squash(told)) > 0


@pytest.mark.parametrize(
    "happening",
    ["孩子掉河里了", "手机掉水里 娃去捞 没上来", "书包丢在河边 喊不应", "狗丢了 娃出去找 一夜没回", "吓死我了 娃不动了", "急死了 娃找不到", "想死的心都有了", "他说想死了之",
     "这是什么蛇 刚才咬了娃", "中了什么毒 现在吐白沫", "上次也这样 现在又抽了 叫不醒", "去年打过我 刚才又拿刀", "卡住了脸发紫", "娃不见了 到处找",
     "假如我不在了 孩子怎么办", "如果哪天我不在了 你照顾好他", "要是我死了 娃会好过点", "怕他掉下来 他站在窗台上", "早上上学 学校说没到", "他写了信 怎么防止他自杀", "怎么防都防不住 刚才又喝了一口农药",
     "池塘没围栏 娃掉下去了", "没盖的井 娃不见了", "楼顶没护栏 他站在上面", "电线裸着 娃摸了弹开", "电线破皮 爷爷一碰就倒", "被车刮了 擦破皮", "老师打得腿上青了", "摔青了头 吐了两回", "夹得手指断了 紫了",
     "舔了老鼠药 看着没事", "喝了一口洁厕灵 奶奶说没事", "奶奶没拦住 把娃骗走了"],
)  # fmt: skip
def test_what_happens_is_left_alone(happening: str) -> None:
    assert speaks_against_now(squash(happening)) == 0


def test_in_a_long_story_a_lost_thing_says_nothing() -> None:
    said = "他放学把书包丢了怕挨骂不敢回来老师说五点就走了我妈沿路问了一圈都说没看到天都黑了"

    assert speaks_against_now(squash("书包丢了")) > 0
    assert speaks_against_now(squash(said)) == 0


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("burn", "炮仗在手里响了 手指烂了"), ("burn", "手炸黑了"), ("missing-child", "走散了 现在没找着"), ("missing-child", "去买酱油 一去没回"),
        ("sick-infant-danger-signs", "俩月 烧三十八度九"), ("burn", "背上全是泡"), ("severe-bleeding", "耳朵夹掉一块"), ("severe-bleeding", "小指快掉了"),
        ("choking", "含了个螺丝 找不到了 嗓子疼"), ("poisoning", "把酒精当水喝了"), ("child-suicidal-or-self-harming", "刀攥在手里不撒手"), ("sick-infant-danger-signs", "五十多天 身上滚烫"), ("sick-infant-danger-signs", "二十八天 烧三十八度"), ("sick-infant-danger-signs", "一个月零几天 烧起来了"),
        ("severe-bleeding", "电锯碰了手腕"), ("severe-bleeding", "电钻钻到手心"), ("severe-bleeding", "手伸进绞肉机了"), ("severe-bleeding", "炮炸开了虎口"), ("poisoning", "老鼠药舔了一下"), ("poisoning", "赌气 药瓶空了 喊不动"),
        ("traffic-accident", "面包车把奶奶和娃带倒了"), ("burn", "滚汤泼了一腿"), ("electric-shock", "手机充着电 叫一声就抖"), ("seizure-or-unconscious", "捏他手也没反应"), ("sick-infant-danger-signs", "没满月 三十八度"),
        ("parent-suicidal", "我在天台坐了一晚"), ("parent-suicidal", "攒了一瓶药"), ("child-suicidal-or-self-harming", "袖子卷起来一道道的印"), ("missing-child", "羊回来了 人没回"), ("trafficking", "把女儿给人家了 收了八万"),
        ("fire", "楼道里全是烟"), ("fire", "油锅烧起来了"), ("fire", "门烫手 打不开"), ("fire", "电瓶在屋里冒烟"), ("fire", "裙子点着了 满院跑"), ("fire", "着火了 娃在楼上"), ("fire", "屋企着咗火"), ("fire", "奶奶烧纸 火烧到屋后"), ("fire", "裤管着了"), ("fire", "裙子沾上火了"), ("fire", "楼下喊救火"), ("fire", "火有半人高"), ("fire", "一楼全是火"),
        ("child-suicidal-or-self-harming", "把吉他送给表弟 说用不上了"), ("child-suicidal-or-self-harming", "跟妹妹说奶奶以后就靠你了"), ("child-suicidal-or-self-harming", "看了视频学着吊脖子"), ("child-suicidal-or-self-harming", "学费不用交了 反正用不上"),
        ("child-suicidal-or-self-harming", "她挨个跟同学道别"), ("bite", "上个月被咬了还没打针"), ("bite", "上个礼拜猫抓的 一针没打"), ("poisoning", "漂白水当水喝了"), ("poisoning", "柴油当酒抿了"), ("child-suicidal-or-self-harming", "毕业典礼那天她说想死"), ("poisoning", "农药装可乐瓶 他把可乐当水喝了 吐"),
        ("choking", "喘得像拉风箱"), ("head-injury", "翻下来头着地"), ("hitting-by-caregiver-or-teacher", "扇耳光 耳朵听不清了"),
    ],
)  # fmt: skip
def test_a_pattern_hears(safety: Mapping[str, SafetyScript], script: str, said: str) -> None:
    assert safety[script].matches(squash(said))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("drowning", "水壶掉井里了 捞了一下午"), ("drowning", "帽子掉河里了"), ("severe-bleeding", "手指甲夹掉了"), ("choking", "嘴里含了块糖"), ("burn", "鞭炮响了 捂耳朵"), ("missing-child", "教他走散了要站着等"),
        ("sick-infant-danger-signs", "打完疫苗两个月 没烧过"), ("sick-infant-danger-signs", "怀孕两个月发烧"), ("sick-infant-danger-signs", "一个月发烧三次"), ("sick-infant-danger-signs", "一岁半 烧三十九度"), ("sick-infant-danger-signs", "赊了两个月一百四十块"),
        ("fire", "灶打不着火"), ("fire", "屋里炉子生着了"), ("fire", "万一家里着火往哪跑"), ("fire", "前年柴房着火烧过"), ("fire", "电影里的楼着火了"), ("fire", "抽油烟机冒烟"), ("fire", "油锅热了再下菜"), ("fire", "烟囱冒烟了"), ("fire", "在衣柜里睡着了"), ("fire", "屋里烧着煤球"), ("fire", "孩子脑门烫得很"), ("fire", "全家跟着起"), ("fire", "炕烟倒灌"), ("fire", "盖三床被 烧起来了"), ("fire", "床上一片火烧云的被子"),
        ("child-suicidal-or-self-harming", "旧玩具送给表弟 说长大了"), ("child-suicidal-or-self-harming", "跟同学拍毕业照道别 毕业典礼"), ("poisoning", "可乐当水喝"), ("poisoning", "益生菌当糖吃"),
        ("severe-bleeding", "电锯怕他碰手 收起来"), ("parent-suicidal", "攒了点感冒药"), ("parent-suicidal", "天台坐着跟娃视频"), ("carbon-monoxide", "面包车把奶奶和娃带倒了"), ("hitting-by-caregiver-or-teacher", "打过什么针会伤耳朵"),
    ],
)  # fmt: skip
def test_a_pattern_is_not_deceived(safety: Mapping[str, SafetyScript], script: str, said: str) -> None:
    assert not safety[script].matches(squash(said))


def test_every_script_leads_to_a_lesson_and_has_its_word_of_relief(safety: Mapping[str, SafetyScript]) -> None:
    spared = {"domestic-violence"}

    assert set(LESSONS) == set(safety) - spared
    assert set(OVER) == set(safety)


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
