"""A few words after an answer are understood with the question before them."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("question", "then", "said"),
    [
        ("孩子发烧39度", "奶奶说捂汗行不行", "别捂汗"),
        ("孩子发烧39度", "现在睡着了", "【发烧"),
        ("他说同学老欺负他", "我想回去揍那个同学", "【校园欺凌"),
        ("孩子挑食不吃菜", "奶奶追着喂", "追着喂"),
        ("孩子作业不写", "打电话盯着也没用", "不盯着视频催"),
        ("老人太惯孩子", "说了也不听", "【跟带孩子的老人"),
        ("暑假想接孩子来深圳", "路上谁送", "【暑假"),
    ],
)
async def test_they_are_about_the_lesson_before(talk: Talk, question: str, then: str, said: str) -> None:
    first = await talk.say(question)
    second = await talk.say(then)

    assert said in second
    # What stands on the screen already is not said again as a whole.
    assert first.splitlines()[1] not in second


@pytest.mark.parametrize(
    ("question", "then", "said"),
    [
        ("宝宝发烧38度5", "能洗澡吗", "可以洗温水澡"),
        ("孩子拉肚子", "几天了还不好", "两三天不见好"),
        ("六个月宝宝怎么加辅食", "一天几次", "从一天一顿"),
        ("孩子晚上尿床", "几岁算正常", "五岁前尿床很常见"),
        ("孩子误喝了洗洁精", "要催吐吗", "不要催吐"),
        ("孩子掉水里刚救上来", "要控水吗", "不要倒过来控水"),
        ("孩子被狗咬了一口没出血", "要打针吗", "今天就去狂犬病门诊"),
    ],
)
async def test_a_short_question_is_met_with_the_sentence_that_answers_it(talk: Talk, question: str, then: str, said: str) -> None:
    await talk.say(question)
    reply = await talk.say(then)

    assert said in reply and len(reply) < 300


async def test_what_the_lesson_does_not_say_is_not_made_up(talk: Talk) -> None:
    await talk.say("六个月宝宝怎么加辅食")
    reply = await talk.say("买什么牌子")

    assert "没写到" in reply and "问医生" in reply


async def test_after_a_danger_an_open_question_goes_to_those_who_know(talk: Talk) -> None:
    await talk.say("孩子误喝了洗洁精")
    reply = await talk.say("能喝水吗")

    assert "说不准" in reply and "120" in reply and "【" not in reply


async def test_how_to_say_it_is_about_what_was_spoken_of(talk: Talk) -> None:
    await talk.say("今年过年不回去了")
    assert "节日不在一起" in await talk.say("怎么跟孩子讲")


async def test_a_parent_is_not_taken_for_a_foreman(talk: Talk) -> None:
    await talk.each("奶奶太惯孩子了", "怎么跟她说")
    assert "开会" not in (await talk.say("会吵起来")).split("\n")[0]


async def test_of_two_lessons_they_are_about_the_one_that_they_fit(talk: Talk) -> None:
    await talk.each("他说同学老欺负他", "老师不管")
    assert "【校园欺凌" in await talk.say("我想回去揍那个同学")


async def test_what_they_could_mean_alone_is_there_to_tap(talk: Talk) -> None:
    await talk.say("孩子发烧39度")
    answer = await talk.say("现在睡着了")

    assert "您问的要不是这个" in answer and "1. " in answer


async def test_a_question_of_its_own_is_answered_as_such(talk: Talk) -> None:
    await talk.say("孩子发烧39度")
    assert "【孩子不想上学" in await talk.say("孩子不想上学")


async def test_danger_is_heard_whatever_was_spoken_of(talk: Talk) -> None:
    await talk.say("孩子挑食不吃菜")
    assert "120" in (await talk.say("他噎住了脸发紫"))


async def test_without_an_answer_before_them_they_are_asked_about(talk: Talk) -> None:
    assert "【发烧" not in await talk.say("能洗澡吗")


async def test_three_answers_later_they_stand_alone(talk: Talk) -> None:
    await talk.each("孩子发烧39度", "谢谢", "你是谁", "你是真人吗", "收费吗")
    assert "【发烧" not in (await talk.say("能洗澡吗")).split("\n")[0]


async def test_the_next_words_go_on_with_what_comes_next(talk: Talk) -> None:
    await talk.say("老人太惯孩子")
    first, second = await talk.each("说了也不听", "一说就急")
    assert first != second


async def test_how_long_it_lasts_moves_no_plan(talk: Talk) -> None:
    await talk.say("孩子老咳嗽")
    assert "团聚计划" not in await talk.say("一个星期了")


@pytest.mark.parametrize(("question", "then"), [("孩子流鼻血", "仰着头对不"), ("暑假孩子来厂里白天没人看", "午饭呢"), ("孩子老咬指甲", "那涂啥")])
async def test_a_few_words_after_an_answer_are_no_greeting_and_no_excuse(talk: Talk, question: str, then: str) -> None:
    await talk.say(question)

    reply = await talk.say(then)
    assert "您好呀" not in reply and "放在心上" not in reply and "我叫家书" not in reply


async def test_the_weather_is_the_weather_after_a_lesson_too(talk: Talk) -> None:
    await talk.say("孩子零花钱怎么给")

    assert "接着说" not in await talk.say("明天天气怎么样")


async def test_news_about_a_relayed_message_stops_nothing(talk: Talk) -> None:
    await talk.say("怎么跟孩子奶奶说别打孩子")
    await talk.say("发了 她回个哦")

    assert talk.known().reminders_stopped_at is None


async def test_who_asks_how_about_something_else_is_not_told_of_the_lesson_before(talk: Talk) -> None:
    await talk.say("孩子发烧怎么办")

    assert "没写到" not in await talk.say("我该怎样跟仔仔讲电话")
