"""Read and write what we remember of a parent. Every function takes a session and belongs inside `Database.run`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.people.tables import ChildRow, ConsentRow, ParentRow

CHILD_DATA = "child_data"
# Raise it whenever the words of the privacy notice change; a parent who agreed to an older one is asked again.
NOTICE_VERSION = 1


@dataclass(frozen=True)
class Child:
    """A child of a parent; `sex` is 男孩, 女孩 or None."""

    birth_month: date
    birth_estimated: bool
    sex: str | None = None
    province: str | None = None
    carer: str | None = None

    def age_months(self, today: date) -> int:
        """Whole months since the first of the birth month, never below 0."""
        return max(0, (today.year - self.birth_month.year) * 12 + today.month - self.birth_month.month)


@dataclass(frozen=True)
class Meeting:
    """The next time together: as the parent said it, and the day it means where it means one."""

    said: str
    on: date | None


@dataclass(frozen=True)
class Profile:
    """All that is remembered of one parent."""

    offered_at: datetime | None
    reminders_stopped_at: datetime | None
    meeting: Meeting | None
    children: tuple[Child, ...]
    agreed: bool


def profile(session: Session, parent_key: str) -> Profile:
    """The profile of a parent; an empty one for a stranger."""
    row = session.get(ParentRow, parent_key)
    children = session.scalars(select(ChildRow).where(ChildRow.parent_key == parent_key).order_by(ChildRow.id))
    return Profile(
        offered_at=row.profile_offered_at if row else None,
        reminders_stopped_at=row.reminders_stopped_at if row else None,
        meeting=Meeting(row.meeting_said, row.meeting_on) if row and row.meeting_said else None,
        children=tuple(_child(each) for each in children),
        agreed=has_agreed(session, parent_key),
    )


def has_agreed(session: Session, parent_key: str) -> bool:
    """Whether the latest word of the parent on the child's data is yes, to the notice in force."""
    latest = session.scalars(
        select(ConsentRow)
        .where(ConsentRow.parent_key == parent_key, ConsentRow.purpose == CHILD_DATA)
        .order_by(ConsentRow.id.desc())
        .limit(1)
    ).first()
    return bool(latest and latest.given and latest.version == NOTICE_VERSION)


def record_consent(session: Session, parent_key: str, given: bool, now: datetime) -> None:
    """Write down a yes or a no to the notice in force; a no also deletes what was kept of the children."""
    session.add(
        ConsentRow(parent_key=parent_key, purpose=CHILD_DATA, version=NOTICE_VERSION, given=given, at=now)
    )
    session.flush()
    if not given:
        session.execute(delete(ChildRow).where(ChildRow.parent_key == parent_key))


def add_child(session: Session, parent_key: str, child: Child, now: datetime) -> bool:
    """Keep a child; False, and nothing kept, without consent. The same birth month, sex and place is the same child."""
    if not has_agreed(session, parent_key):
        return False
    if child not in profile(session, parent_key).children:
        session.add(
            ChildRow(
                parent_key=parent_key,
                birth_month=child.birth_month,
                birth_estimated=child.birth_estimated,
                sex=child.sex,
                province=child.province,
                carer=child.carer,
                added_at=now,
            )
        )
        session.flush()
    return True


def forget_children(session: Session, parent_key: str) -> None:
    """The parent tells everything anew; what was kept of the children goes."""
    session.execute(delete(ChildRow).where(ChildRow.parent_key == parent_key))


def set_meeting(session: Session, parent_key: str, meeting: Meeting) -> None:
    """Remember when parent and child meet next."""
    row = _row(session, parent_key)
    row.meeting_said, row.meeting_on = meeting.said[:20], meeting.on


def mark_offered(session: Session, parent_key: str, now: datetime) -> bool:
    """Note that the profile was offered; True only the first time, so that nobody is asked twice."""
    row = _row(session, parent_key)
    if row.profile_offered_at is not None:
        return False
    row.profile_offered_at = now
    return True


def stop_reminders(session: Session, parent_key: str, now: datetime) -> None:
    """The parent wants no unasked messages; questions are answered all the same."""
    row = _row(session, parent_key)
    row.reminders_stopped_at = row.reminders_stopped_at or now


def resume_reminders(session: Session, parent_key: str) -> None:
    """The parent wants reminders again."""
    _row(session, parent_key).reminders_stopped_at = None


def erase(session: Session, parent_key: str) -> int:
    """Delete everything of this room about a parent; return how many rows went."""
    return sum(
        session.execute(delete(table).where(table.parent_key == parent_key)).rowcount
        for table in (ChildRow, ConsentRow, ParentRow)
    )


def _row(session: Session, parent_key: str) -> ParentRow:
    row: ParentRow | None = session.get(ParentRow, parent_key)
    if row is None:
        row = ParentRow(parent_key=parent_key)
        session.add(row)
        session.flush()
    return row


def _child(row: ChildRow) -> Child:
    return Child(row.birth_month, row.birth_estimated, row.sex, row.province, row.carer)
