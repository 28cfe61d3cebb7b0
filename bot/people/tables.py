"""Tables of this room. The minimum: a birth month and no name, a province and no village."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Time

from bot.db import Base, UTCDateTime


class ParentRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """What we remember of a parent; a row is made when there is something to remember."""

    __tablename__ = "people_parents"

    parent_key = Column(String(40), primary_key=True)
    profile_offered_at = Column(UTCDateTime, nullable=True)
    reminders_stopped_at = Column(UTCDateTime, nullable=True)
    meeting_said = Column(String(20), nullable=True)
    meeting_on = Column(Date, nullable=True)


class ConsentRow(Base):  # type: ignore[misc]
    """A consent given or refused; rows are added, never changed, so that it can be shown what was agreed to and when."""

    __tablename__ = "people_consents"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    purpose = Column(String(20), nullable=False)
    version = Column(Integer, nullable=False)
    given = Column(Boolean, nullable=False)
    at = Column(UTCDateTime, nullable=False)

    __table_args__ = (Index("ix_people_consents_parent_key", "parent_key"),)


class ChildRow(Base):  # type: ignore[misc]
    """A child: `birth_month` is the first day of the month; `birth_estimated` when it was worked out from an age."""

    __tablename__ = "people_children"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    birth_month = Column(Date, nullable=False)
    birth_estimated = Column(Boolean, nullable=False)
    sex = Column(String(10), nullable=True)
    province = Column(String(10), nullable=True)
    carer = Column(String(20), nullable=True)
    added_at = Column(UTCDateTime, nullable=False)

    __table_args__ = (Index("ix_people_children_parent_key", "parent_key"),)


class PreferencesRow(Base):  # type: ignore[misc]
    """What a parent wishes of unasked messages; see bot/people/preferences.py. Only what was said is written."""

    __tablename__ = "people_preferences"

    parent_key = Column(String(40), primary_key=True)
    shift = Column(String(10), nullable=True)
    shift_since = Column(Date, nullable=True)
    shift_period = Column(Integer, nullable=False)
    starts_with_night = Column(Boolean, nullable=False)
    shift_until = Column(Date, nullable=True)
    # What holds after it, packed into a word a field: it is only ever read as a whole.
    shift_then = Column(String(40), nullable=True)
    # Times of a day in China, where the parents are.
    not_before = Column(Time, nullable=True)
    not_after = Column(Time, nullable=True)
    stopped_kinds = Column(String(120), nullable=False)
    grief_until = Column(Date, nullable=True)
    apart = Column(Boolean, nullable=True)
    consent_asked_at = Column(UTCDateTime, nullable=True)
