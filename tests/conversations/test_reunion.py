"""The reunion planner: from 团聚计划 to the plan, and everything that can come between. Days are seen from today."""

from __future__ import annotations

from datetime import date

import pytest

from bot import services
from bot.people.children import BEIJING
from bot.reunion import plans
from bot.reunion.plans import CHILD_COMES, Plan
from bot.text.dates import read_day
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

WHEN, WHO, DAYS, BUDGET, PROMISE = "哪天见面", "谁动身", "一起待几天", "打算花多少", "答应过孩子什么"
FORM = ((WHEN, "腊月二十六"), (WHO, "我回家"), (DAYS, "五天"), (BUDGET, "500"), (PROMISE, "带他去钓鱼"))
DANGER = "孩子吃花生卡住了脸发紫喘不上气快救命"


def today() -> date:
    return services.clock().now().astimezone(BEIJING).date()


def day(words: str) -> date:
    found = read_day(words, today())
    assert found is not None
    return found.start


def plan_of(talk: Talk) -> Plan | None:
    with services.database().session(readonly=True) as session:
        return plans.current(session, talk.parent, today())


async def planned(talk: Talk) -> str:
    await talk.say("团聚计划")
    return (await talk.each(*(answer for _, answer in FORM)))[-1]


async def test_a_few_answers_make_the_plan(talk: Talk) -> None:
    reply = await talk.say("团聚计划")
    for asks, answer in FORM:
        assert asks in reply
        reply = await talk.say(answer)

    assert "【团聚计划】" in reply and "带他去钓鱼" in reply and "120块以内" in reply
    plan = plan_of(talk)
    assert plan is not None and (plan.start, plan.days) == (day("腊月二十六"), 5)
    meeting = talk.known().meeting
    assert meeting is not None and meeting.on == plan.start


@pytest.mark.parametrize("answered", range(len(FORM)))
async def test_it_can_be_stopped_at_each_question_and_taken_up_again(talk: Talk, answered: int) -> None:
    await talk.say("团聚计划")
    await talk.each(*(answer for _, answer in FORM[:answered]))
    assert "停了" in await talk.say("停")
    assert plan_of(talk) is None

    assert FORM[answered][0] in await talk.say("团聚计划")


async def test_a_question_in_between_is_answered_and_the_planner_asks_again(talk: Talk) -> None:
    await talk.each("团聚计划", "腊月二十六")

    reply = await talk.say("孩子发烧怎么办")

    assert "38" in reply and WHO in reply
    assert DAYS in await talk.say("我回家")


async def test_danger_comes_at_once_and_ends_the_planner(talk: Talk) -> None:
    await talk.each("团聚计划", "腊月二十六", "我回家", "五天", "500")

    reply = await talk.say(DANGER)

    assert "120" in reply and PROMISE not in reply
    assert PROMISE not in await talk.say("你好")
    assert "接着来" in await talk.say("团聚计划")


async def test_not_decided_yet(talk: Talk) -> None:
    await talk.say("团聚计划")

    assert "没定也不要紧" in await talk.say("还没定呢")
    assert plan_of(talk) is None


async def test_the_day_and_who_travels_are_taken_from_the_first_message(talk: Talk) -> None:
    reply = await talk.say("我腊月二十八回家 帮我排个计划")

    assert "2月4号（周四，腊月廿八），您回家" in reply and WHO not in reply and WHEN not in reply


async def test_a_child_that_comes_from_until(talk: Talk) -> None:
    reply = await talk.each("团聚计划", "7月10号到7月30号", "孩子来我这儿")
    assert BUDGET in reply[-1], "the days are known"
    await talk.each("不花钱", "没有")

    plan = plan_of(talk)
    assert plan is not None and (plan.who, plan.days, plan.budget, plan.promised) == (CHILD_COMES, 21, 0, "")


async def test_it_moves_by_a_week(talk: Talk) -> None:
    await planned(talk)

    assert "改好了" in await talk.say("推迟一周")
    plan = plan_of(talk)
    assert plan is not None and (plan.start - day("腊月二十六")).days == 7 and plan.days == 5


async def test_change_asks_for_the_day_and_takes_words(talk: Talk) -> None:
    await planned(talk)
    assert "改到哪天" in await talk.say("改时间")
    assert "改到哪天" in await talk.say("啊这个")
    assert "改好了" in await talk.say("腊月二十七")

    plan = plan_of(talk)
    assert plan is not None and plan.start == day("腊月二十七")


async def test_changing_ones_mind_about_changing(talk: Talk) -> None:
    await planned(talk)
    await talk.say("改时间")

    assert "日子不变" in await talk.say("算了 不改了")


async def test_a_word_on_the_plan_inside_another_form_leads_back(talk: Talk) -> None:
    await planned(talk)
    await talk.each("/start_profile", "同意")

    reply = await talk.say("推迟一周")

    assert "改好了" in reply and "孩子多大了" in reply


async def test_the_plan_is_shown_and_called_off(talk: Talk) -> None:
    await planned(talk)
    assert "【团聚计划】" in await talk.say("看我的计划")
    assert "您有一个团聚计划" in await talk.say("团聚计划")

    assert "取消了" in await talk.say("取消计划")
    assert plan_of(talk) is None
    assert "计划还在" in await talk.say("/restore_plan")
    assert "团聚计划吗" in await talk.say("取消")


async def test_without_a_plan_it_offers_one(talk: Talk) -> None:
    assert "现在排" in await talk.say("看我的计划")
    assert "现在排" in await talk.say("推迟一周")


async def test_erasing_forgets_the_plan(talk: Talk) -> None:
    await planned(talk)
    await talk.each("/erase_my_data", "/confirm_erase")

    assert plan_of(talk) is None


@pytest.mark.parametrize("question", ["火车票怎么买", "跟孩子分开的时候怎么说", "过年回家孩子不认我", "见面头一天孩子躲着我怎么办"])
async def test_questions_about_reunions_stay_questions(talk: Talk, question: str) -> None:
    reply = await talk.say(question)

    assert WHEN not in reply and "现在还没有团聚计划" not in reply


async def test_inside_the_planner_there_is_no_second_offer_to_plan(talk: Talk) -> None:
    await talk.say("团聚计划")

    reply = await talk.say("十天")
    assert "要不要现在排" not in reply and "哪天见面" in reply


async def test_a_range_of_days_is_not_a_number_of_two_digits(talk: Talk) -> None:
    await talk.each("团聚计划", "过年", "我回家", "七八天吧", "1000")

    assert "8天" in await talk.say("没有")


async def test_about_when_is_enough(talk: Talk) -> None:
    await talk.say("团聚计划")

    assert WHO in await talk.say("大概正月")


async def test_who_travels_may_be_said_first(talk: Talk) -> None:
    await talk.say("团聚计划")

    reply = await talk.say("孩子来我这儿")
    assert "孩子来您这儿" in reply and WHEN in reply
    assert DAYS in await talk.say("腊月二十六")


async def _meets(talk: Talk, when: str) -> None:
    await talk.each("/start_profile", "同意", "六岁", "男孩", "湖南", "奶奶", "没有了", when)


@pytest.mark.parametrize("said", ["不回了", "回不去了", "取消计划"])
async def test_a_meeting_without_a_plan_is_forgotten_when_it_cannot_be(talk: Talk, said: str) -> None:
    await _meets(talk, "春节")

    reply = await talk.say(said)
    assert "划掉了" in reply and "假没批、票没抢到" in reply
    assert talk.known().meeting is None


async def test_another_visit_stays(talk: Talk) -> None:
    await _meets(talk, "暑假")

    assert "划掉了" not in await talk.say("过年不回了")
    assert talk.known().meeting is not None


async def test_a_day_said_one_question_later_says_it_more_exactly(talk: Talk) -> None:
    await talk.each("团聚计划", "过年")
    answer = await talk.say("腊月二十六")
    assert "我记着了" in answer and "谁动身" in answer
    await talk.each("我回去", "十天", "不花钱")
    assert "腊月廿六" in await talk.say("没有")


async def test_ages_said_in_the_planner_are_no_question(talk: Talk) -> None:
    await talk.each("团聚计划", "过年", "我回去")
    answer = await talk.say("大的那个 8岁 小的2岁")
    assert "您想问哪件事" not in answer and "一起待几天" in answer


async def test_a_journey_is_heard_after_a_lesson_too(talk: Talk) -> None:
    await talk.say("女儿五岁发烧39度")

    assert "腊月廿六" in await talk.say("我腊月二十六回家")
