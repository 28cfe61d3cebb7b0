"""The table of this room: one row a run. Nothing in it is about a parent: questions in it are anonymised ones of the record."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String

from bot.db import Base, UTCDateTime


class RunRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A run. `report` holds what each step found; `cancel` is asked for by a person and looked at by the run's process."""

    __tablename__ = "publish_runs"

    id = Column(Integer, primary_key=True)
    state = Column(String(20), nullable=False)
    step = Column(String(20), nullable=False)
    progress = Column(String(200), nullable=False)
    started_by = Column(String(40), nullable=False)
    started_at = Column(UTCDateTime, nullable=False)
    ended_at = Column(UTCDateTime, nullable=True)
    decided_by = Column(String(40), nullable=True)
    decided_at = Column(UTCDateTime, nullable=True)
    cancel = Column(Boolean, nullable=False)
    model = Column(String(80), nullable=False)
    before_model = Column(String(80), nullable=False)
    before_run = Column(Integer, nullable=False)
    report = Column(JSON, nullable=False)
