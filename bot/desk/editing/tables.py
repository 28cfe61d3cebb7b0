"""The table of drafts; bot/desk/tables.py names it, so that it belongs to the room's migrations."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Text

from bot.db import Base, UTCDateTime


class DraftRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A file of `content/` as somebody wants it. `open_path` is its path while it is open, so that a file has one draft at a time.

    `base` is the SHA-256 of the file it began from, empty for a new file; `version` counts its changes.
    """

    __tablename__ = "desk_drafts"

    id = Column(Integer, primary_key=True)
    path = Column(String(200), nullable=False)
    open_path = Column(String(200), nullable=True, unique=True)
    base = Column(String(64), nullable=False)
    text = Column(Text, nullable=False)
    state = Column(String(20), nullable=False)
    version = Column(Integer, nullable=False)
    authors = Column(JSON, nullable=False)
    updated_by = Column(String(40), nullable=False)
    updated_at = Column(UTCDateTime, nullable=False)
    reviewer = Column(String(40), nullable=False)
    note = Column(String(600), nullable=False)
    git_commit = Column(String(40), nullable=False)

    __table_args__ = (Index("ix_desk_drafts_path", "path"),)
