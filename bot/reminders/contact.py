"""What waited for a parent's next contact: told after the answer to what the parent asked, never before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.reminders import busy, context, follow_up, outbox, tables, trail
from bot.reminders.audience import settled
from bot.reminders.context import PushedContext
from bot.reminders.facts import NOTHING_KNOWN, Facts
from bot.reminders.hours import beijing_day
from bot.reminders.people import FactsSource, People
from bot.reminders.whose import is_still_true
from bot.reminders.words import Words, read_words

# More than this beside an answer is a wall; the rest waits for another time.
MOST = 1
OPENING = "对了，一直想跟您说："

_OUT = tables.outbox.c
# Made once: building a statement costs more than the database needs for it, and every answer asks for this one.
_WAITING = (
    select(_OUT.id, _OUT.campaign, _OUT.occurrence, _OUT.step, _OUT.words)
    .where(_OUT.parent_key == bindparam("whose"), _OUT.words.is_not(None), _OUT.stale_at > bindparam("moment"))
    .order_by(_OUT.due_at.desc())
)


@dataclass(frozen=True)
class Waiting:
    """A message that waited, with its words."""

    id: int
    campaign: str
    occurrence: str
    step: str
    words: Words

    @property
    def text(self) -> str:
        return f"{OPENING}{self.words.text}"


def waiting_for(
    session: Session, parent_key: str, now: datetime, source: FactsSource | None = None
) -> tuple[Waiting, ...]:
    """What to tell this parent now, the newest first; nothing in the middle of a form, nothing that was stopped meanwhile."""
    found = session.execute(_WAITING, {"whose": parent_key, "moment": now}).all()
    if not found or busy.among(session, [parent_key], now):
        return ()
    facts = (source or People(lambda: now)).many(session, [parent_key]).get(parent_key, NOTHING_KNOWN)
    waiting = [Waiting(row.id, row.campaign, row.occurrence, row.step, read_words(row.words)) for row in found]
    return tuple([each for each in waiting if _is_welcome(each.words, facts, beijing_day(now))][:MOST])


def _is_welcome(words: Words, facts: Facts, day: date) -> bool:
    """What the parent said since, in this very message perhaps, counts: the outbox learns of it only at the next tick."""
    if not facts.wants(words.kind) or (words.cheerful and facts.grieves(day)):
        return False
    return is_still_true(words.day, facts) and settled(words.kind, words.expect, facts) is None


def told(session: Session, parent_key: str, given: Sequence[Waiting], now: datetime) -> None:
    """They are in the answer: a reply is about the last of them from now on."""
    for each in given:
        row = session.execute(select(tables.outbox).where(_OUT.id == each.id)).mappings().first()
        # Between the look and now its plan may have been made anew: told is told, and must not be sent on top of it.
        waited = row is not None and row["state"] in (outbox.KEPT, outbox.PLANNED, outbox.CANCELLED, outbox.STALE)
        if row is None or not (waited or row["words"]):
            continue
        values: dict[str, object] = {"words": None, "trail": trail.add(row["trail"], "told", now)}
        if waited:
            values.update(state=outbox.CONFIRMED, way=outbox.NEXT_CONTACT, sent_at=now)
        session.execute(update(tables.outbox).where(_OUT.id == each.id).values(**values))
        pushed = PushedContext(each.campaign, each.occurrence, each.step, each.words.expect, now)
        context.open_context(session, parent_key, pushed)
        if each.words.ask_after and not each.step.endswith("?"):
            follow_up.plan(session, parent_key, pushed, each.words.ask_after, now)
