"""The planner action by action: questions and answers until the plan, and changes to it."""

from __future__ import annotations

from datetime import date

import pytest

from actions.profile import ActionStopForm
from actions.reunion import ActionFinishReunion, ActionStartReunion
from actions.reunion_child import ActionAskReunionChild
from bot.people.parents import Child, Meeting
from bot.reunion.plans import GO_HOME
from tests.reunion.conftest import ReunionScene
from tests.reunion.planning import answer, asked, meeting, planned

GIRL = Child(date(2019, 5, 1), False, "女孩", "四川")
BOY = Child(date(2022, 3, 1), False, "男孩", "四川")


async def test_five_answers_make_a_plan_in_one_message(scene: ReunionScene) -> None:
    text = await planned(scene, promise="带他去钓鱼")
    plan = scene.plan()

    assert plan is not None and (plan.start, plan.days, plan.who, plan.budget) == (date(2027, 2, 4), 5, GO_HOME, 500)
    message = scene.said[0]["text"]
    for part in ("2月4号（周四，腊月廿八）您到家，一起5天", "1月21号：买票", "120块以内", "带他去钓鱼", "2月8号：当面说再见", "改时间"):
        assert part in message
    assert len(message.encode()) < 2048 and "挑样礼物" in text
    assert all(scene.slots[slot] is None for slot in ("reunion_when", "reunion_promise"))


async def test_the_profile_knows_the_meeting(scene: ReunionScene) -> None:
    await planned(scene)

    assert meeting(scene) == Meeting("2月4号", date(2027, 2, 4))


async def test_from_until_needs_no_question_for_the_days(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    await answer(scene, "reunion_when", "2月4号到10号")

    assert "reunion_days" not in await asked(scene)


async def test_a_day_in_the_first_message_is_not_asked_for(scene: ReunionScene) -> None:
    text = await scene.run(ActionStartReunion(), "我腊月二十八回家 帮我排个计划", "start_reunion")

    assert "2月4号" in text and "reunion_when" not in await asked(scene)


async def test_what_is_told_with_the_day_is_not_asked_for(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "我腊月二十六回去，初八走", "start_reunion")

    assert "2月2号（周二，腊月廿六），您回家，一起12天" in scene.said[0]["text"]
    assert (scene.slots["reunion_who"], scene.slots["reunion_days"]) == (GO_HOME, "12")


@pytest.mark.parametrize("words", ["年底二十九号动身回家", "回家的日子定了，正月初三"])
async def test_a_word_with_a_day_in_it_does_not_say_how_long(scene: ReunionScene, words: str) -> None:
    await scene.run(ActionStartReunion(), words, "start_reunion")

    assert scene.slots["reunion_who"] == GO_HOME and not scene.slots.get("reunion_days")


async def test_not_decided_ends_kindly(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    await answer(scene, "reunion_when", "还没定呢")
    assert await asked(scene) == []

    assert "没定也不要紧" in await scene.run(ActionFinishReunion())
    assert scene.plan() is None


async def test_a_day_that_is_over_is_asked_again(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")

    assert await answer(scene, "reunion_when", "10月25号") is None
    assert "明年10月25号" in scene.said[0]["text"]
    assert await answer(scene, "reunion_when", "这个月25号") is None
    assert "已经过了" in scene.said[0]["text"]
    kept = await answer(scene, "reunion_when", "25号")
    assert kept["start"] == "2026-12-25"


@pytest.mark.parametrize("said", ["孩子发烧怎么办", "暑假怎么防溺水", "/ask_gifts", "你好"])
async def test_what_is_no_answer_fills_nothing(scene: ReunionScene, said: str) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    for slot in ("reunion_when", "reunion_who", "reunion_days", "reunion_budget"):
        assert await answer(scene, slot, said) is None


async def test_an_answer_counts_whatever_it_was_taken_for(scene: ReunionScene) -> None:
    assert await answer(scene, "reunion_who", "我回家", "start_reunion") == "go_home"
    assert await answer(scene, "reunion_days", "五天", "change_plan") == 5
    assert await answer(scene, "reunion_days", "推迟一周", "change_plan") is None
    assert await answer(scene, "reunion_budget", "不说", "stop_form") == "skipped"
    assert await answer(scene, "reunion_budget", "不说了", "stop_form") is None


async def test_danger_and_stop_are_never_answers(scene: ReunionScene) -> None:
    for intent, said in (("danger", "带他去河里"), ("stop_form", "没有"), ("cancel_plan", "没有")):
        assert await answer(scene, "reunion_promise", said, intent) is None


async def test_it_asks_which_child_only_where_there_are_several(scene: ReunionScene) -> None:
    scene.has_children(GIRL)
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    assert "reunion_child" not in await asked(scene)

    scene.has_children(BOY)
    scene.slots.clear()
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    assert "reunion_child" in await asked(scene)
    asks = await scene.run(ActionAskReunionChild())
    assert "7岁女孩" in asks and "都见" in asks
    assert await answer(scene, "reunion_child", "大的") == "2019-05-01"
    assert await answer(scene, "reunion_child", scene.slots["reunion_children"][1][1]) == "2022-03-01"
    assert await answer(scene, "reunion_child", "两个都见") == "all"
    # 小雨 is a name and not the small one; nobody here knows whose.
    assert await answer(scene, "reunion_child", "小雨") is None
    assert await answer(scene, "reunion_child", "小儿子") == "2022-03-01"


async def test_gifts_are_found_for_the_child_that_is_met(scene: ReunionScene) -> None:
    scene.has_children(GIRL, BOY)
    await planned(scene, child="大的")

    assert scene.tapped("挑样礼物") == '/ask_gifts{"table_age": "93"}'


async def test_a_name_in_a_promise_is_not_kept(scene: ReunionScene) -> None:
    await planned(scene, promise="带李小明去少年宫，电话13800138000")
    plan = scene.plan()

    assert plan is not None and "李小明" not in plan.promised and "138" not in plan.promised


async def test_stopped_half_way_it_goes_on_where_it_was(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    await answer(scene, "reunion_when", "腊月二十八")
    scene.form = "reunion_form"
    await scene.run(ActionStopForm(), "停", "stop_form")
    assert scene.form is None

    assert "接着来" in await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    assert (await asked(scene))[0] == "reunion_who"
    scene.turn(days=90)
    assert "接着来" not in await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    assert (await asked(scene))[0] == "reunion_when"


async def test_what_is_asked_next_is_about_the_plan(scene: ReunionScene) -> None:
    scene.slots.update(lesson_last="fever-by-age", lesson_age=3)
    await planned(scene)

    assert scene.slots["lesson_last"] == "plan-with-the-child" and scene.slots["lesson_age"] is None


async def test_a_day_without_a_month_is_said_back_with_it(scene: ReunionScene) -> None:
    await scene.run(ActionStartReunion(), "团聚计划", "start_reunion")
    await answer(scene, "reunion_when", "3号")

    assert "2月3号" in "".join(str(each.get("text")) for each in scene.said)
