"""Short replies to pushed messages: kept as follow-through, answered kindly, and without one as ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rasa_sdk import Action

from actions.basics import ActionOffTopic
from actions.coach import ActionTellCallWent
from actions.feedback import ActionTakeFeedback
from actions.lesson_more import ActionOfferOthers
from actions.lessons import ActionAnswerLesson, ActionOfferLessons
from actions.profile import ActionStopForm
from actions.pushed import ActionTakeAffirm, ActionTakeDeny, ActionTakeReport
from actions.pushed_answers import read_answer
from actions.pushed_words import DONE_WORD, REPLIES
from actions.reunion_changes import ActionRestorePlan
from bot import services
from bot.reminders import context
from bot.reminders.campaigns import load_campaigns
from bot.reunion.follow_through import ANSWERS, ASKED, NO, NOT_YET, YES, Counts
from tests.conftest import ROOT
from tests.reunion.conftest import ReunionScene


def is_open(scene: ReunionScene) -> bool:
    with services.database().session(readonly=True) as session:
        return context.open_for(session, scene.parent, scene.clock.now()) is not None


@pytest.mark.parametrize("said", ["奶奶说不用买了", "她奶奶说别买了，家里有", "老人说别乱花钱", "我妈叫我别买", "不用买了，家里都有", "外婆让我莫破费"])
def test_what_the_old_people_say_of_gifts_is_a_no(said: str) -> None:
    assert read_answer("gift_done", said) == NO


def test_other_words_of_grandmother_are_no_answer() -> None:
    assert read_answer("gift_done", "奶奶说他不听话") is None


@pytest.mark.parametrize(
    ("intent", "words", "expect", "kept", "says"),
    [
        ("report_done", "买了", "gift_done", Counts(yes=1), "我看到它就想起你"),
        ("report_not_yet", "还没", "gift_done", Counts(not_yet=1), "还来得及"),
        ("report_done", "说了", "talk_done", Counts(yes=1), "谢谢您"),
        ("report_done", "打了", "call_done", Counts(yes=1), "后来呢"),
        ("report_not_yet", "没做成", "activity_done", Counts(not_yet=1), "不急"),
        ("report_wont", "不坐火车", "ticket_done", Counts(no=1), "汽车"),
        ("report_wont", "不回", "ticket_done", Counts(no=1), "回不去也有办法"),
        ("report_done", "好了", "safety_done", Counts(yes=1), "辛苦了"),
        ("report_done", "学了", "lesson_done", Counts(yes=1), "又学完一课"),
    ],
)
async def test_a_reply_is_about_what_was_pushed(
    scene: ReunionScene, intent: str, words: str, expect: str, kept: Counts, says: str
) -> None:
    scene.was_pushed("some_step", expect)

    assert says in await scene.run(ActionTakeReport(), words, intent)
    assert scene.counts() == {expect: kept} and not is_open(scene)


@pytest.mark.parametrize(
    ("expect", "answers"),
    [
        ("ticket_done", {"在候补": NOT_YET, "还在抢": NOT_YET, "抢不到啊": NOT_YET, "老公在买": NOT_YET, "没有票了": NOT_YET, "买张票要多久": None}),
        ("gift_done", {"在路上了": YES, "寄出去了": YES, "录了一段语音": YES, "没钱买": NO, "没钱花": None}),
        ("plan_done", {"说了一件": YES, "孩子说随便": YES, "不说了": NO, "他不理我": None}),
        ("talk_done", {"说了一半": YES, "说了也不听": NOT_YET, "开不了口": NOT_YET, "不说了": NO, "奶奶开不了口": None}),
        ("activity_done", {"玩了一会儿就不玩了": YES, "他不肯玩": NO, "不想玩": NO, "他不肯上学": None}),
        ("safety_done", {"说了一半": YES, "不说了": NO, "他们不听": None}),
        ("lesson_done", {"看了一半": NOT_YET, "学了一点": NOT_YET, "看不懂": None}),
        ("call_done", {"看了一半": None}),
        ("", {"说了一半": None}),
    ],
)
def test_answers_in_other_words_are_read_by_what_was_asked(expect: str, answers: dict[str, str | None]) -> None:
    assert {said: read_answer(expect, said) for said in answers} == answers


@pytest.mark.parametrize(
    ("action", "intent", "words", "expect", "says"),
    [
        (ActionAnswerLesson(), "lesson", "老公在买", "ticket_done", "候补购票"),
        (ActionOfferLessons(), "nlu_fallback", "抢不到啊", "ticket_done", "候补购票"),
        (ActionOfferOthers(), "offer_others", "不知道呢", "ticket_done", "候补购票"),
        (ActionStopForm(), "stop_form", "不说了", "talk_done", "先放一放"),
        (ActionTakeFeedback(), "give_feedback", "说了一半", "talk_done", "谢谢您想着他们"),
        (ActionTakeReport(), "report_not_yet", "没钱买", "gift_done", "没买也没关系"),
    ],
)
async def test_they_are_taken_wherever_they_are_misheard(
    scene: ReunionScene, action: Action, intent: str, words: str, expect: str, says: str
) -> None:
    scene.was_pushed("some_step?", expect)
    scene.lesson = "when-the-child-cries"
    text = await scene.run(action, words, intent)

    assert says in text and services.library().lessons[scene.lesson].title not in text
    assert list(scene.counts()) == [expect] and not is_open(scene)


async def test_not_to_know_answers_a_question_and_no_other_message(scene: ReunionScene) -> None:
    scene.was_pushed("tickets", "ticket_done")

    assert "换个说法" in await scene.run(ActionOfferOthers(), "不知道呢", "offer_others")
    assert scene.counts() == {} and is_open(scene)


async def test_good_to_a_question_is_yes_and_to_a_message_is_a_promise(scene: ReunionScene) -> None:
    scene.was_pushed("gifts_12", "gift_done")
    assert "回我“买了”" in await scene.run(ActionTakeAffirm(), "好的", "affirm")
    assert scene.counts() == {} and is_open(scene)

    scene.was_pushed("gifts_12?", "gift_done")
    assert "一起玩一盘" in await scene.run(ActionTakeAffirm(), "嗯", "affirm")
    assert scene.counts() == {"gift_done": Counts(yes=1)}


async def test_no_to_a_message_offers_to_stop_its_kind(scene: ReunionScene) -> None:
    scene.was_pushed("gifts_12", "gift_done", campaign="spring_festival")
    await scene.run(ActionTakeDeny(), "不要", "deny")

    assert scene.tapped("这类") == '/stop_kind{"notify_kind": "holiday"}'
    assert scene.counts() == {"gift_done": Counts(no=1)}


async def test_none_to_a_question_is_not_yet(scene: ReunionScene) -> None:
    scene.was_pushed("gifts_12?", "gift_done")
    await scene.run(ActionTakeDeny(), "没有", "deny")

    assert scene.counts() == {"gift_done": Counts(not_yet=1)}


@pytest.mark.parametrize(
    ("action", "intent", "words", "says"),
    [(ActionTakeAffirm(), "affirm", "好的", "utter_affirm"), (ActionTakeDeny(), "deny", "不要", "utter_deny")],
)
async def test_without_a_pushed_message_words_mean_what_they_always_mean(
    scene: ReunionScene, action: Action, intent: str, words: str, says: str
) -> None:
    assert await scene.run(action, words, intent) == says
    # In the middle of a form it is not about what was pushed, and days later it is nothing again.
    scene.was_pushed("gifts_12?", "gift_done")
    scene.form = "profile_form"
    assert "一起玩一盘" not in await scene.run(action, words, intent)
    assert scene.counts() == {}
    scene.form = None
    scene.clock.turn(timedelta(hours=49))
    assert await scene.run(action, words, intent) == says


async def test_a_report_without_anything_pushed_is_answered_all_the_same(scene: ReunionScene) -> None:
    assert "说到做到" in await scene.run(ActionTakeReport(), "弄好了", "report_done")
    assert scene.counts() == {}
    assert "候补购票" in await scene.run(ActionTakeReport(), "票没抢到", "report_not_yet")
    assert scene.counts() == {"ticket_done": Counts(not_yet=1)}


async def test_what_is_named_is_meant_whatever_was_pushed_last(scene: ReunionScene) -> None:
    scene.has_plan()
    scene.was_pushed("caregiver_6", "talk_done")

    assert "他是第一个知道的人" in await scene.run(ActionTakeReport(), "票抢到了", "report_done")
    assert scene.counts() == {"ticket_done": Counts(yes=1)} and is_open(scene)


async def test_not_by_train_is_remembered(scene: ReunionScene) -> None:
    scene.has_plan()
    scene.was_pushed("tickets_16", "ticket_done")
    await scene.run(ActionTakeReport(), "不坐火车", "report_wont")
    plan = scene.plan()

    assert plan is not None and plan.by_train is False


@pytest.mark.parametrize("words", ["不回了", "回不成了", "那天走不成了", "走不开 不去了"])
async def test_staying_away_calls_the_plan_off_and_a_tap_undoes_it(scene: ReunionScene, words: str) -> None:
    scene.has_plan()
    scene.was_pushed("tickets_16", "ticket_done")
    text = await scene.run(ActionTakeReport(), words, "report_wont")

    assert "2月4号的团聚计划我先取消了" in text and scene.tapped("点错了") == "/restore_plan"
    assert scene.plan() is None and scene.facts().reunion is None
    await scene.run(ActionRestorePlan(), "", "restore_plan")
    assert scene.plan() is not None


async def test_a_longer_answer_to_a_pushed_message_is_kept(scene: ReunionScene) -> None:
    scene.was_pushed("asked_last", "activity_done")
    scene.lesson = "plan-with-the-child"
    assert "你最喜欢哪一下" in await scene.run(ActionOfferLessons(), "做了，赶集和放风筝都做了", "nlu_fallback")
    assert scene.counts() == {"activity_done": Counts(yes=1)}


@pytest.mark.parametrize(
    ("expect", "words", "kept"),
    [
        ("gift_done", "买了个足球", YES), ("gift_done", "给他挑了一本故事书", YES), ("activity_done", "昨晚跟他下了两盘棋", YES),
        ("plan_done", "跟她讲了，她高兴得蹦起来", YES), ("gift_done", "这个就不弄了", NO), ("gift_done", "买了个手机他天天玩怎么办", None),
        ("plan_done", "跟他讲道理没用", None), ("activity_done", "他玩手机", None),
    ],
)  # fmt: skip
def test_what_was_done_is_told_by_what_it_was(expect: str, words: str, kept: str | None) -> None:
    assert read_answer(expect, words) == kept


async def test_what_sounds_off_topic_may_answer_what_was_pushed(scene: ReunionScene) -> None:
    assert "陪" not in await scene.run(ActionOffTopic(), "买了个足球", "off_topic")
    scene.was_pushed("gifts_12", "gift_done")
    assert "我看到它就想起你" in await scene.run(ActionOffTopic(), "买了个足球", "off_topic")
    assert scene.counts() == {"gift_done": Counts(yes=1)}


async def test_a_call_with_tears_is_a_call_and_a_question(scene: ReunionScene) -> None:
    scene.was_pushed("call_1", "call_done", campaign="reunion_parting")
    scene.lesson = "when-the-child-cries"
    text = await scene.run(ActionAnswerLesson(), "打了，她哭了", "lesson")

    assert services.library().lessons["when-the-child-cries"].title in text
    assert scene.counts() == {"call_done": Counts(yes=1)} and not is_open(scene)


async def test_a_long_question_is_no_reply(scene: ReunionScene) -> None:
    scene.lesson = "gifts-by-age"
    scene.was_pushed("gifts_12", "gift_done")
    text = await scene.run(ActionTakeReport(), "礼物买了他不喜欢 我该怎么办才好", "report_done")

    assert services.library().lessons["gifts-by-age"].title in text and scene.counts() == {} and is_open(scene)
    assert "还来得及" in await scene.run(ActionTakeReport(), "没买到怎么办", "report_not_yet")


async def test_how_a_call_went_answers_the_question_for_it(scene: ReunionScene) -> None:
    scene.was_pushed("call_1?", "call_done", campaign="reunion_parting")
    await scene.run(ActionTellCallWent(), "没打成", "tell_call_went")

    assert scene.counts() == {"call_done": Counts(not_yet=1)}


def test_everything_that_campaigns_ask_has_its_words() -> None:
    campaigns = load_campaigns(ROOT / "content/campaigns")
    asked = {step.expect for campaign in campaigns.all for step in campaign.steps if step.expect}

    assert asked <= set(ASKED) and set(ASKED) == set(DONE_WORD)
    assert {(expect, answer) for expect in ASKED for answer in ANSWERS} == set(REPLIES)


def test_every_lesson_that_is_offered_exists(scene: ReunionScene) -> None:
    assert {reply.lesson for reply in REPLIES.values() if reply.lesson} <= set(services.library().lessons)
