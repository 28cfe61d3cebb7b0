"""Who is signed in. A row a browser; its cookie holds a random token of which only the hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot import services
from bot.desk.tables import SessionRow, UserRow

# A working day without a click, a week in all: OWASP's advice for staff systems of middling value.
IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
# One write a minute instead of one a click.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Staff:
    """The member of staff behind a request. `csrf` goes into every form that is shown to them."""

    id: int
    name: str
    role: str
    totp: bool
    csrf: str


@dataclass(frozen=True)
class Found:
    """A session that holds; `stale` when the time it was last seen should be written again."""

    staff: Staff
    stale: bool


def open_session(session: Session, user_id: int, now: datetime) -> str:
    """Sign in; returns the token for the cookie. Sessions that ended are swept out on the way."""
    _sweep(session, now)
    token = secrets.token_urlsafe(32)
    session.add(SessionRow(token_hash=_hashed(token), user_id=user_id, started_at=now, seen_at=now))
    return token


def find(session: Session, token: str, now: datetime) -> Found | None:
    """The session of that token, unless it ended or the account was closed."""
    found = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.token_hash == _hashed(token), UserRow.disabled_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    row, user = found
    if _ended(row, now):
        return None
    staff = Staff(user.id, user.name, user.role, user.totp_secret is not None, _form_word(user))
    return Found(staff, now - row.seen_at > _SEEN_EVERY)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that the session is in use."""
    row = session.get(SessionRow, _hashed(token))
    if row is not None:
        row.seen_at = now


def close(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == _hashed(token)))


def close_all(session: Session, user_id: int, but: str = "") -> int:
    """Sign a member of staff out everywhere, except where the token is `but`; returns how many sessions ended."""
    mine = (SessionRow.user_id == user_id, SessionRow.token_hash != _hashed(but))
    return int(session.execute(delete(SessionRow).where(*mine)).rowcount)


def csrf_of(token: str) -> str:
    """The word that a stranger's form at the door carries; nobody can work it out without the cookie's token."""
    return hmac.new(token.encode(), b"jiashu desk form", hashlib.sha256).hexdigest()


def _form_word(user: UserRow) -> str:
    """The word in every form of a member of staff. It outlives the session: who signs in again sends what was written before. Another
    password makes another word."""
    words = f"jiashu desk form\0{user.id}\0{user.password_hash}"
    return hmac.new(services.settings().secret_key.encode(), words.encode(), hashlib.sha256).hexdigest()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _ended(row: SessionRow, now: datetime) -> bool:
    # Also one "from the future": the clock was turned back, and nobody can say how long it has really been open.
    return bool(now - row.seen_at > IDLE or now - row.started_at > LONGEST or row.started_at > now + IDLE)


def _sweep(session: Session, now: datetime) -> None:
    over = or_(SessionRow.seen_at < now - IDLE, SessionRow.started_at < now - LONGEST)
    session.execute(delete(SessionRow).where(over))
