"""What we remember of many parents at once, for the plan of reminders: a handful of queries for thousands of parents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.people.parents import CHILD_DATA, NOTICE_VERSION, Child
from bot.people.tables import ChildRow, ConsentRow, ParentRow

# The condition on the parent_key of a table. (SQLAlchemy 1.4 has no types for either.)
_Of = Callable[[Any], Any]


@dataclass(frozen=True)
class Known:
    """One parent's; children only while their data may be kept."""

    children: tuple[Child, ...] = ()
    reminders_stopped_at: datetime | None = None
    meeting_on: date | None = None


def known_between(session: Session, first: str, last: str) -> dict[str, Known]:
    """All parents of whom anything is known, with keys from `first` to `last`, both included."""
    return _known(session, lambda table: table.parent_key.between(first, last))


def known_of(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """Those of these parents of whom anything is known."""
    wanted = list(keys)
    return _known(session, lambda table: table.parent_key.in_(wanted))


def _known(session: Session, of: _Of) -> dict[str, Known]:
    children = dict(_children(session, of))
    parents = select(ParentRow.parent_key, ParentRow.reminders_stopped_at, ParentRow.meeting_on).where(of(ParentRow))
    found = {key: Known((), stopped, meeting) for key, stopped, meeting in session.execute(parents)}
    for key, own in children.items():
        found[key] = replace(found.get(key, Known()), children=own)
    return found


def _children(session: Session, of: _Of) -> Iterator[tuple[str, tuple[Child, ...]]]:
    agreed = _agreed(session, of)
    columns = (ChildRow.birth_month, ChildRow.birth_estimated, ChildRow.sex, ChildRow.province, ChildRow.carer)
    rows = session.execute(select(ChildRow.parent_key, *columns).where(of(ChildRow)).order_by(ChildRow.id))
    by_parent: dict[str, list[Child]] = {}
    for key, *values in rows:
        if key in agreed:
            by_parent.setdefault(key, []).append(Child(*values))
    yield from ((key, tuple(children)) for key, children in by_parent.items())


def _agreed(session: Session, of: _Of) -> set[str]:
    """Parents whose latest word on the child's data is yes, to the notice in force; see `parents.has_agreed`."""
    mine = (of(ConsentRow), ConsentRow.purpose == CHILD_DATA)
    newest = select(func.max(ConsentRow.id)).where(*mine).group_by(ConsentRow.parent_key).scalar_subquery()
    yes = (ConsentRow.id.in_(newest), ConsentRow.given.is_(True), ConsentRow.version == NOTICE_VERSION)
    return set(session.execute(select(ConsentRow.parent_key).where(*yes)).scalars())

