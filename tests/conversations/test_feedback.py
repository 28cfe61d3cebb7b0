"""Was it useful? Asked after the second sure answer at the earliest, taken by a tap or a word, and never in the way."""

from __future__ import annotations

import pytest

from actions.feedback import QUESTION
from bot import services
from bot.logs import news, reading, writing
from bot.logs.cleaning import Cleaner
from bot.logs.grouping import Grouping
from bot.logs.heard import turns_in
from bot.logs.shapes import TalkFilter
from bot.people.offer import OFFER
from tests.conversations.conftest import Talk
from tests.logs.support import KEY, dicts, missed

pytestmark = pytest.mark.asyncio

FIRST, SECOND = "孩子挑食不吃青菜怎么办", "暑假怎么防溺水"


async def asked(talk: Talk) -> None:
    """Talk until it is asked: other offers come first."""
    for question in (FIRST, SECOND, "孩子发烧怎么办", "打电话孩子不说话怎么办", "孩子晚上不睡觉怎么办"):
        if QUESTION in await talk.say(question):
            return
    raise AssertionError("it was never asked")


async def test_the_first_answer_has_one_offer_only(talk: Talk) -> None:
    first = await talk.say(FIRST)

    assert OFFER.text in first and QUESTION not in first


async def test_a_word_is_taken_and_answered(talk: Talk) -> None:
    await asked(talk)

    assert "没白问" in await talk.say("很有用")
    assert QUESTION not in await talk.say("孩子老咬指甲怎么办")


async def test_what_was_missing_is_noted(talk: Talk) -> None:
    await asked(talk)
    assert "差在哪儿" in await talk.say("没帮上")

    assert "记下了" in await talk.say("说得太绕那个啥嘛")


async def test_a_clear_question_after_it_is_answered(talk: Talk) -> None:
    await asked(talk)
    await talk.say("没帮上")

    assert "记下了" not in await talk.say("孩子被狗咬了要打针吗")


async def test_danger_after_it_comes_first(talk: Talk) -> None:
    await asked(talk)
    await talk.say("没帮上")

    assert "120" in await talk.say("孩子吃花生卡住了脸发紫喘不上气快救命")


async def asked_in_vain(talk: Talk, question: str, lesson: str) -> None:
    """As the record and the review leave it: a miss, and a lesson that answers it now."""
    now = services.clock().now()
    clean = [Cleaner(KEY).clean(heard, 1) for heard in turns_in(talk.parent, dicts(missed(question)), now)]
    with services.database().session() as session:
        writing.write(session, clean, KEY, Grouping())
    with services.database().session() as session:
        (line,) = [each for each in reading.talks_page(session, TalkFilter()).items if each.preview == question]
        found = reading.talk(session, line.ref)
        assert found is not None and news.tell(session, [found.turns[0].id], lesson, now) == 1


async def test_who_asked_in_vain_hears_of_the_answer_once(talk: Talk) -> None:
    await asked_in_vain(talk, "孩子老做梦说梦话是咋回事", "fever-by-age")
    assert "现在有答案了" not in await talk.say("你好")

    told = await talk.say(SECOND)
    assert "您上次问的“孩子老做梦说梦话是咋回事”，现在有答案了" in told and OFFER.text not in told and QUESTION not in told
    assert "38℃" in await talk.say('/choose_lesson{"lesson_slug": "fever-by-age"}')
    assert "现在有答案了" not in await talk.say(FIRST)
