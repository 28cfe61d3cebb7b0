"""Table of this room: what was said lately, and only lately."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Text

from bot.db import Base, UTCDateTime


class TurnRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """The tracker events of one turn as a JSON list; holds raw words and is purged (JIASHU_RETENTION_DAYS)."""

    __tablename__ = "assistant_turns"

    id = Column(Integer, primary_key=True)
    parent_key = Column(String(40), nullable=False)
    at = Column(UTCDateTime, nullable=False)
    starts_session = Column(Boolean, nullable=False)
    events = Column(Text, nullable=False)

    __table_args__ = (Index("ix_assistant_turns_parent_key_id", "parent_key", "id"), Index("ix_assistant_turns_at", "at"))
