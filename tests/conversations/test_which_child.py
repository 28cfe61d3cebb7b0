"""An age that was said once holds for the next questions, unless they are about another child or about something long after."""

from __future__ import annotations

from datetime import date

import pytest

from bot import services
from bot.people import parents
from bot.people.parents import Child
from tests.conversations.conftest import NOW, Talk

pytestmark = pytest.mark.asyncio


def _answer(slug: str, age: int | None) -> str:
    return services.library().lessons[slug].answer_for(age).split("\n")[0]


async def test_an_age_of_a_moment_ago_is_kept_in_mind(talk: Talk) -> None:
    await talk.say("孩子3个月，发烧了先看什么")

    reply = await talk.say("宝宝每天喝多少水")
    assert _answer("drinking-water", 3) in reply and "按您刚才说的3个月" in reply
    assert _answer("drinking-water", 3) != _answer("drinking-water", None)


@pytest.mark.parametrize("question", ["老二每天要喝多少水", "邻居家宝宝每天要喝多少水"])
async def test_a_question_about_another_child_is_not_answered_for_the_first(talk: Talk, question: str) -> None:
    await talk.say("孩子3个月，发烧了先看什么")

    assert _answer("drinking-water", 3) not in await talk.say(question)


async def test_an_age_that_the_lesson_is_not_for_says_nothing(talk: Talk) -> None:
    await talk.say("孩子13岁不爱说话怎么办")

    assert _answer("drinking-water", None) in await talk.say("宝宝每天喝多少水")


async def test_of_several_children_the_one_that_is_named_is_meant(talk: Talk) -> None:
    with services.database().session() as session:
        parents.record_consent(session, talk.parent, True, NOW)
        for born in (date(2021, 3, 1), date(2026, 8, 1)):
            parents.add_child(session, talk.parent, Child(born, False), NOW)

    assert _answer("drinking-water", 3) in await talk.say("老二每天要喝多少水")
    assert _answer("drinking-water", 68) in await talk.say("那大的呢")
