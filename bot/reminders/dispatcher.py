"""Sends what is due: claims rows, decides each, marks those that go just before they go, writes down what became of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database
from bot.reminders import outbox, results
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns
from bot.reminders.compose import Composer
from bot.reminders.deciding import Decider, reached
from bot.reminders.gateway import Fate, Gateway, Message, Result
from bot.reminders.outbox import Change
from bot.reminders.people import FactsSource
from bot.reminders.ways import (
    CUSTOM,
    SUBSCRIPTION,
    TEMPLATE,
    Candidate,
    Do,
    decide,
)

log = structlog.get_logger(__name__)

BATCH = 1000
# So many calls at once, and so many rows whose fate is open if the process dies now.
AT_ONCE = 64
# After so many calls in a row that did not get through there is no sense in the next one.
GIVE_UP_AFTER = 20
_AGAIN_AFTER = (1, 2, 5, 15, 30, 60)  # minutes, by attempts
# Notifications carry a line, not the text: that is told when the parent comes to read.
NOTIFICATIONS = (SUBSCRIPTION, TEMPLATE)


@dataclass(frozen=True)
class Going:
    """A row on its way out, with its words."""

    candidate: Candidate
    way: str
    message: Message


@dataclass
class Tally:
    """What a round did, by what became of the rows."""

    counts: dict[str, int]

    def add(self, name: str, many: int = 1) -> None:
        if many:
            self.counts[name] = self.counts.get(name, 0) + many


class Dispatcher:
    """One at a time sends; `owner` names it in the rows that it has in hand. Made for one set of campaigns."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        gateway: Gateway,
        source: FactsSource,
        campaigns: Campaigns,
        composer: Composer,
        budget: Budget,
        owner: str,
        at_once: int = AT_ONCE,
        batch: int = BATCH,
    ) -> None:
        self._database = database
        self._clock = clock
        self._gateway = gateway
        self.decider = Decider(gateway, source, campaigns, composer, budget, owner)
        self.owner = owner
        self._at_once = at_once
        self._batch = batch
        self._unreached = 0
        self.stopping = False
        self._clean = False

    async def tick(self) -> dict[str, int]:
        """Send everything that is due now; returns how many rows had which fate."""
        tally = Tally({})
        if not self._clean:
            await self._recover()
        # If this tick ends in the middle, the next one looks at what it left in hand.
        self._clean = False
        self._unreached = 0
        while self._unreached < GIVE_UP_AFTER and not self.stopping:
            going, claimed = await self._database.run(self._claim, tally)
            await self._send(going, tally)
            if claimed < self._batch:
                break
        if self._unreached >= GIVE_UP_AFTER:
            log.error("reminders.not_reached", advice="WeChat does not answer; tried again at the next tick")
        self._clean = self._unreached < GIVE_UP_AFTER and not self.stopping
        return tally.counts

    def look_after_another(self) -> None:
        """Another may have led meanwhile: what it left in hand is to be taken over at the next tick."""
        self._clean = False

    async def _recover(self) -> None:
        again, unsure = await self._database.run(outbox.recover, self.owner, self._clock.now())
        if again or unsure:
            log.warning("reminders.taken_over", again=again, unsure=unsure)

    def _claim(self, session: Session, tally: Tally) -> tuple[list[Going], int]:
        now = self._clock.now()
        rows = outbox.claim(session, self.owner, now, self._batch)
        account = self.decider.account(session, now)
        changes, going = [], []
        for candidate, known in self.decider.candidates(session, rows, now):
            if candidate is None:
                changes.append(Change(known, outbox.CANCELLED, "step_gone"))
                continue
            decision = decide(candidate, account, now)
            if decision.do is Do.SEND:
                going.append(Going(candidate, decision.way, self.decider.message(candidate)))
            else:
                changes.append(self.decider.change(candidate, decision))
        outbox.settle(session, self.owner, changes, now)
        for change in changes:
            tally.add(change.state if change.code != "left" else "left")
        return going, len(rows)

    async def _send(self, going: Sequence[Going], tally: Tally) -> None:
        """A few at a time: the fates of one handful are written in the transaction that marks the next."""
        done: list[tuple[Going, Result]] = []
        for begin in range(0, len(going), self._at_once):
            handful = going[begin : begin + self._at_once]
            if self._unreached >= GIVE_UP_AFTER or self.stopping:
                break
            marked = await self._database.run(self._settle_and_mark, done, handful, tally)
            results = await asyncio.gather(*(self._one(each) for each in marked))
            done = list(zip(marked, results, strict=True))
            self._count_unreached(results)
        await self._database.run(self._settle_and_mark, done, (), tally)

    async def _one(self, each: Going) -> Result:
        return await self._gateway.send(each.candidate.row.parent_key, each.way, each.message)

    def _count_unreached(self, results: Sequence[Result]) -> None:
        for result in results:
            self._unreached = self._unreached + 1 if result.fate is Fate.LATER and not result.code else 0

    def _settle_and_mark(
        self, session: Session, done: Sequence[tuple[Going, Result]], handful: Sequence[Going], tally: Tally
    ) -> list[Going]:
        now = self._clock.now()
        self._settle(session, done, now, tally)
        marked: list[Going] = []
        # Where WeChat is slow the evening may have come since the round was decided.
        asleep = [each for each in handful if not each.candidate.facts.hours.allows(now)]
        self._put_back(session, asleep, "hours", now)
        handful = [each for each in handful if each not in asleep] if asleep else handful
        resting = self._gateway.pauses(session, now) if handful else {}
        for way in sorted({each.way for each in handful}):
            going = [each for each in handful if each.way == way]
            if way in resting:
                self._put_back(session, going, "paused", now)
            else:
                marked += self._mark(session, going, way, now)
        return marked

    def _mark(self, session: Session, going: Sequence[Going], way: str, now: datetime) -> list[Going]:
        allowed = self._gateway.take(session, [each.candidate.row.parent_key for each in going], way, now)
        # Used up a moment ago by an answer: decided anew at the next look.
        self._put_back(session, [each for each in going if each.candidate.row.parent_key not in allowed], "used_up", now)
        mine = [each for each in going if each.candidate.row.parent_key in allowed]
        still = {row.id for row in outbox.mark_sending(session, [each.candidate.row for each in mine], self.owner, way, now)}
        return [each for each in mine if each.candidate.row.id in still]

    def _put_back(self, session: Session, going: Sequence[Going], code: str, now: datetime) -> None:
        later = now + timedelta(minutes=1)
        outbox.settle(
            session, self.owner, [Change(each.candidate.row, outbox.PLANNED, code, not_before=later) for each in going], now
        )

    def _settle(self, session: Session, done: Sequence[tuple[Going, Result]], now: datetime, tally: Tally) -> None:
        changes = [self._fate(each, result, now) for each, result in done]
        outbox.settle(session, self.owner, changes, now)
        results.take_early(session, [change.message_id for change in changes if change.message_id], now)
        noticed = [each for each in changes if each.way == SUBSCRIPTION and each.state == outbox.SENT and not each.message_id]
        results.take_early_notifications(session, [each.row.parent_key for each in noticed], now)
        for (each, result), change in zip(done, changes, strict=True):
            tally.add(change.state)
            self._gateway.note(session, each.way, each.candidate.row.parent_key, result, now)
        gone = [each.candidate.row.parent_key for each, result in done if result.fate is Fate.GONE]
        if gone:
            outbox.cancel_open(session, gone, "left", now)
        sent = [each for each, result in done if result.fate is Fate.SENT]
        unread = {each.candidate.row.id for each in sent if each.way in NOTIFICATIONS}
        reached(session, [each.candidate for each in sent], now, unread)

    def _fate(self, each: Going, result: Result, now: datetime) -> Change:
        row, way = each.candidate.row, each.way
        if result.fate is Fate.SENT:
            owed = None
            if way in NOTIFICATIONS:
                owed = self.decider.owed(each.candidate, each.message, way)
            # A customer-service message has no later report: WeChat's yes is the confirmation.
            state = outbox.CONFIRMED if way == CUSTOM else outbox.SENT
            return Change(row, state, "sent", way, None, way, owed, result.message_id or None, now)
        if result.fate is Fate.UNSURE:
            return Change(row, outbox.UNSURE, "unsure", result.code or "none", way=way, sent_at=now)
        if result.fate is Fate.GONE:
            return Change(row, outbox.CANCELLED, "left", result.code)
        if result.fate is Fate.NEVER:
            return Change(row, outbox.FAILED, "refused", result.code, way=way)
        if result.fate is Fate.CLOSED:  # another way is decided at once: ways.py reads the trail
            return Change(row, outbox.PLANNED, "closed", way, not_before=now)
        wait = timedelta(minutes=_AGAIN_AFTER[min(row.attempts, 5)])
        return Change(row, outbox.PLANNED, "not_taken", result.code or "none", not_before=now + wait)
