"""Mass messages: rows that have no way of their own are gathered by step and go as one task, by a name that is taken once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.db import Database
from bot.reminders import outbox, results, trail
from bot.reminders.context import PushedContext
from bot.reminders.deciding import Decider
from bot.reminders.gateway import Fate, Gateway, Result
from bot.reminders.hours import MIDNIGHT, at_hour, beijing_day
from bot.reminders.outbox import Change, Row
from bot.reminders.tables import IS_IN_HAND, mass_jobs
from bot.reminders.tables import outbox as rows_table
from bot.reminders.ways import MASS, NEXT_CONTACT

log = structlog.get_logger(__name__)

# By list (message/mass/send): 2 to 10,000 receivers.
LEAST, MOST = 2, 10_000
MADE, TRYING, SENT, UNSURE, DROPPED = "made", "trying", "sent", "unsure", "dropped"
# WeChat remembers a clientmsgid for 24 h; an hour less for our clock and theirs.
REMEMBERED = timedelta(hours=23)
AGAIN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """One task. `until`: the first of its receivers goes to sleep then."""

    id: int
    client_id: str
    words: str
    state: str
    made_at: datetime
    until: datetime
    campaign: str
    occurrence: str
    step: str


_JOB = (
    mass_jobs.c.id, mass_jobs.c.client_id, mass_jobs.c.words, mass_jobs.c.state, mass_jobs.c.made_at, mass_jobs.c.until,
    mass_jobs.c.campaign, mass_jobs.c.occurrence, mass_jobs.c.step,
)  # fmt: skip


class MassDispatcher:
    """Works on what the dispatcher has gathered, and decides by the same rules."""

    def __init__(self, database: Database, clock: Clock, gateway: Gateway, decider: Decider, by_list: bool) -> None:
        self._database = database
        self._clock = clock
        self._gateway = gateway
        self._decider = decider
        self._by_list = by_list
        self._unfinished = True

    async def tick(self, gathered: bool = True) -> dict[str, int]:
        """Settle the tasks whose fate is open, then make and send new ones; returns how many receivers had which fate.

        `gathered`: whether there may be something new.
        """
        counts: dict[str, int] = {}
        if not gathered and not self._unfinished:
            return counts
        self._unfinished = True
        failed = [job for job in await self._database.run(self._open_jobs) if not await self._send(job, counts)]
        made: Job | None = None
        going = not failed
        while going:
            made = await self._database.run(self._make)
            going = made is not None and await self._send(made, counts)
        self._unfinished = bool(failed) or made is not None
        return counts

    def _open_jobs(self, session: Session) -> list[Job]:
        """Tasks left from before: what was tried may be tried again by the same name while its receivers are awake."""
        now = self._clock.now()
        found = session.execute(select(*_JOB).where(mass_jobs.c.state.in_((MADE, TRYING)))).all()
        again: list[Job] = []
        for job in (Job(*row) for row in found):
            if job.state == MADE:  # never tried: its rows are decided anew
                self._end(session, job, DROPPED, outbox.PLANNED, "not_taken", "none", now, now)
            elif now < min(job.until, job.made_at + REMEMBERED):
                again.append(job)
            else:
                self._end(session, job, UNSURE, outbox.UNSURE, "unsure", "mass", now)
        return again

    def _make(self, session: Session) -> Job | None:
        """The next task from gathered rows, decided once more; None: there is nothing to send now."""
        now = self._clock.now()
        while (step := self._next_step(session)) is not None:
            if not self._by_list and self._sent_today(session, now):
                self._to_tomorrow(session, now)
                return None
            rows = self._gathered(session, step)
            candidates = self._decider.candidates(session, rows, now)
            account = self._decider.account(session, now)
            going = self._decider.decide_again(session, candidates, account, now)
            if not going:
                continue
            if len(going) < (LEAST if self._by_list else 1):
                self._alone(session, going, now)
                continue
            return self._write(session, going, now)
        return None

    def _next_step(self, session: Session) -> tuple[str, str, str] | None:
        columns = (rows_table.c.campaign, rows_table.c.occurrence, rows_table.c.step)
        found = select(*columns, func.count()).where(*_FREE).group_by(*columns)
        counted = session.execute(found).all()
        if not counted:
            return None
        # One task a day for some accounts: the more important, then the one that concerns more.
        best = min(counted, key=lambda row: (self._decider.priority(row[0], row[2]), -row[3], row[1]))
        return best[0], best[1], best[2]

    def _gathered(self, session: Session, step: tuple[str, str, str]) -> list[Row]:
        mine = (rows_table.c.campaign == step[0], rows_table.c.occurrence == step[1], rows_table.c.step == step[2])
        found = select(*outbox.COLUMNS).where(*_FREE, *mine).order_by(rows_table.c.id)
        # An account that reaches a tag has one task for all of them.
        return [Row(*row) for row in session.execute(found.limit(MOST) if self._by_list else found)]

    def _sent_today(self, session: Session, now: datetime) -> bool:
        midnight = at_hour(beijing_day(now), MIDNIGHT)
        today = (mass_jobs.c.made_at >= midnight, mass_jobs.c.made_at <= now, mass_jobs.c.state != DROPPED)
        return session.execute(select(mass_jobs.c.id).where(*today).limit(1)).first() is not None

    def _to_tomorrow(self, session: Session, now: datetime) -> None:
        rows = [Row(*row) for row in session.execute(select(*outbox.COLUMNS).where(*_FREE))]
        tomorrow = beijing_day(now) + timedelta(days=1)
        changes = []
        for candidate, row in self._decider.candidates(session, rows, now):
            later = candidate.facts.hours.next(at_hour(tomorrow, candidate.step.at)) if candidate else now
            if candidate is None or later < row.stale_at:
                changes.append(Change(row, outbox.PLANNED, "mass_day", not_before=later))
            else:
                changes.append(self._decider.kept(candidate, "mass_day"))
        outbox.settle(session, self._decider.owner, changes, now)

    def _alone(self, session: Session, going: Sequence[Row], now: datetime) -> None:
        changes = []
        for candidate, row in self._decider.candidates(session, going, now):
            if candidate and (NEXT_CONTACT in candidate.step.ways or now + AGAIN_AFTER >= row.stale_at):
                changes.append(self._decider.kept(candidate, "mass_alone"))
            else:
                later = now + timedelta(hours=6)
                changes.append(Change(row, outbox.PLANNED, "mass_alone", not_before=later))
        outbox.settle(session, self._decider.owner, changes, now)

    def _write(self, session: Session, going: Sequence[Row], now: datetime) -> Job:
        first = going[0]
        part = self._parts(session, first)
        name = f"{first.campaign} {first.occurrence} {first.step} {part}"
        values = {
            "campaign": first.campaign,
            "occurrence": first.occurrence,
            "step": first.step,
            "part": part,
            "client_id": f"jiashu-{hashlib.sha256(name.encode()).hexdigest()[:40]}",
            "state": MADE,
            "words": self._decider.words_for_all(first),
            "receivers": len(going),
            "made_at": now,
            "until": self._decider.awake_until(session, going, now),
        }
        job_id = session.execute(mass_jobs.insert().values(**values)).inserted_primary_key[0]
        ids = [row.id for row in going]
        for begin in range(0, len(ids), 500):
            some = update(rows_table).where(rows_table.c.id.in_(ids[begin : begin + 500]))
            session.execute(some.values(message_id=_label(job_id), sent_at=now, owner=self._decider.owner))
        return Job(*session.execute(select(*_JOB).where(mass_jobs.c.id == job_id)).one())

    def _parts(self, session: Session, row: Row) -> int:
        same = (
            mass_jobs.c.campaign == row.campaign,
            mass_jobs.c.occurrence == row.occurrence,
            mass_jobs.c.step == row.step,
        )
        return int(session.execute(select(func.count()).select_from(mass_jobs).where(*same)).scalar() or 0)

    async def _send(self, job: Job, counts: dict[str, int]) -> bool:
        """Try it; False: mass messages do not get through now."""
        keys = await self._database.run(self._try, job)
        result = await self._gateway.send_mass(job.client_id, keys, job.words)
        fate = await self._database.run(self._settle, job, result)
        counts[fate] = counts.get(fate, 0) + len(keys)
        log.info("reminders.mass", step=f"{job.campaign}/{job.step}", fate=fate, receivers=len(keys), code=result.code)
        return result.fate is Fate.SENT

    def _try(self, session: Session, job: Job) -> list[str]:
        session.execute(update(mass_jobs).where(mass_jobs.c.id == job.id).values(state=TRYING))
        mine = (rows_table.c.message_id == _label(job.id), rows_table.c.state == outbox.GATHERED)
        session.execute(update(rows_table).where(*mine).values(attempts=rows_table.c.attempts + 1))
        return list(session.execute(select(rows_table.c.parent_key).where(*mine).order_by(rows_table.c.id)).scalars())

    def _settle(self, session: Session, job: Job, result: Result) -> str:
        now = self._clock.now()
        self._gateway.note(session, MASS, "", result, now)
        if result.fate is Fate.SENT:
            self._sent(session, job, result, now)
            return SENT
        if result.fate is Fate.UNSURE:
            return UNSURE  # stays as it is and is tried again by its name
        if result.fate is Fate.NEVER:
            self._end(session, job, DROPPED, outbox.FAILED, "refused", result.code, now)
            return outbox.FAILED
        self._end(session, job, DROPPED, outbox.PLANNED, "not_taken", result.code or "none", now, now + AGAIN_AFTER)
        return "later"

    def _sent(self, session: Session, job: Job, result: Result, now: datetime) -> None:
        message_id = result.message_id or _label(job.id)
        mine = (rows_table.c.message_id == _label(job.id), rows_table.c.state == outbox.GATHERED)
        receivers = list(session.execute(select(rows_table.c.parent_key).where(*mine)).scalars())
        marks = rows_table.c.trail + f" {trail.add('', 'sent', now, 'mass')}"
        values = {"state": outbox.SENT, "way": MASS, "message_id": message_id, "sent_at": now, "trail": marks}
        session.execute(update(rows_table).where(*mine).values(**values))
        done = update(mass_jobs).where(mass_jobs.c.id == job.id)
        session.execute(done.values(state=SENT, message_id=message_id, sent_at=now))
        results.take_early(session, [message_id], now)
        pushed = PushedContext(job.campaign, job.occurrence, job.step, "", now)
        self._decider.reached_all(session, receivers, pushed)

    def _end(
        self,
        session: Session,
        job: Job,
        job_state: str,
        row_state: str,
        code: str,
        about: str,
        now: datetime,
        later: datetime | None = None,
    ) -> None:
        """The task is over without a success; its rows are decided anew, or their fate stays open for ever."""
        mine = (rows_table.c.message_id == _label(job.id), rows_table.c.state == outbox.GATHERED)
        values: dict[str, object] = {"state": row_state, "trail": rows_table.c.trail + f" {trail.add('', code, now, about)}"}
        if row_state == outbox.PLANNED:
            values.update(message_id=None, sent_at=None, way=None, not_before=later or now)
        session.execute(update(rows_table).where(*mine).values(**values))
        session.execute(update(mass_jobs).where(mass_jobs.c.id == job.id).values(state=job_state))


# Gathered and in no task yet.
_FREE = (IS_IN_HAND, rows_table.c.state == outbox.GATHERED, rows_table.c.message_id.is_(None))


def _label(job_id: int) -> str:
    """What stands in the rows of a task until WeChat has named it."""
    return f"job-{job_id}"
