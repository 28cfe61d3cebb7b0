"""The profile as parents fill it: corrections, two children, no words for it, enough of it."""

from __future__ import annotations

import pytest

from bot import services
from bot.people.children import BEIJING
from bot.people.parents import Child
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

BIRTH, SEX, PROVINCE, CARER, ANOTHER, MEETING = "孩子多大了", "男孩还是女孩", "在哪个省", "平时谁带", "还有别的孩子", "什么时候能见到"
BEGUN = ("/start_profile", "同意")


def _years(child: Child) -> int:
    return child.age_months(services.clock().now().astimezone(BEIJING).date()) // 12


async def test_what_was_said_wrong_is_put_right(talk: Talk) -> None:
    await talk.each(*BEGUN, "三岁")

    reply = await talk.say("不对，是四岁")
    assert "改成“四岁”" in reply and SEX in reply and len(reply) < 120
    await talk.each("女孩", "四川")
    reply = await talk.say("不对 是贵州")
    assert "改成“贵州”" in reply and CARER in reply
    await talk.each("外婆", "没有了")
    assert MEETING in await talk.say("我想改一下 孩子是男孩")
    await talk.say("没定")

    (child,) = talk.known().children
    assert (_years(child), child.sex, child.province, child.carer) == (4, "男孩", "贵州", "外公外婆")


async def test_two_ages_at_once_are_taken_one_by_one(talk: Talk) -> None:
    await talk.each(*BEGUN)

    reply = await talk.say("大的12小的3岁")
    assert "一个一个来" in reply and SEX in reply
    await talk.each("女孩", "河南", "爷爷奶奶")
    assert SEX in await talk.say("有 还有个小的 三岁")
    await talk.say("男孩")
    assert CARER in await talk.say("一样")
    assert ANOTHER in await talk.say("一样")
    await talk.each("没了", "春节")

    first, second = talk.known().children
    assert [_years(first), _years(second)] == [12, 3]
    assert (second.sex, second.province, second.carer) == ("男孩", "河南", "爷爷奶奶")


async def test_one_question_is_skipped_and_the_form_goes_on(talk: Talk) -> None:
    await talk.each(*BEGUN, "五岁")

    assert PROVINCE in await talk.say("不想说")
    assert "停了" in await talk.say("不说了")


async def test_never_mind_ends_it(talk: Talk) -> None:
    await talk.each(*BEGUN, "2岁")

    reply = await talk.say("算了")
    assert "停了" in reply and SEX not in reply


async def test_why_it_is_asked_is_told(talk: Talk) -> None:
    await talk.say("/start_profile")

    reply = await talk.say("为什么要记这个")
    assert "三个月和五岁" in reply and "同意我记下来吗" in reply and "【" not in reply
    assert BIRTH in await talk.say("行吧")


@pytest.mark.parametrize(("words", "told"), [("还没出生", "恭喜"), ("200岁", "18岁以下"), ("好的", "")])
async def test_what_is_no_age_is_met_with_a_word_and_the_question(talk: Talk, words: str, told: str) -> None:
    await talk.each(*BEGUN)

    reply = await talk.say(words)
    assert told in reply and BIRTH in reply and len(reply) < 110


async def test_a_day_of_the_lunar_year_is_a_day_to_meet(talk: Talk) -> None:
    await talk.each(*BEGUN, "六岁", "男孩", "湖南", "奶奶", "没有了")

    assert "都记好了" in await talk.say("腊月二十八")
    meeting = talk.known().meeting
    assert meeting is not None and meeting.on is not None and meeting.on.month in (1, 2)


@pytest.mark.parametrize("words", ["小名毛毛 男孩 2020年5月", "跟外婆在贵州", "我还有个女儿 三个月"])
async def test_what_is_told_before_consent_is_not_kept_and_gets_no_lesson(talk: Talk, words: str) -> None:
    await talk.say("孩子情况")
    answer = await talk.say(words)
    assert "我先不记" in answer and "同意记下" in answer and "【" not in answer
    assert not talk.known().children


async def test_a_question_before_consent_is_answered(talk: Talk) -> None:
    await talk.say("孩子情况")
    assert "【发烧" in await talk.say("五岁孩子发烧怎么办")
