"""Writes plans into the outbox, thousands of parents at a time: never a query for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog

from bot.db import Database
from bot.reminders import outbox, state
from bot.reminders.facts import NOTHING_KNOWN
from bot.reminders.gateway import Gateway
from bot.reminders.hours import MIDNIGHT, at_hour, beijing_day
from bot.reminders.people import FactsSource
from bot.reminders.plan import Plan, Window
from bot.reminders.writing import Written, insert, rewrite

log = structlog.get_logger(__name__)

# How far ahead rows are written, and how near the end may come before more are. Everything is looked at again when it is
# sent, so a longer plan would only be rewritten more often.
AHEAD, AT_LEAST = timedelta(days=8), timedelta(days=5)
BATCH = 5_000
# A profile may be written a while after the message that brought it came in: a turn has two minutes at most.
TURN = timedelta(minutes=3)
LOOK_AT_LEAST = timedelta(hours=6)


class Planner:
    """Keeps the outbox filled `AHEAD`, and in step with campaigns and with what parents say."""

    def __init__(self, database: Database, gateway: Gateway, source: FactsSource, plan: Plan) -> None:
        self._database = database
        self._gateway = gateway
        self._source = source
        self.plan = plan

    def tick(self, now: datetime) -> Written:
        """What is to be done now: everybody again when campaigns changed; else the next days, and those who wrote."""
        with self._database.session(readonly=True) as session:
            known = _not_ahead(state.read(session), now)
        if known.digest != self.plan.campaigns.digest:
            return self._everybody_again(known, now)
        done = self._next_days(known, now) if known.planned_until < now + AT_LEAST else Written()
        return done + self._active_again(known, now)

    def plan_again(self, keys: list[str], until: datetime, now: datetime) -> Written:
        """The plans of these parents from now on: new rows, moved rows, and rows that are no longer meant for them."""
        if not keys:
            return Written()
        window = Window(self._begin(now), until)
        with self._database.session() as session:
            reach = self._gateway.reach(session, keys, now)
            gone = outbox.cancel_open(session, [key for key in keys if key not in reach], "left", now)
            facts = self._source.many(session, list(reach))
            plans = {key: self.plan.rows(facts.get(key, NOTHING_KNOWN), window, now) for key in reach}
            return Written(parents=len(keys), cancelled=gone) + rewrite(session, plans, now)

    def fill(self, window: Window, now: datetime) -> Written:
        """Write the rows of a window for everybody who follows; rows that are there stay as they are."""
        done = Written()
        for keys in self._followers():
            with self._database.session() as session:
                facts = self._source.between(session, keys[0], keys[-1])
                plans = ((key, self.plan.rows(facts.get(key, NOTHING_KNOWN), window, now)) for key in keys)
                done += Written(parents=len(keys), new=insert(session, plans, now))
        return done

    def _everybody_again(self, known: state.Known, now: datetime) -> Written:
        until = max(now + AHEAD, min(known.planned_until, now + 2 * AHEAD))
        done = Written()
        for keys in self._followers():
            done += self.plan_again(keys, until, now)
        self._note(state.Known(until, self.plan.campaigns.digest, now))
        log.info("reminders.planned_anew", parents=done.parents, new=done.new, changed=done.changed, cancelled=done.cancelled)
        return done

    def _next_days(self, known: state.Known, now: datetime) -> Written:
        # After a long standstill the days in between are caught up with, as far as they are not stale.
        window = Window(max(known.planned_until, self._begin(now)), now + AHEAD)
        done = self.fill(window, now)
        self._note(state.Known(window.last, known.digest, known.looked_at))
        log.info("reminders.planned", parents=done.parents, new=done.new, until=window.last.isoformat())
        return done

    def _active_again(self, known: state.Known, now: datetime) -> Written:
        with self._database.session(readonly=True) as session:
            keys = self._gateway.active_since(session, known.looked_at - TURN)
            known = state.read(session)
        if not keys and now - known.looked_at < LOOK_AT_LEAST:
            return Written()
        done = Written()
        for begin in range(0, len(keys), BATCH):
            done += self.plan_again(keys[begin : begin + BATCH], known.planned_until, now)
        self._note(state.Known(known.planned_until, known.digest, now))
        return done

    def _begin(self, now: datetime) -> datetime:
        """From when on steps are of interest: what began before may still be worth telling. The same all day long."""
        day = beijing_day(now) - self.plan.longest
        return at_hour(day, MIDNIGHT)

    def _followers(self) -> Iterator[list[str]]:
        last = ""
        while True:
            with self._database.session(readonly=True) as session:
                keys = self._gateway.followers(session, last, BATCH)
            if not keys:
                return
            yield keys
            last = keys[-1]

    def _note(self, known: state.Known) -> None:
        with self._database.session() as session:
            state.write(session, known)


def _not_ahead(known: state.Known, now: datetime) -> state.Known:
    """A clock that ran ahead and was put right: what it left must not keep anybody from being planned until that day has come."""
    until = known.planned_until if known.planned_until <= now + 2 * AHEAD else state.Known.planned_until
    return state.Known(until, known.digest, min(known.looked_at, now))

