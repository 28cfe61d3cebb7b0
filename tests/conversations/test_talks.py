"""Short talks: what comes first, what is asked when, how to get out of everything."""

from __future__ import annotations

import pytest

from bot.people.offer import OFFER
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

QUESTION = "孩子挑食不吃青菜怎么办"
CONSENT, BIRTH, SEX, PROVINCE, CARER, ANOTHER, MEETING = (
    "同意我记下来吗", "孩子多大了", "男孩还是女孩", "在哪个省", "平时谁带", "还有别的孩子", "什么时候能见到",
)
# Each question of the form and the answer that leads to the next.
FORM = (
    (CONSENT, "同意"), (BIRTH, "五岁"), (SEX, "男孩"), (PROVINCE, "四川"), (CARER, "奶奶"), (ANOTHER, "没有了"), (MEETING, "春节"),
)
DANGER = "孩子吃花生卡住了脸发紫喘不上气快救命"


async def test_a_stranger_is_answered_first_and_asked_second(talk: Talk) -> None:
    first = await talk.say(QUESTION)

    assert first.index("吃") < first.index(OFFER.text)
    assert OFFER.text not in await talk.say("暑假怎么防溺水")


async def test_a_greeting_asks_for_nothing(talk: Talk) -> None:
    assert OFFER.text not in await talk.say("你好") and talk.known().offered_at is None


async def test_who_says_not_now_is_left_alone(talk: Talk) -> None:
    await talk.say(QUESTION)

    assert "不急" in await talk.say("/decline_profile")
    assert OFFER.text not in await talk.say(QUESTION)


async def test_the_form_asks_one_thing_after_the_other(talk: Talk) -> None:
    reply = await talk.say("/start_profile")
    for asks, answer in FORM:
        assert asks in reply
        reply = await talk.say(answer)

    assert "都记好了" in reply
    (child,) = talk.known().children
    assert (child.sex, child.province, child.carer) == ("男孩", "四川", "爷爷奶奶")
    meeting = talk.known().meeting
    assert meeting is not None and meeting.said == "春节"


@pytest.mark.parametrize("answered", range(len(FORM)))
async def test_the_form_can_be_stopped_at_each_question(talk: Talk, answered: int) -> None:
    await talk.say("孩子情况")
    await talk.each(*(answer for _, answer in FORM[:answered]))

    assert "停了" in await talk.say("停")
    # What was said so far is kept, and nothing is asked any more.
    assert len(talk.known().children) == (1 if answered >= 2 else 0)
    after = await talk.say("四川")
    assert not any(asks in after for asks, _ in FORM)


async def test_without_consent_nothing_is_asked_and_nothing_kept(talk: Talk) -> None:
    await talk.say("/start_profile")

    assert "什么都不记" in await talk.say("不同意")
    assert talk.known().children == () and not talk.known().agreed
    assert "吃" in await talk.say(QUESTION)


async def test_who_agreed_before_is_not_asked_again(talk: Talk) -> None:
    await talk.each("/start_profile", "同意", "停")

    assert BIRTH in await talk.say("/start_profile")


async def test_telling_anew_takes_the_place_of_what_was_told(talk: Talk) -> None:
    await talk.each("/start_profile", *(answer for _, answer in FORM))
    await talk.each("/start_profile", "八个月", "女孩", "跳过", "外婆", "没有了", "没定")

    (child,) = talk.known().children
    assert (child.sex, child.province, child.carer) == ("女孩", None, "外公外婆")


async def test_a_question_inside_the_form_is_answered_and_the_form_asks_again(talk: Talk) -> None:
    await talk.each("/start_profile", "同意")

    reply = await talk.say("暑假孩子在家怎么防溺水")

    assert "水" in reply and BIRTH in reply and OFFER.text not in reply
    assert SEX in await talk.say("五岁")


async def test_what_is_no_answer_is_asked_for_again(talk: Talk) -> None:
    await talk.each("/start_profile", "同意")

    assert BIRTH in await talk.say("啊这个")


async def test_danger_inside_the_form_comes_at_once_and_ends_it(talk: Talk) -> None:
    await talk.each("/start_profile", "同意")

    reply = await talk.say(DANGER)

    assert "120" in reply and BIRTH not in reply
    assert SEX not in await talk.say("五岁")


async def test_danger_is_the_first_message_too(talk: Talk) -> None:
    reply = await talk.say(DANGER)

    assert "120" in reply and OFFER.text not in reply


async def test_not_this_one_offers_others(talk: Talk) -> None:
    await talk.say(QUESTION)

    assert "1. " in await talk.say("不是这个")


async def test_more_goes_on_with_the_same_lesson(talk: Talk) -> None:
    first = await talk.say(QUESTION)
    more = await talk.say("还有呢")

    assert len(more) > 100 and more not in first


async def test_a_choice_is_answered(talk: Talk) -> None:
    assert "38℃" in await talk.say('/choose_lesson{"lesson_slug": "fever-by-age"}')
    assert "再" in await talk.say('/choose_lesson{"lesson_slug": "no-such-lesson"}')


async def test_the_age_that_is_said_chooses_the_answer(talk: Talk) -> None:
    assert "不等" in await talk.say("孩子发烧怎么办")
    assert "3到6个月的孩子" in await talk.say("四个月的孩子发烧怎么办")
    assert "满6个月的孩子" in await talk.say("五岁孩子发烧怎么办")


@pytest.mark.parametrize("follow_up", ["那三岁的呢", "那三岁呢"])
async def test_another_age_is_the_same_question_again(talk: Talk, follow_up: str) -> None:
    await talk.say("孩子发烧怎么办")

    assert "满6个月的孩子" in await talk.say(follow_up)


async def test_the_age_that_is_known_chooses_the_answer(talk: Talk) -> None:
    await talk.each("/start_profile", "同意", "两个月", "停")

    assert "不到3个月的孩子" in await talk.say("孩子发烧怎么办")


async def test_erasing_asks_first_and_then_forgets(talk: Talk) -> None:
    await talk.each("/start_profile", *(answer for _, answer in FORM))
    assert "全部删掉吗" in await talk.say("删除我的数据")
    assert talk.known().children

    assert "删好了" in await talk.say("/confirm_erase")
    assert talk.known().children == () and "没有记" in await talk.say("我的资料")


async def test_erasing_works_inside_the_form(talk: Talk) -> None:
    await talk.each("/start_profile", "同意", "五岁")
    await talk.say("删除我的数据")
    await talk.say("/confirm_erase")

    assert PROVINCE not in await talk.say("男孩")


async def test_who_stopped_reminders_is_answered_all_the_same(talk: Talk) -> None:
    await talk.say("停止提醒")
    assert talk.known().reminders_stopped_at is not None
    assert "吃" in await talk.say(QUESTION)
    await talk.say("恢复提醒")
    assert talk.known().reminders_stopped_at is None


async def test_a_parent_cannot_name_an_intent(talk: Talk) -> None:
    # The wire writes a parent's "/" so.
    assert "删好了" not in await talk.say("／confirm_erase")
    assert CONSENT not in await talk.say("／start_profile")


async def test_an_event_that_no_rule_covers_does_not_break_the_talk(talk: Talk) -> None:
    assert await talk.say("/EXTERNAL_unfollow") == ""
    assert "我是家书" in await talk.say("/EXTERNAL_follow")


async def test_two_parents_do_not_mix(talk: Talk) -> None:
    other = Talk(talk.questioner, f"{talk.parent}-other")
    await talk.say("/start_profile")

    assert BIRTH not in await other.say("同意")
    assert BIRTH in await talk.say("同意")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("停止提醒", "停了"),
        ("恢复提醒", "恢复了"),
        ("隐私说明", "隐私说明（第 2 版）"),
        ("我的资料", "没有记"),
        ("导出", "全部资料"),
        ("删除我的数据", "全部删掉吗"),
        ("找真人", "12356"),
        ("怎么用", "很简单"),
    ],
)
async def test_a_command_is_never_taken_for_another(talk: Talk, command: str, words: str) -> None:
    # 停止提醒 and 恢复提醒 share half of their characters: a classifier once took one for the other.
    assert words in await talk.say(command)


async def test_erasing_as_a_first_word_is_asked_about_too(talk: Talk) -> None:
    await talk.each("/start_profile", *(answer for _, answer in FORM))

    assert "全部删掉吗" in await talk.say("全部删掉")
    assert talk.known().children
    assert "删好了" in await talk.say("全部删掉")
    assert not talk.known().children


async def test_a_number_without_a_list_is_no_answer_to_anything(talk: Talk) -> None:
    for number in ("1", "3"):
        reply = await talk.say(number)
        assert "没有要选的号码" in reply and len(reply) < 40


async def test_a_number_that_is_not_on_the_list_is_told_so(talk: Talk) -> None:
    await talk.say(QUESTION)

    assert "没有要选的号码" in await talk.say("9")
