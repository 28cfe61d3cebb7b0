"""What is said word for word about a plan or a kind of message, and near-misses that are for the model to understand."""

from __future__ import annotations

import time

import pytest

from bot.assistant.plain_words import with_plain_intent
from bot.nlu_keys import DANGER
from bot.reunion.going import STAY, going_intent
from bot.reunion.news import news_intent
from bot.reunion.plain import (
    CANCEL,
    CHANGE,
    RESTORE,
    START,
    STOP,
    corrected_day,
    is_child_staying,
    is_unsure_move,
    only_ticket,
    plain_intent,
)

PLAIN = [
    ("把团聚那个删掉", CANCEL), ("回家的安排全删了", CANCEL), ("见面那个安排撤了吧", CANCEL), ("删掉团聚那个计划", CANCEL),
    ("团聚那个不要了", CANCEL), ("娃不来了", CANCEL), ("闺女今年夏天不过来了", CANCEL), ("他奶奶说娃来不成了", CANCEL),
    ("不走了不走了，取消", CANCEL), ("别数日子了，我回不去", CANCEL),
    ("刚才取消错了，计划还要", RESTORE), ("点错了，计划还留着", RESTORE),
    ("厂里不放人得晚一个礼拜", CHANGE), ("主管说要赶一批货，恐怕得推后十天", CHANGE), ("那就晚一天走", CHANGE), ("孩子考试 推后三天", CHANGE),
    ("老板松口了，能早回两天", CHANGE), ("没买到票 得晚两天", CHANGE), ("车票只抢到二十八的了", CHANGE),
    ("晚几天", CHANGE), ("可能要晚点才能回", CHANGE), ("老板让我早走三天", CHANGE), ("少待两天，初三就得走", CHANGE), ("能多住三天", CHANGE),
    ("我记错了，是腊月二十七", CHANGE), ("不是二十八，是二十九", CHANGE), ("我搞错日子了，应该是腊月二十五", CHANGE), ("晚点回，厂里还没放", CHANGE), ("我买到二十六的票了", CHANGE), ("取消了吧，车票没抢到", CANCEL),
    ("每周一课不用发了", STOP), ("周四那个停了", STOP), ("星期四晚上那条不想收了", STOP), ("周末那个小课堂停掉", STOP),
    ("打完电话别老问我聊得咋样", STOP),
]  # fmt: skip
NOT_PLAIN = [
    "把我的资料删掉", "全部删掉", "不要取消计划", "别删计划", "团聚提醒取消", "回家算了", "孩子不想来", "孩子不来上学了", "奶奶不来了", "他晚一个月",
    "孩子说话晚一个月", "孩子晚两天开学", "老板说晚两天发工资", "每周一课", "每周一课吧", "周四停电", "周末不用上班了", "孩子每周一不想去学校",
    "孩子周末的课不要了", "一个星期了", "晚上别发", "火车票怎么买", "取消订单怎么退", "我点错菜了",
    "同意删除", "不是三岁，是四岁", "不是5月，是6月", "孩子晚点睡", "晚点再说", "多待一会儿", "票买好了",
]  # fmt: skip


@pytest.mark.parametrize(("words", "intent"), PLAIN)
def test_it_reads_what_is_said_plainly(words: str, intent: str) -> None:
    assert plain_intent(words) == intent


@pytest.mark.parametrize("words", NOT_PLAIN)
def test_it_leaves_other_words_to_the_model(words: str) -> None:
    assert plain_intent(words) is None


def test_it_tells_the_child_that_stays_from_the_parent() -> None:
    assert is_child_staying("娃不来了") and not is_child_staying("取消团聚计划")


GOING = [
    ("下个月中旬我回老家一趟", START), ("元旦厂里放三天，我想回趟家", START), ("寒假娃过来跟我住", START), ("今年打算带娃来我这边过年", START),
    ("下礼拜六我请了假回去看娃", START), ("今年除夕前一天到家，初六返厂", START), ("国庆想把闺女接过来住几天", START),
    ("国庆我休五天，回去陪陪闺女", START), ("五一我带儿子来东莞玩几天", START), ("下周五晚上我到家，住两晚", START), ("清明请了三天假，回去看看孩子", START),
    ("腊月二十四下午到家，待到正月初七", START), ("请好假了，这个月底回家五天", START), ("厂里又放假了，还是能回", RESTORE), ("工地没停工，回不去喽", STAY),
    ("不回去了，过年厂里三倍工资", STAY), ("厂里赶货，年前走不了了", STAY), ("今年又走不开了", STAY),
    ("算了还是要回", RESTORE), ("老板松口了，又可以回了", RESTORE), ("我又能回去了", RESTORE), ("我又能回去了，厂里批假了", RESTORE), ("奶奶说不用买了", STAY), ("家里说别带东西", STAY),
    # Questions, worries, what is over, and what is told of the child alone.
    ("过年回去怎么跟孩子说", None), ("今年不回去了，怎么跟孩子说", None), ("过年我回去孩子躲着我", None), ("昨天刚从老家回来", None), ("娃今天回去了", None),
    ("孩子腊月二十六考试", None), ("下周五开家长会", None), ("国庆我回不回", None), ("孩子放学不回家", None), ("还是回家好", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "intent"), GOING)
def test_it_hears_whether_somebody_goes(words: str, intent: str | None) -> None:
    assert going_intent(words) == intent


@pytest.mark.parametrize(("heard", "intent"), [("nlu_fallback", START), ("lesson", START), ("tell_child_came", START), ("answer_promise", "answer_promise")])
def test_a_journey_is_set_over_what_it_is_mistaken_for_alone(heard: str, intent: str) -> None:
    parsed = {"text": "寒假娃过来跟我住", "intent": {"name": heard, "confidence": 0.5}}
    assert with_plain_intent(parsed)["intent"]["name"] == intent


def test_the_day_that_was_meant() -> None:
    assert corrected_day("我记错了，是腊月二十七") == "腊月二十七" and corrected_day("不是二十八，是二十九") == "二十九"


@pytest.mark.parametrize(
    ("words", "script", "intent"),
    [
        ("他爷爷走了", "runaway", "tell_death"), ("孩子外婆昨天走了", "runaway", "tell_death"), ("娃他妈跟人跑了", "runaway", "tell_divorce"),
        ("孩子跟人跑了", "runaway", None), ("爷爷走丢了", "missing-child", None), ("他爷爷走了", "parent-suicidal", None),
    ],
)  # fmt: skip
def test_who_is_old_has_died_and_has_not_run_away(words: str, script: str, intent: str | None) -> None:
    parsed = {"text": words, "intent": {"name": "lesson", "confidence": 0.5}, DANGER: {"script": script, "by": "classifier"}}
    read = with_plain_intent(parsed)
    assert (read["intent"]["name"], bool(read[DANGER])) == (intent or "lesson", intent is None)


@pytest.mark.parametrize(("words", "told"), [("我们两口子分开过了", True), ("我跟娃他爸分居了", True), ("两口子分居", False), ("老公跟我分开两年", False)])
def test_who_parted_says_that_it_is_so_now(words: str, told: bool) -> None:
    assert (news_intent(words) == "tell_divorce") is told


@pytest.mark.parametrize("words", ["不在厂里干了", "我辞工了", "上个月从厂里出来了", "我被厂里裁了"])
def test_who_left_the_factory_has_no_shift_there(words: str) -> None:
    assert with_plain_intent({"text": words, "intent": {"name": "lesson", "confidence": 0.9}})["intent"]["name"] == "set_shift"


@pytest.mark.parametrize("words", ["厂里出事了", "不想在厂里干了", "要不要辞工", "辞工了怎么跟孩子说"])
def test_who_asks_about_leaving_it_is_answered(words: str) -> None:
    assert with_plain_intent({"text": words, "intent": {"name": "lesson", "confidence": 0.9}})["intent"]["name"] == "lesson"


@pytest.mark.parametrize("words", ["厂里不放人得晚一个礼拜", "恐怕要晚两天", "老板松口了，能早回两天", "车票只抢到28号的了"])
def test_what_is_told_is_to_be_asked_about(words: str) -> None:
    assert is_unsure_move(words)


@pytest.mark.parametrize("words", ["推迟一周", "那就晚一天走", "请假条没批，往后挪一个星期", "改到下周五"])
def test_what_is_ordered_is_done(words: str) -> None:
    assert not is_unsure_move(words)


def test_the_day_of_the_only_ticket() -> None:
    assert only_ticket("车票只抢到二十八的了") == "二十八" and only_ticket("只剩腊月二十九的票了") == "腊月二十九" and not only_ticket("只买了一张")


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("我跟孩子他爸把手续办了，各过各的", "tell_divorce"), ("我跟孩子他爸手续办了，各过各的", "tell_divorce"), ("娃上个礼拜跟我住一块儿了", "tell_child_came"),
        ("我辞工回来带娃，不出去了", "tell_child_came"), ("想辞工回来带娃", None), ("孩子不跟我住了", None), ("孩子跟我住了怎么管", None), ("孩子跟我住一起了好吗", None),
    ],
)  # fmt: skip
def test_news_that_can_only_mean_one_thing(words: str, intent: str | None) -> None:
    assert news_intent(words) == intent


def test_a_danger_stays_a_danger() -> None:
    heard = {"text": "娃不来了", "intent": {"name": "danger", "confidence": 1.0}, DANGER: {"script": "runaway", "by": "classifier"}}

    assert with_plain_intent(heard) == heard
    assert with_plain_intent({**heard, DANGER: None})["intent"]["name"] == CANCEL


@pytest.mark.parametrize(
    ("words", "heard", "sure", "intent"),
    [
        ("连上十天大夜", "nlu_fallback", 0.9, "set_shift"),
        ("大小班轮，半个月一换", "lesson", 0.14, "set_shift"),
        ("上夜班睡不着", "lesson", 0.2, "lesson"),
        ("倒班太累", "lesson", 0.2, "lesson"),
        ("上夜班打不了电话", "lesson", 0.8, "lesson"),
        ("孩子说夜班辛苦", "nlu_fallback", 0.9, "nlu_fallback"),
    ],
)
def test_a_shift_is_read_where_the_model_hardly_heard_anything(words: str, heard: str, sure: float, intent: str) -> None:
    parsed = {"text": words, "intent": {"name": heard, "confidence": sure}, DANGER: None}

    assert with_plain_intent(parsed)["intent"]["name"] == intent


@pytest.mark.parametrize("words", ["那就" * 15 + "娃", "我的那个" * 7, "每周的那个那条" * 4, "不来了他他" * 6, "得要可能" * 7 + "晚", "点错了" * 10])
def test_words_in_a_heap_take_no_time(words: str) -> None:
    begins = time.perf_counter()
    plain_intent(words)

    # Alternatives under a star would need minutes.
    assert time.perf_counter() - begins < 0.5
