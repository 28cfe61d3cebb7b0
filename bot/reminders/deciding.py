"""What becomes of rows: all that is known about them is brought together, decided, and put into words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.reminders import busy, context, follow_up, outbox, rivals
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns
from bot.reminders.compose import Composer
from bot.reminders.context import PushedContext
from bot.reminders.facts import NOTHING_KNOWN
from bot.reminders.gateway import NOWHERE, Gateway, Message
from bot.reminders.hours import beijing_day
from bot.reminders.outbox import Change, Row
from bot.reminders.people import FactsSource
from bot.reminders.ways import ASKED_FOR, MASS, NEXT_CONTACT, SUBSCRIPTION, Account, Candidate, Decision, Do, decide
from bot.reminders.words import words_of

# Parents in one statement.
AT_ONCE = 500


class Decider:
    """For one set of campaigns; `owner` has the rows in hand that it is asked about."""

    def __init__(
        self,
        gateway: Gateway,
        source: FactsSource,
        campaigns: Campaigns,
        composer: Composer,
        budget: Budget,
        owner: str,
    ) -> None:
        self._gateway = gateway
        self._source = source
        self._campaigns = campaigns
        self._composer = composer
        self._budget = budget
        self.owner = owner
        self._asked_for = frozenset(each.slug for each in campaigns.all if each.kind in ASKED_FOR)

    def account(self, session: Session, now: datetime) -> Account:
        """What may be sent by which way now."""
        resting = self._gateway.pauses(session, now)
        return Account(self._gateway.rights(), resting, self._budget.over(beijing_day(now)))

    def candidates(self, session: Session, rows: Sequence[Row], now: datetime) -> list[tuple[Candidate | None, Row]]:
        """In the order of importance, each with what went to its parent before it, in this round too."""
        keys = {row.parent_key for row in rows}
        facts, reach = self._source.many(session, keys), self._gateway.reach(session, keys, now)
        in_forms = busy.among(session, keys, now)
        recent = outbox.recent(session, keys, _since(now))
        first = rivals.of_today(session, keys, self._campaigns, now)
        found: list[tuple[Candidate | None, Row]] = []
        taken: set[str] = set()
        for row in sorted(rows, key=self._importance):
            step = self._campaigns.step(row.campaign, row.step)
            if step is None:
                found.append((None, row))
                continue
            key = row.parent_key
            rival = first.get(key)
            goes_first = rival.name if rival and rival.priority < step[0].priority else ""
            # Two rows of one parent in one round: the second looks again in a moment, when the first is out.
            reachable = reach.get(key, NOWHERE)
            if key in taken or key in in_forms:
                reachable = replace(reachable, busy=True)
            taken.add(key)
            about = facts.get(key, NOTHING_KNOWN)
            found.append((Candidate(row, *step, about, reachable, recent.get(key, ()), self._asked_for, goes_first), row))
        return found

    def decide_again(
        self, session: Session, candidates: Sequence[tuple[Candidate | None, Row]], account: Account, now: datetime
    ) -> list[Row]:
        """Of gathered rows those that still want a mass message; the others go the way that is right for them now."""
        changes, going = [], []
        for candidate, row in candidates:
            if candidate is None:
                changes.append(Change(row, outbox.CANCELLED, "step_gone"))
                continue
            decision = decide(candidate, account, now)
            if decision.do is Do.GATHER:
                going.append(row)
            elif decision.do is Do.SEND:
                changes.append(Change(row, outbox.PLANNED, "other_way", decision.way, not_before=now))
            else:
                changes.append(self.change(candidate, decision))
        outbox.settle(session, self.owner, changes, now)
        return going

    def kept(self, candidate: Candidate, code: str) -> Change:
        """No way is left for it: told at the next contact if it may be, else refused."""
        do = Do.KEEP if NEXT_CONTACT in candidate.step.ways else Do.REFUSE
        return self.change(candidate, Decision(do, code))

    def priority(self, campaign: str, step: str) -> int:
        """Smaller goes first."""
        found = self._campaigns.step(campaign, step)
        return found[0].priority if found else 0

    def words_for_all(self, row: Row) -> str:
        """The words of a mass message."""
        found = self._campaigns.step(row.campaign, row.step)
        assert found is not None, "a step that is gone is not gathered"
        return self._composer.for_all(*found, row.occurrence)

    def awake_until(self, session: Session, rows: Sequence[Row], now: datetime) -> datetime:
        """When the first of these parents goes to sleep."""
        facts = self._source.many(session, [row.parent_key for row in rows])
        return min(facts.get(row.parent_key, NOTHING_KNOWN).hours.until(now) for row in rows)

    def reached_all(self, session: Session, keys: Sequence[str], pushed: PushedContext) -> None:
        """A mass message is with these parents: what `reached` does for one."""
        found = self._campaigns.step(pushed.campaign, pushed.step)
        if found is None:
            return
        step = found[1]
        for begin in range(0, len(keys), AT_ONCE):
            context.open_contexts(session, keys[begin : begin + AT_ONCE], replace(pushed, expect=step.expect))
        if step.ask_after:
            follow_up.plan_many(session, keys, pushed, step.ask_after, pushed.at)

    def message(self, candidate: Candidate) -> Message:
        """The words for one parent."""
        row = candidate.row
        if row.step.endswith("?"):
            return self._composer.follow_up(candidate.campaign, candidate.step, row.occurrence)
        day = beijing_day(row.due_at)
        return self._composer.message(
            candidate.campaign, candidate.step, candidate.facts, row.parent_key, row.occurrence, day
        )

    def owed(self, candidate: Candidate, message: Message, way: str) -> str:
        """The words that a notification carried no more than a line of: told when the parent comes to read."""
        # A natural moment to ask for the next one: the last one has just been of use.
        last = way == SUBSCRIPTION and candidate.reach.consents <= 1
        text = message.text + (self._composer.allow_again() if last else "")
        return words_of(candidate.campaign, candidate.step, text, candidate.facts)

    def change(self, candidate: Candidate, decision: Decision) -> Change:
        """What a decision means for the row; not for one to send."""
        row = candidate.row
        if decision.do is Do.LATER:
            return Change(row, outbox.PLANNED, decision.code, decision.about, not_before=decision.at)
        if decision.do is Do.GATHER:
            return Change(row, outbox.GATHERED, "gathered", way=MASS)
        if decision.do is Do.KEEP:
            words = words_of(candidate.campaign, candidate.step, self.message(candidate).text, candidate.facts)
            return Change(row, outbox.KEPT, decision.code, decision.about, way=NEXT_CONTACT, words=words)
        ends = {Do.STALE: outbox.STALE, Do.CANCEL: outbox.CANCELLED, Do.REFUSE: outbox.REFUSED}
        return Change(row, ends[decision.do], decision.code, decision.about)

    def _importance(self, row: Row) -> tuple[int, datetime, int]:
        step = self._campaigns.step(row.campaign, row.step)
        return step[0].priority if step else 0, row.due_at, row.id


def reached(session: Session, candidates: Sequence[Candidate], now: datetime, unread: Collection[int] = ()) -> None:
    """The messages are with the parents: a reply is about them from now on, and a follow-up is planned if one is wanted.

    `unread`: rows of which only a line is there; whether it was done is asked when the words were told (contact.py).
    """
    alike: dict[PushedContext, list[str]] = {}
    asked: dict[tuple[PushedContext, timedelta], list[str]] = {}
    for candidate in candidates:
        row, step = candidate.row, candidate.step
        pushed = PushedContext(row.campaign, row.occurrence, row.step, step.expect, now)
        alike.setdefault(pushed, []).append(row.parent_key)
        if step.ask_after and row.id not in unread and not row.step.endswith("?"):
            asked.setdefault((pushed, step.ask_after), []).append(row.parent_key)
    for (pushed, after), keys in asked.items():
        follow_up.plan_many(session, keys, pushed, after, now)
    for pushed, keys in alike.items():
        context.open_contexts(session, keys, pushed)


def _since(now: datetime) -> datetime:
    """The beginning of Beijing's month, at least eight days ago: what all limits look back at."""
    day = beijing_day(now)
    return min(now - timedelta(days=8), now - timedelta(days=day.day))
