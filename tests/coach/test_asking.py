"""The question how the call went is sent once, or asked once, never both: on real databases of both kinds, with the real campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.coach import asking, calls
from bot.db import Database
from bot.people import preferences
from bot.reminders import context, outbox
from bot.reminders.campaigns import load_campaigns
from bot.reminders.context import PushedContext

# Eight in the evening in China.
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)
TOMORROW = NOW + timedelta(hours=20)
ALICE = "palice"


@pytest.fixture
def session(either_database: Database) -> Iterator[Session]:
    with either_database.session() as opened:
        yield opened


def due(session: Session, now: datetime) -> list[str]:
    """The steps that a dispatcher would take."""
    session.flush()
    return [f"{row.campaign} {row.step}" for row in outbox.claim(session, "test", now, 10)]


def test_the_campaign_has_the_words_of_the_question(root: Path) -> None:
    found = load_campaigns(root / "content/campaigns").step(asking.CAMPAIGN, f"{asking.STEP}?")

    assert found is not None
    campaign, step = found
    assert campaign.kind in preferences.KINDS and step.expect == asking.EXPECT and "聊得怎么样" in step.ask


def test_the_question_is_due_the_next_day_and_not_before(session: Session) -> None:
    asking.plan(session, ALICE, NOW)

    assert due(session, NOW + timedelta(hours=16)) == []
    assert due(session, TOMORROW) == ["call_coach tonight?"]


def test_other_openers_on_one_evening_are_one_question(session: Session) -> None:
    for minutes in (0, 5, 50):
        asking.plan(session, ALICE, NOW + timedelta(minutes=minutes))
        session.flush()

    assert due(session, TOMORROW + timedelta(hours=1)) == ["call_coach tonight?"]


def test_what_was_told_is_not_asked(session: Session) -> None:
    asking.plan(session, ALICE, NOW)
    session.flush()
    asking.tell(session, ALICE, calls.GOOD, NOW + timedelta(hours=2))

    assert due(session, TOMORROW) == []
    assert calls.last_went(session, ALICE, TOMORROW) == calls.GOOD


def test_what_was_asked_at_a_contact_is_not_sent(session: Session) -> None:
    asking.plan(session, ALICE, NOW)
    session.flush()

    assert asking.take_question(session, ALICE, NOW + timedelta(hours=14))
    assert due(session, TOMORROW) == []


def test_what_was_sent_is_not_asked_at_the_next_contact(session: Session) -> None:
    asking.plan(session, ALICE, NOW)
    session.flush()
    sent = PushedContext(asking.CAMPAIGN, "2026-03-02", "tonight?", asking.EXPECT, TOMORROW)
    context.open_context(session, ALICE, sent)

    assert not asking.take_question(session, ALICE, TOMORROW + timedelta(hours=1))
    asking.tell(session, ALICE, calls.SO_SO, TOMORROW + timedelta(hours=1))
    assert context.open_for(session, ALICE, TOMORROW + timedelta(hours=1)) is None


def test_another_message_that_awaits_a_reply_is_left_open(session: Session) -> None:
    other = PushedContext("spring_festival", "2026", "gifts_15", "gift_done", NOW)
    context.open_context(session, ALICE, other)
    asking.plan(session, ALICE, NOW)
    session.flush()

    asking.tell(session, ALICE, calls.GOOD, TOMORROW)

    assert context.open_for(session, ALICE, TOMORROW) == other


def test_who_stopped_the_question_is_not_asked(session: Session) -> None:
    preferences.stop_kinds(session, ALICE, ["call_coach"])
    asking.plan(session, ALICE, NOW)
    session.flush()

    assert due(session, TOMORROW) == [] and not asking.take_question(session, ALICE, TOMORROW)
    assert calls.counts(session)["prepared"] == 1
