"""A notification that was allowed once, when a plan was made, is not used up by what comes every week."""

from __future__ import annotations

from datetime import date

import pytest

from bot.clock import ManualClock
from bot.reminders import contact
from bot.reminders.campaigns import load_campaigns
from bot.reminders.compose import Composer
from bot.reminders.gateway import Reach
from bot.reminders.words import read_words
from tests.reminders.engine import Engine, content, with_tickets
from tests.reminders.support import ROOT, around, beijing


def test_the_weekly_digest_leaves_it_for_the_journey() -> None:
    campaigns = load_campaigns(ROOT / "content/campaigns")
    using = {campaign.slug for campaign in campaigns.all if any("subscription" in step.ways for step in campaign.steps)}

    assert "reunion" in using
    assert "weekly" not in using


@pytest.mark.parametrize(("left", "asked"), [(1, True), (2, False)])
async def test_when_the_last_is_used_up_the_next_is_asked_for_where_it_was_of_use(
    engine: Engine, clock: ManualClock, left: int, asked: bool
) -> None:
    engine = with_tickets(engine, ways=("subscription", "next_contact"))
    composer = Composer(*content(), public_url="https://jiashu.example")
    engine.dispatcher.decider._composer = composer
    engine.parent("pa", around(date(2027, 1, 21)), Reach(following=True, consents=left))
    await engine.until(beijing(2027, 1, 6, 18))

    (row,) = engine.rows(step="tickets")
    assert row["way"] == "subscription" and ("jiashu.example/notify" in read_words(row["words"]).text) is asked


def test_without_a_page_that_can_be_signed_nothing_is_asked() -> None:
    assert Composer(*content(), public_url="http://127.0.0.1:5007").allow_again() == ""


async def test_whether_it_was_done_is_not_asked_before_the_words_were_told(engine: Engine, clock: ManualClock) -> None:
    engine = with_tickets(engine, ways=("subscription", "next_contact"))
    engine.parent("pa", around(date(2027, 1, 21)), Reach(following=True, consents=2))
    await engine.until(beijing(2027, 1, 6, 18))
    assert engine.rows(step="tickets?") == []

    with engine.database.session() as session:
        contact.told(session, "pa", contact.waiting_for(session, "pa", clock.now(), engine.known), clock.now())
    assert [row["state"] for row in engine.rows(step="tickets?")] == ["planned"]
