"""Plans of reunions. Every function takes a session and belongs inside `Database.run` or `read`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.reunion.follow_through import ASKED, TOLD
from bot.reunion.tables import AnswerRow, PlanRow

GO_HOME, CHILD_COMES, ELSEWHERE = "go_home", "child_comes", "elsewhere"
WAYS = (GO_HOME, CHILD_COMES, ELSEWHERE)
# The countdown goes on after the parting: the first call, the tenth day, of which may be told for another week.
AFTERCARE = timedelta(days=18)
_KEEP_PROMISED = 80


@dataclass(frozen=True)
class Plan:
    """`start` and `end` are the first and the last day together, in China; on the last they part.

    `about`: the parent could only say about when. `budget` in whole yuan without the fare, None: not said. `by_train` None:
    not said. `promised`: the parent's words without personal data, "" for nothing.
    """

    start: date
    end: date
    about: bool = False
    who: str = GO_HOME
    child_birth: date | None = None
    budget: int | None = None
    promised: str = ""
    by_train: bool | None = None
    key: str = ""

    @property
    def days(self) -> int:
        """How many days together, both ends included."""
        return (self.end - self.start).days + 1

    def moved(self, start: date) -> Plan:
        """The same time together, beginning on another day."""
        return replace(self, start=start, end=start + (self.end - self.start), about=False)


def current(session: Session, parent_key: str, today: date) -> Plan | None:
    """The plan that is ahead or under way, or was over only lately; None when there is none."""
    return of(session, [parent_key], today).get(parent_key)


def of(session: Session, keys: Collection[str], today: date) -> dict[str, Plan]:
    """The current plans of those of these parents who have one."""
    wanted = list(keys)
    return _read(session, lambda key: key.in_(wanted), today)


def between(session: Session, first: str, last: str, today: date) -> dict[str, Plan]:
    """The current plans of parents with keys from `first` to `last`, both included."""
    return _read(session, lambda key: key.between(first, last), today)


def save(session: Session, parent_key: str, plan: Plan, now: datetime, today: date) -> Plan:
    """Keep a plan. One that is not over is changed and keeps its key, so that nothing is told twice."""
    row = _open_row(session, parent_key, today)
    if row is None or row.end < today:
        row = PlanRow(parent_key=parent_key, made_at=now)
        session.add(row)
    row.start, row.end, row.about, row.who = plan.start, plan.end, plan.about, plan.who
    row.child_birth, row.budget, row.by_train = plan.child_birth, plan.budget, plan.by_train
    row.promised = plan.promised[:_KEEP_PROMISED]
    session.flush()
    return _plan(row)


def move(session: Session, parent_key: str, start: date, today: date) -> Plan | None:
    """Begin on another day; None when there is no plan to move."""
    row = _open_row(session, parent_key, today)
    if row is None or row.end < today:
        return None
    moved = _plan(row).moved(start)
    row.start, row.end, row.about = moved.start, moved.end, moved.about
    session.flush()
    return _plan(row)


def stay_until(session: Session, parent_key: str, end: date, today: date) -> Plan | None:
    """Part on another day; None when there is no plan, or it would end before it begins."""
    row = _open_row(session, parent_key, today)
    if row is None or row.end < today or end < row.start:
        return None
    row.end = end
    session.flush()
    return _plan(row)


def travel(session: Session, parent_key: str, who: str, today: date) -> Plan | None:
    """Another one travels; None when there is no plan ahead."""
    row = _open_row(session, parent_key, today)
    if row is None or row.end < today:
        return None
    row.who = who
    session.flush()
    return _plan(row)


def begin(session: Session, parent_key: str, today: date) -> Plan | None:
    """They are together already: from today on, to the day that was planned; None when there is no plan ahead."""
    row = _open_row(session, parent_key, today)
    if row is None or row.end < today:
        return None
    row.start, row.about = min(row.start, today), False
    session.flush()
    return _plan(row)


def cancel(session: Session, parent_key: str, now: datetime, today: date) -> Plan | None:
    """Call it off; None when there was nothing to call off."""
    row = _open_row(session, parent_key, today)
    if row is None:
        return None
    row.cancelled_at = now
    session.flush()
    return _plan(row)


def restore(session: Session, parent_key: str, since: datetime, today: date) -> Plan | None:
    """Take back the calling off that came after `since`; None when there was none, or another plan was made meanwhile."""
    if _open_row(session, parent_key, today) is not None:
        return None
    mine = (PlanRow.parent_key == parent_key, PlanRow.cancelled_at >= since, PlanRow.end >= today - AFTERCARE)
    row: PlanRow | None = session.scalars(select(PlanRow).where(*mine).order_by(PlanRow.id.desc()).limit(1)).first()
    if row is None:
        return None
    row.cancelled_at = None
    session.flush()
    return _plan(row)


def no_train(session: Session, parent_key: str, today: date) -> bool:
    """The parent does not go by train; False when there is no plan."""
    row = _open_row(session, parent_key, today)
    if row is not None:
        row.by_train = False
        session.flush()
    return row is not None


def as_data(session: Session, parent_key: str) -> dict[str, object]:
    """All that this room keeps of a parent, under Chinese names, for the parent's own export."""
    rows = session.scalars(select(PlanRow).where(PlanRow.parent_key == parent_key).order_by(PlanRow.id))
    answers = session.scalars(select(AnswerRow).where(AnswerRow.parent_key == parent_key).order_by(AnswerRow.at))
    return {
        "团聚计划": [_as_data(row) for row in rows],
        "提醒的事做了没有": [
            {"什么事": ASKED.get(row.expect, row.expect), "回答": TOLD[row.answer], "哪天": row.at.date().isoformat()} for row in answers
        ],
    }


def erase(session: Session, parent_key: str) -> int:
    """Delete a parent's plans and answers; return how many rows went."""
    tables = (PlanRow, AnswerRow)
    return sum(int(session.execute(delete(each).where(each.parent_key == parent_key)).rowcount) for each in tables)


def purge(session: Session, before: date) -> int:
    """Delete plans whose last day was before `before`; return how many. Answers stay: they are counted."""
    return int(session.execute(delete(PlanRow).where(PlanRow.end < before)).rowcount)


def _read(session: Session, chosen: Callable[[Any], Any], today: date) -> dict[str, Plan]:
    open_now = (chosen(PlanRow.parent_key), PlanRow.cancelled_at.is_(None), PlanRow.end >= today - AFTERCARE)
    rows = session.scalars(select(PlanRow).where(*open_now).order_by(PlanRow.id))
    # The last one counts: a new plan after a parting takes over.
    return {row.parent_key: _plan(row) for row in rows}


def _open_row(session: Session, parent_key: str, today: date) -> PlanRow | None:
    mine = (PlanRow.parent_key == parent_key, PlanRow.cancelled_at.is_(None), PlanRow.end >= today - AFTERCARE)
    found: PlanRow | None = session.scalars(select(PlanRow).where(*mine).order_by(PlanRow.id.desc()).limit(1)).first()
    return found


def _as_data(row: PlanRow) -> dict[str, object]:
    return {
        "从": row.start.isoformat(),
        "到": row.end.isoformat(),
        "谁动身": {GO_HOME: "我回家", CHILD_COMES: "孩子来", ELSEWHERE: "别处见"}[row.who],
        "孩子出生年月": f"{row.child_birth:%Y-%m}" if row.child_birth else None,
        "打算花多少": row.budget,
        "答应过": row.promised or None,
        "坐火车": row.by_train,
        "取消了": row.cancelled_at is not None,
    }


def _plan(row: PlanRow) -> Plan:
    return Plan(
        row.start, row.end, row.about, row.who, row.child_birth, row.budget, row.promised, row.by_train, f"plan-{row.id}"
    )
