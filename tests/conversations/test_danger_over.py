"""After a danger: relief and what to watch, care where a word may mean a death, and no lesson while it goes on."""

from __future__ import annotations

import pytest

from bot import services
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

CHOKING, MISSING, NO_BREATH, BITTEN = "孩子被果冻噎住了喘不上气", "孩子不见了找不到", "孩子没呼吸了", "孩子被狗咬了出血了"
SEIZURE = "娃突然抽了，眼睛往上翻"


@pytest.mark.parametrize(
    ("danger", "over", "told"),
    [
        (CHOKING, "吐出来了", "还是去医院看一眼"),
        (CHOKING, "好多了", "还是去医院"),
        (MISSING, "现在找到了", "什么都别骂"),
        (MISSING, "没事了", "找到了就好"),
        (SEIZURE, "现在好了", "去医院查清楚"),
        (SEIZURE, "又活蹦乱跳的了", "去医院查清楚"),
        (SEIZURE, "他现在正常了", "去医院查清楚"),
    ],
)
async def test_when_it_is_over_there_is_relief_and_what_to_watch(talk: Talk, danger: str, over: str, told: str) -> None:
    await talk.say(danger)

    reply = await talk.say(over)
    assert told in reply and "【" not in reply
    assert await talk.say("没事了") != reply, "said once"


async def test_it_is_asked_whether_gone_means_dead(talk: Talk) -> None:
    await talk.say(NO_BREATH)

    reply = await talk.say("没了")
    assert "我怕听错" in reply and "就好" not in reply
    assert "很难过" in await talk.say("/tell_child_death")
    assert talk.known().reminders_stopped_at is not None


async def test_it_is_not_over(talk: Talk) -> None:
    first = await talk.say(CHOKING)

    assert await talk.say("还没出来") == first
    assert await talk.say("/still_in_danger") == first


@pytest.mark.parametrize("asked", ["然后呢", "怎么办", "具体怎么做"])
async def test_while_it_goes_on_nobody_is_given_a_lesson(talk: Talk, asked: str) -> None:
    await talk.say(CHOKING)

    reply = await talk.say(asked)
    assert "120" in reply and "【" not in reply


async def test_how_to_prevent_it_is_asked_afterwards(talk: Talk) -> None:
    await talk.each(CHOKING, "吐出来了")

    assert f"【{services.library().lessons['choking'].title}】" in await talk.say("那以后怎么防")


async def test_which_needle_is_asked_after_a_bite(talk: Talk) -> None:
    await talk.say(BITTEN)

    assert "打的是哪一种" in await talk.say("打过针了")
    assert "还要打狂犬病疫苗" in await talk.say('/tell_needle{"needle": "tetanus"}')
    assert "一针都不能少" in await talk.say("狂犬疫苗打了")


async def test_without_a_danger_the_words_are_only_good_news(talk: Talk) -> None:
    assert "那就好" in await talk.say("没事了")


async def test_heavy_words_are_not_sent_away(talk: Talk) -> None:
    await talk.each("我不想活了", "我没事了 就是说说")

    reply = await talk.say("还是难受")
    assert "12356" in reply


async def test_which_injection_may_be_said_in_words(talk: Talk) -> None:
    await talk.each(BITTEN, "打过针了")

    assert "还要打狂犬病疫苗" in await talk.say("破伤风")


@pytest.mark.parametrize(("told", "then", "number"), [("我不想活了", "没人管我", "12356"), ("老公打我", "他喝多了就这样", "110")])
async def test_few_words_after_a_distress_are_listened_to_and_get_no_lesson(talk: Talk, told: str, then: str, number: str) -> None:
    await talk.say(told)
    answer = await talk.say(then)
    assert number in answer and "【" not in answer


async def test_a_clear_question_after_a_distress_is_answered(talk: Talk) -> None:
    await talk.say("我不想活了")
    assert "【孩子在电话里哭" in await talk.say("孩子打电话老哭怎么办")


@pytest.mark.parametrize("said", ["孩子昨天没了", "娃没了"])
async def test_a_child_that_is_gone_may_be_dead(talk: Talk, said: str) -> None:
    assert "孩子去世了" in await talk.say(said)
    assert "很难过" in await talk.say("/tell_child_death")


@pytest.mark.parametrize(
    ("hinders", "told"),
    [
        ("他爸不让叫救护车", "不用谁点头"),
        ("奶奶不肯送医院", "不用谁点头"),
        ("没钱去医院", "先救人，钱后说"),
        ("叫救护车要多少钱", "先救人，钱后说"),
        ("120打不通", "接着拨120"),
        ("救护车还没来", "喊邻居"),
    ],
)
async def test_what_is_in_the_way_of_help_is_answered(talk: Talk, hinders: str, told: str) -> None:
    await talk.say(SEIZURE)

    reply = await talk.say(hinders)
    assert told in reply and "【" not in reply


async def test_the_number_is_the_one_of_the_danger(talk: Talk) -> None:
    await talk.say("老公在打我，堵着门")

    assert "现在就打110" in await talk.say("他不让我报警")


async def test_a_few_words_after_a_cry_for_help_are_listened_to(talk: Talk) -> None:
    await talk.say("我不想活了")

    reply = await talk.say("没意思 真的")
    assert "不用放在心上" not in reply and "【" not in reply
