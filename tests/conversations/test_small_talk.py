"""Words that are no question, and what is no word at all."""

from __future__ import annotations

import pytest

from bot import services
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("。", "我在呢"), ("???", "我在呢"), ("／::)", "我在呢"), ("[捂脸]", "当爸妈的都有这种时候"), ("😭😭😭", "是想孩子了"), ("[流泪]", "是想孩子了"),
        ("👍", ""), ("[强][强]", ""), ("😂", ""), ("[玫瑰]", "心意收到"), ("😡", "心里有火"), ("😱", "120"), ("我我我", "您慢慢说"), ("我想问一下", "您慢慢说"),
        ("我今天很高兴 孩子叫妈妈了", "给他一句|跟孩子说一句"), ("孩子说想我", "给他一句|跟孩子说一句"), ("今天先不聊了", "早点歇着"),
        ("祝您元旦快乐", "谢谢您"), ("就是想找人扯几句闲话", "您说，我听着"), ("行 我晚上照这个试", "好的"),
        ("child fever 39", "120"), ("my son don't talk to me, what can i do", "中文"), ("今天星期几", "孩子的事"),
    ],
)  # fmt: skip
async def test_each_is_met_as_what_it_is(talk: Talk, said: str, told: str) -> None:
    """`told`: what the reply says; several, where a reply has variations of which Rasa draws one."""
    reply = await talk.say(said)

    assert any(words in reply for words in told.split("|")) and "【" not in reply


@pytest.mark.parametrize(
    ("said", "number"),
    [("厂里压了我两个月工资不给 上哪儿告", "12333"), ("我血压有点高早上头晕要吃药吗", "120"), ("我在网上刷单被骗了三千块", "110"), ("老家宅基地确权去哪里办", "12348")],
)
async def test_who_asks_what_others_know_is_told_whom_to_ask(talk: Talk, said: str, number: str) -> None:
    reply = await talk.say(said)

    assert number in reply and "【" not in reply


async def test_who_asks_for_a_human_is_not_told_yes(talk: Talk) -> None:
    assert (await talk.say("你是真人吗")).startswith("我是机器人，不是真人")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("要钱吗？", "不要钱"), ("会不会扣我话费！", "不要钱"), ("你真笨", "不往心里去"), ("不好意思，打扰了", "没事的"),
        ("线长会不会晓得我跟你讲这些", "不给工厂看"), ("喂，你听得见我说话吗", "我在"),
    ],
)  # fmt: skip
async def test_what_is_asked_of_it_itself_is_answered(talk: Talk, said: str, told: str) -> None:
    reply = await talk.say(said)

    assert told in reply and "【" not in reply


@pytest.mark.parametrize("said", ["别烦我", "莫烦我", "别烦我！"])
async def test_who_wants_to_be_left_alone_gets_no_more_messages(talk: Talk, said: str) -> None:
    await talk.say(said)

    assert talk.known().reminders_stopped_at is not None


async def test_stop_with_nothing_going_on_can_stop_the_messages(talk: Talk) -> None:
    reply = await talk.say("停")

    assert "别再主动发" in reply and talk.known().reminders_stopped_at is None
    await talk.say("/stop_reminders")
    assert talk.known().reminders_stopped_at is not None


async def test_an_unclear_wish_can_be_tapped(talk: Talk) -> None:
    reply = await talk.say("换一批")

    assert "1. 今晚打电话聊什么" in reply and "3. 一起玩什么" in reply


async def test_question_marks_after_an_answer_ask_what_is_unclear(talk: Talk) -> None:
    await talk.say("孩子挑食不吃青菜怎么办")

    reply = await talk.say("???")
    assert "没说清楚" in reply and "1. 先做哪一步" in reply


@pytest.mark.parametrize(
    ("typed", "lesson"), [("我女儿来yuejing了", "menstruation"), ("haizi bu shuohua", "the-silent-child"), ("wo de zi liao", "")]
)
async def test_pinyin_is_read(talk: Talk, typed: str, lesson: str) -> None:
    title = f"【{services.library().lessons[lesson].title}】" if lesson else "没有记"

    assert title in await talk.say(typed)
