"""A plan that is there is shown, moved, called off and kept safe."""

from __future__ import annotations

from datetime import date

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.danger_over import ActionTakeDangerOver
from actions.lessons import ActionOfferLessons
from actions.privacy import ActionExportMyData, ActionShowMyData
from actions.profile import ActionStopForm
from actions.pushed import ActionTakeAffirm
from actions.reunion import ActionStartReunion
from actions.reunion_changes import (
    ActionCancelPlan,
    ActionChangePlan,
    ActionMovePlan,
    ActionRestorePlan,
    ActionShowPlan,
    ValidateReunionMoveForm,
)
from bot import services
from bot.people import parents
from bot.reunion.plans import CHILD_COMES
from bot.wechat.choices import Choice, chosen
from tests.reunion.conftest import NOW, ReunionScene
from tests.reunion.planning import meeting, planned


async def test_who_has_a_plan_is_shown_it(scene: ReunionScene) -> None:
    scene.has_plan()

    assert "您有一个团聚计划：2月4号" in await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    assert scene.followed == ["action_listen"]
    assert "【团聚计划】" in await scene.run(ActionShowPlan(), "看我的计划", "show_plan")


async def test_what_is_over_is_not_shown(scene: ReunionScene) -> None:
    scene.has_plan(days=5)
    scene.clock.set(NOW.replace(year=2027, month=2, day=6))
    text = await scene.run(ActionShowPlan(), "看我的计划", "show_plan")

    assert "出发前" not in text and "头一天" not in text and "2月8号：当面说再见" in text


@pytest.mark.parametrize(
    ("words", "day"),
    [("推迟一周", date(2027, 2, 11)), ("提前两天", date(2027, 2, 2)), ("改到2月10号", date(2027, 2, 10)), ("改成正月初三", date(2027, 2, 8)),
     ("顺延一周", date(2027, 2, 11)), ("我记错了，是腊月二十七", date(2027, 2, 3)), ("不是二十八，是二十九", date(2027, 2, 5)), ("车票只有10号的了 改10号", date(2027, 2, 10))],
)
async def test_a_plan_moves_at_a_word(scene: ReunionScene, words: str, day: date) -> None:
    scene.has_plan()
    text = await scene.run(ActionChangePlan(), words, "change_plan")
    plan = scene.plan()

    assert plan is not None and plan.start == day and plan.days == 5
    assert f"改好了：{day.month}月{day.day}号" in text and scene.followed == ["action_listen"]


@pytest.mark.parametrize("words", ["晚几天", "可能要晚点才能回"])
async def test_how_many_days_some_are_is_asked(scene: ReunionScene, words: str) -> None:
    scene.has_plan()
    await scene.run(ActionChangePlan(), words, "change_plan")
    plan = scene.plan()

    assert plan is not None and plan.start == date(2027, 2, 4) and not scene.said and not scene.followed, "the form asks"


async def test_some_days_more_together_are_asked_for(scene: ReunionScene) -> None:
    scene.has_plan()
    text = await scene.run(ActionChangePlan(), "多住几天", "change_plan")

    assert "2月8号分开，改住到哪天？" in text and scene.followed == ["action_listen"]


async def test_another_day_of_a_journey_that_is_planned_is_asked_about(scene: ReunionScene) -> None:
    scene.has_plan()

    assert "2月4号改成2月2号？" in await scene.run(ActionStartReunion(), "我腊月二十六回去", "start_reunion")
    assert "您有一个团聚计划" in await scene.run(ActionStartReunion(), "我腊月二十八回去", "start_reunion")


async def test_a_ticket_for_the_day_of_the_plan_changes_nothing(scene: ReunionScene) -> None:
    scene.has_plan()

    assert "日子不变：2月4号" in await scene.run(ActionChangePlan(), "车票只抢到二十八的了", "change_plan")


async def test_a_word_in_another_form_leads_back_to_it(scene: ReunionScene) -> None:
    scene.has_plan()
    scene.form = "profile_form"
    await scene.run(ActionChangePlan(), "推迟一周", "change_plan")

    assert scene.followed == ["profile_form"]


async def test_change_alone_asks_for_the_day(scene: ReunionScene) -> None:
    scene.has_plan()
    await scene.run(ActionChangePlan(), "改时间", "change_plan")
    assert scene.followed == []
    form = ValidateReunionMoveForm()
    latest = {"text": "推迟三天", "intent": {"name": "change_plan"}, "entities": []}
    slots = {"requested_slot": "reunion_new_day"}
    tracker = Tracker(scene.parent, slots, latest, [], False, None, {"name": "reunion_move_form"}, "action_listen")
    taken = await form.extract_reunion_new_day(CollectingDispatcher(), tracker, {})
    scene.slots.update(await form.validate_reunion_new_day(taken["reunion_new_day"], CollectingDispatcher(), tracker, {}))

    assert "2月7号" in await scene.run(ActionMovePlan())
    assert scene.slots["reunion_new_day"] is None


@pytest.mark.parametrize(("words", "last"), [("能多待两天", date(2027, 2, 10)), ("待到正月初五", date(2027, 2, 10))])
async def test_who_stays_longer_leaves_later_and_comes_as_planned(scene: ReunionScene, words: str, last: date) -> None:
    scene.has_plan()
    text = await scene.run(ActionChangePlan(), words, "change_plan")
    plan = scene.plan()

    assert plan is not None and (plan.start, plan.end) == (date(2027, 2, 4), last)
    assert "一起7天，2月10号分开" in text and scene.followed == ["action_listen"]


async def test_asked_for_the_day_a_parent_may_tell_the_last_one(scene: ReunionScene) -> None:
    scene.has_plan()
    latest = {"text": "待到正月初五", "intent": {"name": "nlu_fallback"}, "entities": []}
    slots = {"requested_slot": "reunion_new_day"}
    tracker = Tracker(scene.parent, slots, latest, [], False, None, {"name": "reunion_move_form"}, "action_listen")
    form, silent = ValidateReunionMoveForm(), CollectingDispatcher()
    taken = await form.extract_reunion_new_day(silent, tracker, {})
    scene.slots.update(await form.validate_reunion_new_day(taken["reunion_new_day"], silent, tracker, {}))

    assert "2月10号分开" in await scene.run(ActionMovePlan(), "待到正月初五", "nlu_fallback")
    plan = scene.plan()
    assert plan is not None and plan.start == date(2027, 2, 4)


async def test_a_plan_does_not_move_into_the_past(scene: ReunionScene) -> None:
    scene.has_plan(start=date(2026, 11, 28))

    assert "已经过了" in await scene.run(ActionChangePlan(), "提前一周", "change_plan")
    plan = scene.plan()
    assert plan is not None and plan.start == date(2026, 11, 28)


async def test_a_question_with_such_words_moves_nothing(scene: ReunionScene) -> None:
    scene.has_plan()
    scene.lesson = "walking-to-school"
    await scene.run(ActionChangePlan(), "孩子开学推迟一周怎么办", "change_plan")
    await scene.run(ActionCancelPlan(), "取消订单怎么退", "cancel_plan")
    plan = scene.plan()

    assert plan is not None and plan.start == date(2027, 2, 4) and scene.followed == ["action_listen"]


async def test_a_move_taken_for_a_beginning_is_a_move(scene: ReunionScene) -> None:
    scene.has_plan()

    assert "改好了：2月7号" in await scene.run(ActionStartReunion(), "团聚的日子往后推三天", "start_reunion")


async def test_what_is_told_of_a_delay_is_asked_about(scene: ReunionScene) -> None:
    scene.has_plan()

    assert "那就推迟一周，2月4号改成2月11号？" in await scene.run(ActionChangePlan(), "厂里不放人得晚一个礼拜", "change_plan")
    plan = scene.plan()
    assert plan is not None and plan.start == date(2027, 2, 4) and scene.tapped("对，推迟一周") == "推迟一周"
    titles = [Choice(number, each["title"], each["payload"]) for number, each in enumerate(scene.said[-1]["buttons"], 1)]
    assert [found.payload for word in ("好", "不用") if (found := chosen(titles, word))] == ["推迟一周", "/show_plan"]
    offered = {"event": "bot", "text": "", "data": {"buttons": scene.said[-1]["buttons"]}, "metadata": {}}
    asked, agreed = {"event": "user", "text": "得晚一个礼拜"}, {"event": "user", "text": "好"}
    assert "改好了：2月11号" in await scene.run(ActionTakeAffirm(), "好", "affirm", since=[asked, offered, agreed])


async def test_a_child_that_does_not_come_calls_off_its_visit_only(scene: ReunionScene) -> None:
    assert "孩子来不成" in await scene.run(ActionCancelPlan(), "娃不来了", "cancel_plan")
    scene.has_plan()
    assert "您要取消的是2月4号的团聚计划吗" in await scene.run(ActionCancelPlan(), "娃不来了", "cancel_plan")
    assert scene.plan() is not None

    scene.has_plan(who=CHILD_COMES)
    assert "你来不成了" in await scene.run(ActionCancelPlan(), "娃不来了", "cancel_plan")
    assert scene.plan() is None


async def test_without_a_plan_changing_offers_one(scene: ReunionScene) -> None:
    assert "现在排" in await scene.run(ActionChangePlan(), "推迟一周", "change_plan")
    assert "现在排" in await scene.run(ActionShowPlan(), "我的计划", "show_plan")
    assert "不用取消" in await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")


async def test_calling_off_and_taking_it_back(scene: ReunionScene) -> None:
    await planned(scene)
    assert meeting(scene) is not None
    text = await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")
    assert "取消了" in text and "点错了" in text and scene.plan() is None

    assert meeting(scene) is None, "it would be counted down to"

    assert "计划还在" in await scene.run(ActionRestorePlan(), "", "restore_plan")
    assert scene.plan() is not None


async def test_my_data_shows_and_exports_the_plan(scene: ReunionScene) -> None:
    await planned(scene, promise="带他去钓鱼")

    assert "还有您的团聚计划：2月4号" in await scene.run(ActionShowMyData(), "我的资料", "show_my_data")
    exported = await scene.run(ActionExportMyData(), "导出", "export_my_data")
    assert '"从": "2027-02-04"' in exported and "带他去钓鱼" in exported


async def test_cancel_alone_asks_whether_the_plan_is_meant(scene: ReunionScene) -> None:
    assert await scene.run(ActionStopForm(), "取消", "stop_form") == "utter_nothing_to_stop"
    scene.has_plan()

    assert "2月4号的团聚计划吗" in await scene.run(ActionStopForm(), "取消", "stop_form")
    assert await scene.run(ActionStopForm(), "停", "stop_form") == "utter_nothing_to_stop"


async def test_a_child_that_comes_needs_a_safe_place(scene: ReunionScene) -> None:
    text = await planned(scene, who="孩子来我这儿", when="7月10号", days="一个月")
    plan = scene.plan()

    assert plan is not None and plan.who == CHILD_COMES and "7月5号：住处看一遍" in text


async def test_leave_to_notify_is_asked_once_a_month(scene: ReunionScene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "隔几天没来" in await planned(scene)
    await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")
    assert "隔几天没来" not in await planned(scene)


async def test_who_wants_no_reminders_is_told_none_come(scene: ReunionScene) -> None:
    with services.database().session() as session:
        parents.stop_reminders(session, scene.parent, NOW)
    text = await planned(scene)

    assert "您说过不要提醒" in text and "隔几天没来" not in text


async def test_a_child_that_comes_is_waited_for(scene: ReunionScene) -> None:
    scene.has_plan(who=CHILD_COMES)

    assert "我等着你" in await scene.run(ActionChangePlan(), "推迟一周", "change_plan")
    said = await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")
    assert "你来不成了" in said and "我来不了" not in said


async def test_no_reminder_is_promised_to_who_wants_none(scene: ReunionScene) -> None:
    scene.has_plan()
    with services.database().session() as session:
        parents.stop_reminders(session, scene.parent, NOW)

    assert "提醒" not in await scene.run(ActionChangePlan(), "推迟一周", "change_plan")
    await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")
    assert "提醒" not in await scene.run(ActionRestorePlan(), "", "restore_plan")


async def test_taking_it_back_in_words_is_taking_it_back(scene: ReunionScene) -> None:
    scene.has_plan()
    await scene.run(ActionCancelPlan(), "取消计划", "cancel_plan")

    assert "计划还在" in await scene.run(ActionShowPlan(), "恢复计划", "show_plan")


@pytest.mark.parametrize("words", ["快到家了", "马上就回家了", "明天就回家了", "过几天回家了", "还没到家了", "孩子放学到家了", "他回家了"])
async def test_who_is_not_there_yet_is_not_welcomed(scene: ReunionScene, words: str) -> None:
    scene.has_plan(start=date(2026, 11, 30))
    await scene.run(ActionOfferLessons(), words, "nlu_fallback")
    plan = scene.plan()

    assert plan is not None and plan.start == date(2026, 11, 30)


async def test_who_is_there_is_welcomed_also_where_it_sounds_like_a_danger_over(scene: ReunionScene) -> None:
    scene.has_plan(start=date(2026, 11, 30))

    assert "到了就好" in await scene.run(ActionTakeDangerOver(), "已经到家了", "tell_danger_over")
    plan = scene.plan()
    assert plan is not None and plan.start == date(2026, 11, 26)
    assert await scene.run(ActionTakeDangerOver(), "没事了", "tell_danger_over") == "utter_not_in_danger"
