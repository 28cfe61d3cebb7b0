"""Read and write what we remember of a parent. Every function takes a session and belongs inside `Database.run`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.orm import Session

from bot.people import preferences as wishes
from bot.people.preferences import NOTHING_SAID, Preferences
from bot.people.tables import ChildRow, ConsentRow, ParentRow, PreferencesRow

CHILD_DATA = "child_data"
# A meeting about which the parent could not say when.
UNDECIDED = "没定"
# 过年不回了, said of a meeting a fortnight from New Year's Day, is about that one.
SAME_VISIT = timedelta(days=20)
# Raise it whenever the words of the privacy notice change; a parent who agreed to an older one is asked again.
NOTICE_VERSION = 2

# Made once: building a statement costs more than the database needs for it, and every answer asks for these.
# One look first: most parents have little of it, and each of the four questions costs as much.
_HAS = select(
    *(exists().where(each.__table__.c.parent_key == bindparam("whose")) for each in (ParentRow, ChildRow, ConsentRow, PreferencesRow))
)
_CHILDREN = select(ChildRow).where(ChildRow.parent_key == bindparam("whose")).order_by(ChildRow.id)
_CONSENT = (
    select(ConsentRow)
    .where(ConsentRow.parent_key == bindparam("whose"), ConsentRow.purpose == CHILD_DATA)
    .order_by(ConsentRow.id.desc())
    .limit(1)
)


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
    preferences: Preferences = NOTHING_SAID


def profile(session: Session, parent_key: str) -> Profile:
    """The profile of a parent; an empty one for a stranger."""
    known, with_children, with_consent, with_wishes = session.execute(_HAS, {"whose": parent_key}).one()
    row = session.get(ParentRow, parent_key) if known else None
    children = session.scalars(_CHILDREN, {"whose": parent_key}) if with_children else ()
    return Profile(
        offered_at=row.profile_offered_at if row else None,
        reminders_stopped_at=row.reminders_stopped_at if row else None,
        meeting=Meeting(row.meeting_said, row.meeting_on) if row and row.meeting_said else None,
        children=tuple(_child(each) for each in children),
        agreed=bool(with_consent) and has_agreed(session, parent_key),
        preferences=wishes.preferences(session, parent_key) if with_wishes else NOTHING_SAID,
    )


def has_agreed(session: Session, parent_key: str) -> bool:
    """Whether the latest word of the parent on the child's data is yes, to the notice in force."""
    latest = session.scalars(_CONSENT, {"whose": parent_key}).first()
    return bool(latest and latest.given and latest.version == NOTICE_VERSION)


def record_consent(session: Session, parent_key: str, given: bool, now: datetime) -> None:
    """Write down a yes or a no to the notice in force; a no also deletes what was kept of the children."""
    session.add(
        ConsentRow(parent_key=parent_key, purpose=CHILD_DATA, version=NOTICE_VERSION, given=given, at=now)
    )
    session.flush()
    if not given:
        session.execute(delete(ChildRow).where(ChildRow.parent_key == parent_key))
        wishes.forget_living(session, parent_key)


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


def correct_child(session: Session, parent_key: str, kept: Child, right: Child, now: datetime) -> None:
    """The parent corrects what was just told of a child: `right` takes the place of `kept`."""
    rows = select(ChildRow).where(ChildRow.parent_key == parent_key).order_by(ChildRow.id.desc())
    row = next((each for each in session.scalars(rows) if _child(each) == kept), None)
    if row is not None:
        session.delete(row)
        session.flush()
    add_child(session, parent_key, right, now)


def forget_children(session: Session, parent_key: str) -> None:
    """The parent tells everything anew; what was kept of the children goes."""
    session.execute(delete(ChildRow).where(ChildRow.parent_key == parent_key))


def set_meeting(session: Session, parent_key: str, meeting: Meeting) -> None:
    """Remember when parent and child meet next."""
    row = _row(session, parent_key)
    row.meeting_said, row.meeting_on = meeting.said[:20], meeting.on


def forget_meeting(session: Session, parent_key: str, on: date) -> None:
    """The meeting on that day was called off; one on another day stays."""
    row: ParentRow | None = session.get(ParentRow, parent_key)
    if row is not None and row.meeting_on == on:
        row.meeting_said = row.meeting_on = None


def forget_next(session: Session, parent_key: str, today: date, named: date | None) -> Meeting | None:
    """The next meeting will not be: forget it, and return it. `named`: the day that was called off, where one was said.

    One that is over stays, and so does one that lies elsewhere in the year than the day that was named.
    """
    row: ParentRow | None = session.get(ParentRow, parent_key)
    if row is None or not row.meeting_said or row.meeting_said == UNDECIDED:
        return None
    meeting = Meeting(row.meeting_said, row.meeting_on)
    if meeting.on and (meeting.on < today or (named and abs(meeting.on - named) > SAME_VISIT)):
        return None
    row.meeting_said = row.meeting_on = None
    return meeting


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
    return wishes.erase(session, parent_key) + sum(
        int(session.execute(delete(table).where(table.parent_key == parent_key)).rowcount)
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
