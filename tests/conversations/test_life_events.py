"""What happened in the family: comfort first, and the right things after it."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_a_death(talk: Talk) -> None:
    reply = await talk.say("带孩子的奶奶去世了")

    assert reply.startswith("听到这个，我很难过") and "家里出了不好的事" in reply
    assert talk.known().preferences.grief_until is not None


async def test_gone_is_asked_about(talk: Talk) -> None:
    assert "您说的“走了”" in await talk.say("孩子他爸走了")
    assert talk.known().preferences.grief_until is None
    assert "我很难过" in await talk.say("/tell_death")


async def test_a_separation(talk: Talk) -> None:
    reply = await talk.say("我们离婚了")

    assert "不是你的错" in reply and "离婚了，一个人带" in reply


async def test_the_child_came(talk: Talk) -> None:
    assert "要不要我记下“孩子跟您住”" in await talk.say("孩子来我身边了")
    assert talk.known().preferences.apart is None
    await talk.say('/keep_living{"living_apart": "no"}')
    assert talk.known().preferences.apart is False
    assert "孩子跟您住" in await talk.say("我的资料")


@pytest.mark.parametrize(
    ("said", "told"), [("见到娃了", "等他自己过来"), ("马上到家了", "路上慢点"), ("我在回家的高铁上了", "路上慢点"), ("把孩子送回老家了", "刚分开")]
)
async def test_meeting_and_parting_are_told_apart(talk: Talk, said: str, told: str) -> None:
    reply = await talk.say(said)

    assert told in reply and "【" not in reply


async def test_a_question_on_the_way_is_answered(talk: Talk) -> None:
    assert "【刚见面，孩子躲着我】" in await talk.say("马上到家了 孩子躲着我怎么办")


@pytest.mark.parametrize("question", ["爷爷走了怎么告诉五岁的孙女", "我和他爸离婚了该怎么告诉七岁的儿子", "要不要把孩子接到身边上学"])
async def test_questions_about_it_are_answered_by_lessons(talk: Talk, question: str) -> None:
    await talk.say(question)

    assert talk.known().preferences.grief_until is None and talk.known().preferences.apart is None


async def test_the_one_who_died_is_named_as_the_parent_did(talk: Talk) -> None:
    assert "“爷爷不在了" in await talk.say("孩子爷爷上个月走了")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("怎么跟孩子说", "【家里出了不好的事"), ("孩子一直哭怎么办", "想奶奶了"), ("他问奶奶去哪了", "奶奶不在了，身体停了"),
        ("我请不到假回去", "这不怪您"), ("孩子要不要去送葬", "听他自己的"),
    ],
)  # fmt: skip
async def test_what_is_asked_after_a_death_is_about_it(talk: Talk, asked: str, told: str) -> None:
    await talk.say("带孩子的奶奶去世了")

    reply = await talk.say(asked)
    assert told in reply and "有用吗" not in reply and "一分钟就好" not in reply


async def test_another_matter_after_a_death_is_another_matter(talk: Talk) -> None:
    await talk.say("带孩子的奶奶去世了")

    assert "【发烧" in await talk.say("孩子发烧怎么办")


async def test_after_the_death_of_a_child_no_lesson_on_children(talk: Talk) -> None:
    await talk.say("我儿子去世了")

    assert "我在" in await talk.say("我对不起孩子")


async def test_not_divorced_is_not_divorced(talk: Talk) -> None:
    await talk.say("我们没离婚")

    assert talk.known().preferences.grief_until is None


async def test_the_words_asked_for_next_are_about_what_was_told(talk: Talk) -> None:
    await talk.each("孩子发烧怎么办", "我离婚了")

    assert "【离婚了" in await talk.say("具体怎么说")
