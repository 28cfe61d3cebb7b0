"""Tables of this room: plans, and answers to whether something was done."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String

from bot.db import Base, UTCDateTime


class PlanRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A time together; see bot/reunion/plans.py. A plan that is changed stays one row, a cancelled one stays cancelled."""

    __tablename__ = "reunion_plans"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    start = Column(Date, nullable=False)
    end = Column(Date, nullable=False)
    about = Column(Boolean, nullable=False)
    who = Column(String(12), nullable=False)
    # Only of a child whose data the parent agreed to have kept.
    child_birth = Column(Date, nullable=True)
    budget = Column(Integer, nullable=True)
    # The parent's own words, anonymised before they came here.
    promised = Column(String(80), nullable=False)
    by_train = Column(Boolean, nullable=True)
    made_at = Column(UTCDateTime, nullable=False)
    cancelled_at = Column(UTCDateTime, nullable=True)

    __table_args__ = (Index("ix_reunion_plans_parent_key", "parent_key"),)


class AnswerRow(Base):  # type: ignore[misc]
    """What the parent answered last to one step: yes, no or not_yet."""

    __tablename__ = "reunion_answers"

    parent_key = Column(String(40), primary_key=True)
    campaign = Column(String(40), primary_key=True)
    occurrence = Column(String(40), primary_key=True)
    step = Column(String(41), primary_key=True)
    expect = Column(String(40), nullable=False)
    answer = Column(String(10), nullable=False)
    at = Column(UTCDateTime, nullable=False)
