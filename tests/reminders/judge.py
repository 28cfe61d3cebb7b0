"""What must be true after a year: read from the parents' chats and from the outbox, not from what the engine says of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select

from bot.calendar import Calendar
from bot.content.vacations import read_vacations
from bot.reminders import why
from bot.reminders.campaigns import load_campaigns
from bot.reminders.hours import beijing_day
from bot.reminders.plan import Plan, Window
from bot.reminders.tables import outbox
from bot.reminders.trail import read
from bot.reminders.ways import ASKED_FOR
from bot.simulator.chat import Side, Via
from tests.reminders.chaos import Trouble
from tests.reminders.population import Someone
from tests.reminders.year import AT_ONCE, END, KILLS, START, Year

_MARK = re.compile(r"⟦(.+?)⟧")
PUSHED = (Via.CUSTOM, Via.MASS, Via.TEMPLATE, Via.SUBSCRIPTION)
# Any of these is a reason for which a message may go stale without having been sent.
REASONS = {
    "hours", "busy", "day_full", "week_full", "gives_way", "no_way", "paused", "mass_day", "mass_month", "mass_alone",
    "mass_budget", "used_up",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One message of the account's in a parent's chat."""

    who: Someone
    mark: str
    via: Via
    at: datetime


class Judge:
    """Looks at a year that is over."""

    def __init__(self, year: Year) -> None:
        self.year = year
        vacations = read_vacations(year.content / "calendar" / "vacations.yml")
        self.plan = Plan(load_campaigns(year.content / "campaigns"), Calendar(vacations))
        self.kinds = {campaign.slug: campaign.kind for campaign in self.plan.campaigns.all}

    @cached_property
    def shown(self) -> list[Shown]:
        return list(self._shown())

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        with self.year.database.session(readonly=True) as session:
            return [dict(row) for row in session.execute(select(outbox)).mappings()]

    def pushed(self) -> dict[str, list[Shown]]:
        found: dict[str, list[Shown]] = defaultdict(list)
        for each in self.shown:
            if each.via in PUSHED:
                found[each.who.key].append(each)
        return found

    def duplicates(self) -> list[object]:
        """The same message pushed twice, or told again after it was pushed as a whole."""
        pushed = Counter((each.who.key, each.mark) for each in self.shown if each.via in PUSHED)
        whole = {(each.who.key, each.mark) for each in self.shown if each.via in (Via.CUSTOM, Via.MASS)}
        told = Counter((each.who.key, each.mark) for each in self.shown if each.via is Via.PASSIVE)
        return [key for key, count in (*pushed.items(), *told.items()) if count > 1] + sorted(whole & told.keys())

    def at_night(self) -> list[Shown]:
        """Pushed while the parent slept, by the shifts as they were then."""
        pushed = (each for each in self.shown if each.via in PUSHED)
        return [each for each in pushed if not each.who.facts_at(each.at).hours.allows(each.at)]

    def too_many(self) -> list[object]:
        """More than one on a day, or more than three unasked in seven days."""
        wrong: list[object] = []
        for key, all_of_them in self.pushed().items():
            days = sorted(beijing_day(each.at) for each in all_of_them)
            unasked = sorted(beijing_day(each.at) for each in all_of_them if self._kind(each) not in ASKED_FOR)
            wrong += [(key, day) for day, count in Counter(days).items() if count > 1]
            wrong += [(key, day) for day, later in zip(unasked, unasked[3:], strict=False) if (later - day).days < 7]
        return wrong

    def unwanted(self) -> list[Shown]:
        """Sent after the parent had said stop, or cheerful... to those who had stopped the kind or left."""
        return [each for each in self.shown if self._is_unwanted(each)]

    def broken_limits(self, trouble: Trouble) -> dict[str, int]:
        """What WeChat itself refused because we had counted wrongly."""
        ours = ("45015", "45047", "45028", "45009", "43101", "47003", "45002", "40130")
        return {what: count for what, count in trouble.natural.items() if what.endswith(ours)}

    def mass_a_month(self) -> int:
        """The most mass messages that any parent got in a month."""
        months = Counter((each.who.key, f"{each.at.astimezone(START.tzinfo):%Y-%m}") for each in self.shown if each.via is Via.MASS)
        return max(months.values(), default=0)

    def lost(self) -> list[dict[str, Any]]:
        """Never sent although nothing stood against it: stale without a reason, or still open long after it was due."""
        gone = (row for row in self.rows if row["state"] == "stale" and not self._is_excused(row))
        late = END - timedelta(days=3)
        open_rows = (row for row in self.rows if row["state"] in ("claimed", "sending", "gathered"))
        forgotten = (row for row in self.rows if row["state"] == "planned" and row["stale_at"] < late)
        return [*gone, *open_rows, *forgotten]

    def never_planned(self) -> list[object]:
        """Steady parents: their whole year in one go, next to what the engine planned day by day."""
        there = {(row["parent_key"], row["campaign"], row["occurrence"], row["step"]) for row in self.rows}
        edited = {"national_day"}
        missing: list[object] = []
        for each in self.year.people:
            if not each.steady:
                continue
            window = Window(each.follows_at, END - timedelta(days=1))
            wanted = self.plan.rows(each.history[0][1], window, each.follows_at)
            missing += [(each.key, *row.key) for row in wanted if (each.key, *row.key) not in there and row.campaign not in edited]
        return missing

    def unexplained(self) -> list[object]:
        """Decisions without words: of every row, and of every step for some parents."""
        codes = {mark.code for row in self.rows for mark in read(row["trail"])}
        wrong: list[object] = [code for code in codes if code not in why.WORDS]
        wrong += [row["id"] for row in self.rows if not row["trail"]]
        now = self.year.clock.now()
        with self.year.database.session(readonly=True) as session:
            for each in self.year.people[:20]:
                for campaign in self.plan.campaigns.all:
                    for step in campaign.by_name:
                        name = f"{campaign.slug}/{step}"
                        facts = self.year.population.facts.get(each.key)
                        if not why.explain(session, self.plan, facts, each.key, name, now):
                            wrong.append((each.key, name))
        return wrong

    def most_unsure(self) -> int:
        """More rows than this cannot be in doubt: calls without an answer, and what was on its way at each death."""
        unclear = self.year.trouble.injected["lost"] + self.year.trouble.injected["answer lost"]
        return unclear + KILLS * AT_ONCE

    def _shown(self) -> Iterator[Shown]:
        marks = {short: mark for mark, short in self.year.composer.shorts.items()}
        for who in self.year.people:
            for bubble in self.year.platform.followers.get(who.openid).chat:
                if bubble.side is Side.ACCOUNT:
                    found = _MARK.search(bubble.content.words())
                    assert found is not None, bubble
                    yield Shown(who, marks.get(found[0], found[1]), bubble.via, bubble.at)

    def _kind(self, shown: Shown) -> str:
        return self.kinds[shown.mark.split("|")[0]]

    def _is_unwanted(self, shown: Shown) -> bool:
        facts = shown.who.facts_at(shown.at)
        campaign, _, name = shown.mark.split("|")
        step = self.plan.campaigns.step(campaign, name)
        cheerful = bool(step and step[1].cheerful)
        return not facts.wants(self._kind(shown)) or (cheerful and facts.grieves(beijing_day(shown.at)))

    def _chances(self, row: dict[str, Any]) -> int:
        """How often the engine looked, from first to last, while this row was due and its parent awake."""
        looks, who = self.year.looks, self.year.by_key[row["parent_key"]]
        begins = max(row["due_at"], who.follows_at)
        between = looks[bisect_left(looks, begins) : bisect_left(looks, row["stale_at"])]
        return sum(who.facts_at(look).hours.allows(look) for look in between)

    def _is_excused(self, row: dict[str, Any]) -> bool:
        marks = {mark.code for mark in read(row["trail"])}
        # WeChat did not take it all the day on which it was down, or whenever the engine looked while it could go.
        down = self.year.trouble.down
        outage = beijing_day(row["due_at"]) <= down <= beijing_day(row["stale_at"])
        refused = "not_taken" in marks and (outage or row["attempts"] >= self._chances(row))
        return bool(marks & REASONS) or refused or "closed" in marks
