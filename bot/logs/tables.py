"""Tables of this room."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String

from bot.db import Base, UTCDateTime


class SafetyFlagRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A danger sign that was answered: which script, when, by which net. Never what was said."""

    __tablename__ = "logs_safety_flags"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    script = Column(String(60), nullable=False)
    found_by = Column(String(20), nullable=False)
    at = Column(UTCDateTime, nullable=False)

    __table_args__ = (Index("ix_logs_safety_flags_parent_key", "parent_key"), Index("ix_logs_safety_flags_at", "at"))
