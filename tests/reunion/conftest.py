"""Actions of the planner with a talk around them and a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot import services
from bot.calendar import Calendar
from bot.clock import ManualClock
from bot.content.vacations import read_vacations
from bot.people import parents
from bot.people.parents import Child
from bot.reminders import context
from bot.reminders.campaigns import load_campaigns
from bot.reminders.context import PushedContext
from bot.reminders.facts import NOTHING_KNOWN, Facts
from bot.reminders.people import People
from bot.reminders.plan import Plan as Steps
from bot.reminders.plan import Window
from bot.reunion import follow_through, plans
from bot.reunion.follow_through import Counts
from bot.reunion.plans import Plan
from tests.conftest import ROOT
from tests.course.conftest import Scene
from tests.databases import services_over

# Thursday, 26 November 2026, noon in China.
NOW = datetime(2026, 11, 26, 4, 0, tzinfo=timezone.utc)
TODAY = date(2026, 11, 26)


class ReunionScene(Scene):
    """A talk with what the planner reads and writes at hand."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self.clock = clock

    def turn(self, days: int) -> None:
        """Let days pass."""
        self.clock.turn(timedelta(days=days))

    def has_children(self, *children: Child) -> None:
        with services.database().session() as session:
            parents.record_consent(session, self.parent, True, NOW)
            for child in children:
                parents.add_child(session, self.parent, child, NOW)

    def has_plan(self, start: date = date(2027, 2, 4), days: int = 5, **more: object) -> Plan:
        plan = Plan(start, start + timedelta(days=days - 1), **more)  # type: ignore[arg-type]
        with services.database().session() as session:
            now = self.clock.now()
            return plans.save(session, self.parent, plan, now, now.astimezone(timezone(timedelta(hours=8))).date())

    def counts(self) -> dict[str, Counts]:
        """What was told of what was asked for, by its kind."""
        with services.database().session(readonly=True) as session:
            return dict(follow_through.follow_through(session))

    def plan(self) -> Plan | None:
        today = self.clock.now().astimezone(timezone(timedelta(hours=8))).date()
        with services.database().session(readonly=True) as session:
            return plans.current(session, self.parent, today)

    def facts(self) -> Facts:
        """What planning knows of the parent now."""
        with services.database().session(readonly=True) as session:
            return People(self.clock.now).many(session, [self.parent]).get(self.parent, NOTHING_KNOWN)

    def steps(self, campaign: str) -> set[str]:
        """The steps of the real campaign that are planned for the parent from now on."""
        now = self.clock.now()
        plan = Steps(load_campaigns(ROOT / "content/campaigns"), Calendar(read_vacations(ROOT / "content/calendar/vacations.yml")))
        rows = plan.rows(self.facts(), Window(now, now + timedelta(days=120)), now)
        return {row.step for row in rows if row.campaign == campaign}

    def was_pushed(self, step: str, expect: str, campaign: str = "reunion") -> None:
        with services.database().session() as session:
            pushed = PushedContext(campaign, "plan-1", step, expect, self.clock.now())
            context.open_context(session, self.parent, pushed)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReunionScene]:
    monkeypatch.chdir(ROOT)
    clock = ManualClock(NOW)
    with services_over(tmp_path, monkeypatch, clock):
        yield ReunionScene(clock)
