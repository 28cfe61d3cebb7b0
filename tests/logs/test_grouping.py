"""Which questions are the same, and which only share a subject."""

from __future__ import annotations

import pytest

from bot.logs.grouping import ALIKE, likeness, normal

SAME = (
    ("孩子老是尿床怎么办", "娃老尿床咋办啊"),
    ("孩子老是尿床怎么办", "请问孩子尿床怎么办？"),
    ("怎么给孩子转学", "孩子转学怎么弄"),
    ("孩子想养狗怎么办", "娃想养狗咋整"),
    ("孩子户口怎么迁", "户口怎么迁"),
    ("娃儿厌学不想上学", "孩子厌学，不想上学了怎么办"),
    ("孩子近视了要不要配眼镜", "孩子近视要配眼镜吗"),
    ("孩子流鼻血", "小孩流鼻血怎么办"),
    ("婆婆总给娃吃糖", "婆婆老给孩子吃糖怎么办"),
    ("医保异地怎么报销", "异地医保咋报销"),
    ("孩子牙齿黑了", "孩子牙齿发黑怎么办"),
    ("学校让交校服钱", "学校要交校服钱怎么办"),
    ("孩子偷家里钱", "孩子偷拿家里的钱怎么办"),
    ("新生儿黄疸怎么退", "新生儿黄疸咋退"),
    ("怎么教孩子认字", "怎么教孩子识字认字"),
    ("孩子头发里有虱子", "孩子头上有虱子怎么办"),
    ("孩子被蚊子咬了肿起来", "孩子被蚊子咬肿了"),
    ("暑假作业不写", "孩子暑假作业不写怎么办"),
    ("我叫〈姓名1〉孩子磨牙", "孩子睡觉磨牙怎么办"),
    ("孩子說髒話怎麼辦", "孩子说脏话咋办"),
)
DIFFERENT = (
    ("孩子老是尿床怎么办", "孩子老是咬指甲怎么办"),
    ("孩子发烧怎么办", "孩子拉肚子怎么办"),
    ("怎么给孩子转学", "怎么给孩子断奶"),
    ("孩子想养狗怎么办", "孩子被狗咬了怎么办"),
    ("孩子户口怎么迁", "孩子医保怎么办理"),
    ("学校让交校服钱", "学校老师打孩子"),
    ("孩子近视了要不要配眼镜", "孩子上课看不清黑板被老师骂"),
    ("婆婆总给娃吃糖", "婆婆总骂娃"),
    ("孩子偷家里钱", "孩子要手机"),
    ("新生儿黄疸怎么退", "新生儿打嗝怎么办"),
    ("孩子不吃饭", "孩子不说话"),
    ("孩子几点睡合适", "孩子几岁上学合适"),
    ("给孩子寄什么东西好", "给老人寄什么药好"),
    ("孩子牙齿黑了", "孩子牙疼"),
    ("怎么教孩子认字", "怎么教孩子游泳"),
    ("过年车票买不到", "过年不回家怎么跟孩子说"),
    ("医保异地怎么报销", "疫苗异地怎么打"),
    ("孩子磨牙", "孩子打呼噜"),
    ("孩子说脏话", "孩子说梦话"),
)

# Written after the threshold was chosen, and not used to choose it.
LATER_SAME = (
    ("孩子半夜老做噩梦", "娃晚上做噩梦怎么办"),
    ("怎么开户口证明", "户口证明咋开"),
    ("孩子脚扭了肿了", "娃脚扭伤肿了咋办"),
    ("留守补贴怎么申请", "怎么申请留守儿童补贴"),
    ("孩子要买手表电话", "娃非要买电话手表"),
    ("孩子长痱子了", "娃身上长痱子咋整"),
    ("学校老师让家长群里打卡好烦", "家长群天天打卡烦死了"),
    ("孩子挑衣服穿", "娃穿衣服挑得很"),
    ("孩子嘴里长溃疡", "小孩口腔溃疡怎么办"),
    ("寒假兴趣班报哪个", "寒假报什么兴趣班"),
    ("孩子左撇子要不要改", "左撇子需要纠正吗"),
    ("娃晕车吐", "孩子坐车晕车老吐"),
    ("孩子掉头发", "娃头发掉得厉害"),
    ("小孩鼻炎怎么治", "孩子有鼻炎怎么办"),
    ("高铁票儿童怎么买", "儿童高铁票怎么买"),
)
LATER_DIFFERENT = (
    ("孩子半夜做噩梦", "孩子半夜咳嗽"),
    ("怎么开户口证明", "怎么开出生证明"),
    ("孩子脚扭了", "孩子脚臭"),
    ("留守补贴怎么申请", "廉租房怎么申请"),
    ("孩子要买手表电话", "孩子要买游戏皮肤"),
    ("孩子长痱子了", "孩子长牙了"),
    ("学校要打疫苗", "学校要开家长会"),
    ("寒假兴趣班报哪个", "寒假作业做不完"),
    ("孩子晕车", "孩子晕血"),
    ("孩子掉头发", "孩子掉牙"),
    ("小孩鼻炎怎么治", "小孩湿疹怎么治"),
    ("儿童高铁票怎么买", "儿童票飞机多少钱"),
    ("孩子抄作业", "孩子作业写得慢"),
    ("跟老师怎么说话", "跟婆婆怎么说话"),
    ("孩子被同学笑话", "孩子笑同学"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_in_other_words_is_one_group(one: str, other: str) -> None:
    assert likeness(normal(one), normal(other)) >= ALIKE


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_questions_on_one_subject_stay_two(one: str, other: str) -> None:
    assert likeness(normal(one), normal(other)) < ALIKE


@pytest.mark.parametrize("words", ["", "？", "嗯", "〈姓名1〉", "的", "怎么办"])
def test_words_without_a_question_belong_to_no_group(words: str) -> None:
    assert normal(words) == ""


def test_on_pairs_it_was_not_chosen_for_it_parts_rather_than_mixes() -> None:
    together = [likeness(normal(one), normal(other)) >= ALIKE for one, other in LATER_SAME]
    apart = [likeness(normal(one), normal(other)) < ALIKE for one, other in LATER_DIFFERENT]

    assert sum(together) >= 9 and all(apart)
