"""Tables of this room: who works here, who is signed in, who tried, who did what."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String

from bot.db import Base, UTCDateTime
from bot.desk.editing.tables import DraftRow as DraftRow  # part of this room


class UserRow(Base):  # type: ignore[misc]  # SQLAlchemy 1.4 has no types
    """A member of staff. `name` is what they type at the door; rows are never deleted, the audit trail names them."""

    __tablename__ = "desk_users"

    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False, unique=True)
    role = Column(String(20), nullable=False)
    password_hash = Column(String(200), nullable=False)
    totp_secret = Column(String(64), nullable=True)
    totp_step = Column(Integer, nullable=True)
    created_at = Column(UTCDateTime, nullable=False)
    disabled_at = Column(UTCDateTime, nullable=True)


class SessionRow(Base):  # type: ignore[misc]
    """A signed-in browser. The token itself is only in its cookie."""

    __tablename__ = "desk_sessions"

    token_hash = Column(String(64), primary_key=True)
    user_id = Column(Integer, ForeignKey("desk_users.id"), nullable=False)
    started_at = Column(UTCDateTime, nullable=False)
    seen_at = Column(UTCDateTime, nullable=False)

    __table_args__ = (Index("ix_desk_sessions_user_id", "user_id"),)


class AttemptRow(Base):  # type: ignore[misc]
    """Failed sign-ins in a row of one account, one address, or the two together (`key` is a hash)."""

    __tablename__ = "desk_attempts"

    key = Column(String(64), primary_key=True)
    failures = Column(Integer, nullable=False)
    last_at = Column(UTCDateTime, nullable=False)
    closed_until = Column(UTCDateTime, nullable=True)

    __table_args__ = (Index("ix_desk_attempts_last_at", "last_at"),)


class AuditRow(Base):  # type: ignore[misc]
    """Who read or changed what. Rows are only added."""

    __tablename__ = "desk_audit"

    id = Column(Integer, primary_key=True)
    at = Column(UTCDateTime, nullable=False)
    user_id = Column(Integer, nullable=True)
    who = Column(String(40), nullable=False)
    action = Column(String(60), nullable=False)
    subject = Column(String(200), nullable=False)

    __table_args__ = (Index("ix_desk_audit_at", "at"), Index("ix_desk_audit_user_id", "user_id"))
