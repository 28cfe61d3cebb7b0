"""One mother from thirty days before Spring Festival to ten days after (docs/spring-festival.md), over the wire and without a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.evaluation.judge import visible
from bot.reminders.hours import BEIJING, Hours, beijing_day
from bot.reminders.outbox import CLAIMED, GATHERED, SENDING
from bot.simulator.chat import Side, Via
from bot.simulator.parent import Parent
from tests.end_to_end.spring import Walk
from tests.end_to_end.stack import running
from tools import spring_story as story

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.asyncio]


@pytest.fixture(scope="module")
async def told(model: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Walk, Parent]]:
    async with running(tmp_path_factory.mktemp("spring")) as stack:
        walk = Walk(stack)
        try:
            yield walk, await walk.go()
        finally:
            await walk.close()


def on(day: int) -> date:
    return story.NEW_YEAR + timedelta(days=day)


def words_of(parent: Parent, day: int) -> str:
    """All that the account said on a day, asked or not."""
    said = [each for each in parent.chat if each.side is Side.ACCOUNT and beijing_day(each.at) == on(day)]
    return "\n".join(visible(each.content.words()) for each in said)


async def test_nothing_came_twice_at_night_or_in_a_heap(told: tuple[Walk, Parent]) -> None:
    walk, parent = told
    came = [row["sent_at"] for row in walk.rows() if row["way"] == "customer_service" and row["sent_at"]]
    words = [each.content.words() for each in parent.chat if each.via is Via.CUSTOM]

    assert len(came) >= 8
    assert [each for each, times in Counter(words).items() if times > 1] == []
    assert all(Hours().allows(each) for each in came)
    assert max(Counter(beijing_day(each) for each in came).values()) == 1
    rows = walk.rows()
    assert not [row for row in rows if row["state"] in (CLAIMED, SENDING, GATHERED)]
    assert all(row["trail"] for row in rows)


async def test_each_thing_comes_on_its_day(told: tuple[Walk, Parent]) -> None:
    _, parent = told

    assert "【团聚计划】" in words_of(parent, -30) and "2月4号" in words_of(parent, -30)
    assert "12306" in words_of(parent, -18)
    assert "视频" in words_of(parent, -1) or "除夕" in words_of(parent, -1)
    assert "过年好" in words_of(parent, 0) or "新年好" in words_of(parent, 0)
    assert any(words in words_of(parent, 4) for words in ("再见", "我去上班", "挥手"))


async def test_what_she_told_is_not_asked_again(told: tuple[Walk, Parent]) -> None:
    walk, parent = told
    states = {(row["campaign"], row["step"]): row["state"] for row in walk.rows()}

    # 票抢到了, 买了个毽子, 打了: none of them is followed by the question whether it was done.
    asked = [visible(each.content.words()) for each in parent.chat if each.side is Side.ACCOUNT and each.at.astimezone(BEIJING).date() > on(-16)]
    assert not any("票买到了吗" in each for each in asked)
    assert states.get(("reunion_parting", "call_1?")) in (None, "cancelled")
    weekly = [row for row in walk.rows() if row["campaign"] == "weekly" and row["sent_at"]]
    assert not [row for row in weekly if on(-2) <= beijing_day(row["sent_at"]) <= on(4)]
