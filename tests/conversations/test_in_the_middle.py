"""A few words that sound like danger alone, in the middle of a talk about something else."""

from __future__ import annotations

import pytest

from actions.in_the_middle import says_who_or_what
from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio

CHECK = "要是这会儿有人出事了"


async def test_they_go_on_with_the_lesson_and_say_whom_to_call(talk: Talk) -> None:
    await talk.say("孩子一写作业就磨蹭")
    answer = await talk.say("断了")

    assert answer.startswith("接着说【") and f"{CHECK}，别等，先打120" in answer


async def test_who_may_mean_themselves_are_spoken_to(talk: Talk) -> None:
    await talk.say("孩子一写作业就磨蹭")
    answer = await talk.say("控制不住")

    assert answer.startswith("接着说【") and "您自己快忍不住" in answer and "12356" in answer


async def test_as_a_first_message_they_get_the_script(talk: Talk) -> None:
    answer = await talk.say("没气")
    assert "120" in answer and "【" not in answer and CHECK not in answer


@pytest.mark.parametrize("question", ["怎么防溺水", "被狗咬了要打几针", "我心里烦躁想发火", "孩子发烧39度"])
async def test_after_a_lesson_on_safety_or_distress_they_get_the_script(talk: Talk, question: str) -> None:
    await talk.say(question)
    answer = await talk.say("控制不住")
    assert "我听着" not in answer and "12356" in answer


@pytest.mark.parametrize("danger", ["没气了", "吐了", "流血了", "不见了", "没反应", "他倒了", "不想活"])
async def test_words_of_a_person_a_body_or_an_act_get_the_script(talk: Talk, danger: str) -> None:
    await talk.say("孩子一写作业就磨蹭")

    answer = await talk.say(danger)
    assert CHECK not in answer and any(line in answer for line in ("120", "110", "12356"))


@pytest.mark.parametrize("said", ["控制不住", "断了", "没气", "关机了"])
async def test_nobody_and_nothing_is_named(said: str) -> None:
    assert not says_who_or_what(said)


@pytest.mark.parametrize("said", ["倒了", "卡住了", "喝了", "掉了", "没呼吸", "腿断了", "喊不应", "想死", "打他了", "不见了"])
async def test_somebody_or_something_is_named(said: str) -> None:
    assert says_who_or_what(said)


async def test_something_happened_is_asked_about_with_the_numbers(talk: Talk) -> None:
    answer = await talk.say("出事了")
    assert "120" in answer and "一句话告诉我" in answer
