"""Planner, dispatcher and mass messages put together for one state of the campaign files; made anew when those change."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from bot.calendar import Calendar
from bot.clock import Clock
from bot.content.documents import ContentError
from bot.content.vacations import read_vacations
from bot.db import Database
from bot.reminders import busy, context, outbox
from bot.reminders.budget import Budget
from bot.reminders.campaigns import Campaigns, load_campaigns
from bot.reminders.compose import Composer
from bot.reminders.dispatcher import Dispatcher
from bot.reminders.gateway import Gateway
from bot.reminders.mass import MassDispatcher
from bot.reminders.people import FactsSource
from bot.reminders.plan import Plan
from bot.reminders.planner import Planner

log = structlog.get_logger(__name__)

TIDY_EVERY = timedelta(hours=6)
# Uniqueness needs a row as long as its occurrence can come up again: a year, and some.
KEEP_ROWS = timedelta(days=400)


class Engine:
    """One process's. `content` is the folder that is looked at for changes before every tick."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        gateway: Gateway,
        source: FactsSource,
        composer: Composer,
        content: Path,
        owner: str,
        at_once: int | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._gateway = gateway
        self._source = source
        self._composer = composer
        self._content = content
        self._owner = owner
        self._more = {} if at_once is None else {"at_once": at_once}
        self._next: tuple[Composer, Path] | None = None
        self._stamp: object = None
        self._tidied_at = clock.now() - TIDY_EVERY
        self._build(*self._read())
        self._stamp = self._stamps()

    async def tick(self) -> dict[str, int]:
        """Plan, send, tidy up; returns how many rows had which fate."""
        self._look_for_changes()
        await asyncio.get_running_loop().run_in_executor(None, self.planner.tick, self._clock.now())
        counts = await self.dispatcher.tick()
        for fate, many in (await self.mass.tick(gathered="gathered" in counts)).items():
            counts[fate] = counts.get(fate, 0) + many
        # A clock that was turned back must not keep the house untidy until it is there again.
        if abs(self._clock.now() - self._tidied_at) >= TIDY_EVERY:
            await self._database.run(self._tidy)
        return counts

    def renew(self, composer: Composer, content: Path) -> None:
        """From the next tick on: other lessons and tables, and the campaigns of another folder. May be called from any thread."""
        self._next = (composer, content)

    def stop(self) -> None:
        """End the tick that runs after the handful that is on its way."""
        self.dispatcher.stopping = True

    def _tidy(self, session: Session) -> None:
        now = self._clock.now()
        self._tidied_at = now
        stale = outbox.make_stale(session, now)
        gone = outbox.purge(session, now - KEEP_ROWS)
        context.purge(session, now)
        busy.purge(session, now)
        if stale or gone:
            log.info("reminders.tidied", stale=stale, purged=gone)

    def _look_for_changes(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            self._composer, self._content = following
            self._stamp = None
        stamp = self._stamps()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._build(*self._read())
        except (ContentError, OSError) as error:
            # An editor's slip must not stop what was planned: it goes on with the files as they were.
            log.error("reminders.campaigns_unreadable", error=str(error))
            return
        log.info("reminders.campaigns_changed", campaigns=len(self.planner.plan.campaigns.all))

    def _build(self, campaigns: Campaigns, calendar: Calendar) -> None:
        plan = Plan(campaigns, calendar)
        by_list = self._gateway.rights().mass_by_list
        self.planner = Planner(self._database, self._gateway, self._source, plan)
        self.dispatcher = Dispatcher(
            self._database,
            self._clock,
            self._gateway,
            self._source,
            campaigns,
            replace(self._composer, seasonal=campaigns.seasonal),
            Budget(plan, by_list),
            self._owner,
            **self._more,
        )
        self.mass = MassDispatcher(self._database, self._clock, self._gateway, self.dispatcher.decider, by_list)

    def _read(self) -> tuple[Campaigns, Calendar]:
        campaigns, path = load_campaigns(self._content / "campaigns"), self._content / "calendar" / "vacations.yml"
        if not path.exists():
            return campaigns, Calendar()
        # A vacation that moves moves what hangs on it: everybody is planned again, as when a campaign was changed.
        digest = hashlib.sha256(campaigns.digest.encode() + path.read_bytes()).hexdigest()[:16]
        return replace(campaigns, digest=digest), Calendar(read_vacations(path))

    def _stamps(self) -> object:
        paths = [*sorted((self._content / "campaigns").glob("*.yml")), self._content / "calendar" / "vacations.yml"]
        return [(path.name, path.stat().st_mtime_ns) for path in paths if path.exists()]
