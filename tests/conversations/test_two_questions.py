"""Two questions in one message are both answered, the second briefly."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_both_are_answered(talk: Talk) -> None:
    reply = await talk.say("孩子不肯吃青菜怎么办？还有春节的火车票提前几天能买")

    assert "12306" in reply and "您还问到的这件" in reply and "【挑食" in reply


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [("孩子挑食怎么办，还有晚上老尿床咋弄", "【上厕所", "【挑食"), ("孩子发烧39度 还有他在学校被人打了", "【发烧", "【校园欺凌")],
)
async def test_no_question_mark_is_needed(talk: Talk, said: str, first: str, second: str) -> None:
    reply = await talk.say(said)

    assert first in reply and second in reply
