"""Tables of this room. No words of parents, nothing about children: keys of entries, and times."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String

from bot.db import Base, UTCDateTime


class GivenRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """An entry of a table that was given to a parent, so that it does not come again too soon."""

    __tablename__ = "coach_given"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    kind = Column(String(20), nullable=False)
    entry = Column(String(20), nullable=False)
    at = Column(UTCDateTime, nullable=False)

    __table_args__ = (Index("ix_coach_given_parent_key", "parent_key", "kind", "at"),)


class CallRow(Base):  # type: ignore[misc]
    """A call for which openers were given: when it was asked how it went, and what was answered (good, so_so, none)."""

    __tablename__ = "coach_calls"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    prepared_at = Column(UTCDateTime, nullable=False)
    asked_at = Column(UTCDateTime, nullable=True)
    went = Column(String(10), nullable=True)
    went_at = Column(UTCDateTime, nullable=True)

    __table_args__ = (Index("ix_coach_calls_parent_key", "parent_key"), Index("ix_coach_calls_prepared_at", "prepared_at"))
