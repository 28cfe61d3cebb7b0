"""The question how the call went, as a row of the outbox: sent the next day where it may be, unless it was asked or told before.

`content/campaigns/call_coach.yml` has its words. Every function takes a session and belongs inside `Database.run`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.coach import calls
from bot.coach.evening import may_ask
from bot.reminders import context, follow_up
from bot.reminders.context import PushedContext
from bot.reminders.hours import beijing_day

CAMPAIGN, STEP, EXPECT = "call_coach", "tonight", "call_done"
# Openers given at eight in the evening are asked about after lunch; sooner the call may not have been made.
AFTER = timedelta(hours=17)


def plan(session: Session, parent_key: str, now: datetime) -> None:
    """Openers were given: there will be a call, and a question about it tomorrow if the parent wants to be asked."""
    calls.prepare(session, parent_key, now)
    if may_ask(session, parent_key):
        follow_up.plan(session, parent_key, _pushed(now), AFTER, now)


def take_question(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether to ask at this contact: True once a call, and not when the question was sent; then it is not sent any more."""
    if was_sent(session, parent_key, now) or not may_ask(session, parent_key):
        return False
    if not calls.take_question(session, parent_key, now):
        return False
    _settle(session, parent_key, now)
    return True


def may_take_question(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether `take_question` may say True; only reads, because for nearly every answer there is no call to ask about."""
    return calls.may_be_asked(session, parent_key, now)


def was_sent(session: Session, parent_key: str, now: datetime) -> bool:
    """Whether the question was the last message that was sent, and is not answered yet."""
    sent = context.open_for(session, parent_key, now)
    return sent is not None and sent.campaign == CAMPAIGN


def tell(session: Session, parent_key: str, went: str, now: datetime) -> None:
    """The parent told how it went: kept, and nobody asks any more."""
    calls.tell(session, parent_key, went, now)
    _settle(session, parent_key, now)


def _settle(session: Session, parent_key: str, now: datetime) -> None:
    """Nobody asks any more: the row of today's openers or yesterday's. What else a reply may be about stays open."""
    sent = context.open_for(session, parent_key, now)
    for day in (now, now - timedelta(days=1)):
        context.answered(session, parent_key, _pushed(day), now)
    if sent and sent.campaign != CAMPAIGN:
        context.open_context(session, parent_key, sent)


def _pushed(now: datetime) -> PushedContext:
    return PushedContext(CAMPAIGN, beijing_day(now).isoformat(), STEP, EXPECT, now)
