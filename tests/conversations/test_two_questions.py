"""Two questions in one message are both answered, the second briefly."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Talk

pytestmark = pytest.mark.asyncio


async def test_both_are_answered(talk: Talk) -> None:
    reply = await talk.say("孩子不肯吃青菜怎么办？还有春节的火车票提前几天能买")

    assert "12306" in reply and "您还问到的这件" in reply and "【挑食" in reply
