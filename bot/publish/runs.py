"""Runs in the database: running → ready → live → back, or refused, failed, cancelled, dropped. A state is only left for the next one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.publish.tables import RunRow

RUNNING, READY, LIVE = "running", "ready", "live"
REFUSED, FAILED, CANCELLED, DROPPED, BACK = "refused", "failed", "cancelled", "dropped", "back"
STEPS = ("lint", "train", "evaluate", "replay")


class RunError(Exception):
    """A step that cannot be taken now; the message says why, in Chinese."""


@dataclass(frozen=True)
class Run:
    """One run. `before_model` and `before_run`: what answered when it began, and what rolling back goes to."""

    id: int
    state: str
    step: str
    progress: str
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    cancel: bool
    model: str
    before_model: str
    before_run: int
    report: Mapping[str, Any] = field(default_factory=dict)


def begin(session: Session, by: str, before_model: str, before_run: int, now: datetime) -> Run:
    """A new run. One that waits for approval is dropped: it was made of older files.

    Raises:
        RunError: another one is running.
    """
    if running(session):
        raise RunError("已经有一次发布在进行，等它做完或者停掉再来。")
    session.execute(update(RunRow).where(RunRow.state == READY).values(state=DROPPED))
    row = RunRow(
        state=RUNNING, step="lint", progress="", started_by=by, started_at=now, cancel=False, model="",
        before_model=before_model, before_run=before_run, report={},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _run(row)


def get(session: Session, run_id: int) -> Run | None:
    """One run."""
    row = session.get(RunRow, run_id, populate_existing=True)
    return _run(row) if row else None


def latest(session: Session, limit: int = 30) -> list[Run]:
    """The newest first."""
    return [_run(row) for row in session.execute(select(RunRow).order_by(RunRow.id.desc()).limit(limit)).scalars()]


def running(session: Session) -> Run | None:
    """The one that is at work."""
    row = session.execute(select(RunRow).where(RunRow.state == RUNNING)).scalars().first()
    return _run(row) if row else None


def report(session: Session, run_id: int, step: str, progress: str, found: Mapping[str, Any] | None = None) -> bool:
    """How far it is, and what it found; returns whether a person wants it to stop."""
    run = _running(session, run_id)
    values = {"step": step, "progress": progress[:200], "report": {**run.report, **(found or {})}}
    session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))
    return run.cancel


def trained(session: Session, run_id: int, model: str) -> None:
    """It has a model now."""
    session.execute(update(RunRow).where(RunRow.id == run_id).values(model=model))


def end(session: Session, run_id: int, state: str, reasons: Collection[str], now: datetime) -> None:
    """The steps are over: ready, refused, failed or cancelled, and why."""
    run = _running(session, run_id)
    values = {"state": state, "ended_at": now, "progress": "", "report": {**run.report, "reasons": list(reasons)}}
    session.execute(update(RunRow).where(RunRow.id == run_id).values(**values))


def note(session: Session, run_id: int, found: Mapping[str, Any]) -> None:
    """What is found out after the steps."""
    run = get(session, run_id)
    if run:
        session.execute(update(RunRow).where(RunRow.id == run_id).values(report={**run.report, **found}))


def cancel(session: Session, run_id: int) -> None:
    """Ask it to stop; its process looks once a second."""
    _running(session, run_id)
    session.execute(update(RunRow).where(RunRow.id == run_id).values(cancel=True))


def decide(session: Session, run_id: int, state: str, by: str, now: datetime) -> Run:
    """Live (from ready), dropped (from ready) or back (from live).

    Raises:
        RunError: it is not in the state before.
    """
    before = {LIVE: READY, DROPPED: READY, BACK: LIVE}[state]
    change = update(RunRow).where(RunRow.id == run_id, RunRow.state == before)
    done = session.execute(change.values(state=state, decided_by=by, decided_at=now)).rowcount
    run = get(session, run_id)
    if not done or run is None:
        raise RunError("这次发布已经不在这一步了，请刷新看看。")
    return run


def _running(session: Session, run_id: int) -> Run:
    run = get(session, run_id)
    if run is None or run.state != RUNNING:
        raise RunError("这次发布已经结束了。")
    return run


def _run(row: RunRow) -> Run:
    return Run(
        row.id, row.state, row.step, row.progress, row.started_by, row.started_at, row.ended_at, row.decided_by or "",
        row.decided_at, row.cancel, row.model, row.before_model, row.before_run, row.report,
    )  # fmt: skip
