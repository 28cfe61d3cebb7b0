"""Accounts of the staff: made on the command line or by an admin, closed rather than deleted."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.desk.tables import UserRow

ROLES = {"editor": "编辑", "reviewer": "审阅员", "counsellor": "辅导员", "admin": "管理员"}
# Long rather than full of signs: NIST SP 800-63B, 5.1.1.
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_NAME = re.compile(r"[\w.\-]{2,30}")
# No letters that look alike: a generated password is read out or written down once.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# argon2id with the library's defaults, which are the second recommendation of RFC 9106 (64 MiB, 3 passes).
_HASHER = PasswordHasher()


class AccountError(Exception):
    """An account cannot be made or changed; the message says why, in Chinese."""


@dataclass(frozen=True)
class User:
    """An account, without its secrets."""

    id: int
    name: str
    role: str
    created_at: datetime
    disabled: bool
    totp: bool


def add(session: Session, name: str, role: str, password: str, now: datetime) -> User:
    """Make an account.

    Raises:
        AccountError: the name is taken or not usable, the role unknown, the password too short.
    """
    name = normal(name)
    if not _NAME.fullmatch(name):
        raise AccountError("名字要 2 到 30 个字，可以用汉字、字母、数字、点和横线，中间不要空格")
    if role not in ROLES:
        raise AccountError(f"没有“{role}”这个角色，可以选：{'、'.join(ROLES)}")
    if _row(session, name) is not None:
        raise AccountError(f"已经有人叫“{name}”，换一个名字")
    row = UserRow(name=name, role=role, password_hash=_hashed(password), created_at=now)
    session.add(row)
    session.flush()
    return _user(row)


def everyone(session: Session) -> list[User]:
    """All accounts, open ones first, by name."""
    rows = session.execute(select(UserRow)).scalars()
    return sorted(map(_user, rows), key=lambda user: (user.disabled, user.name))


def get(session: Session, name: str) -> User:
    """One account.

    Raises:
        AccountError: nobody has that name.
    """
    return _user(_known(session, name))


def set_password(session: Session, name: str, password: str) -> User:
    """Replace a password.

    Raises:
        AccountError: nobody has that name, or the password is too short.
    """
    row = _known(session, name)
    row.password_hash = _hashed(password)
    return _user(row)


def set_role(session: Session, name: str, role: str) -> User:
    """Give an account another role.

    Raises:
        AccountError: nobody has that name, the role is unknown, or the last admin would be gone.
    """
    row = _known(session, name)
    if role not in ROLES:
        raise AccountError(f"没有“{role}”这个角色")
    if role != "admin":
        _keep_an_admin(session, row)
    row.role = role
    return _user(row)


def set_disabled(session: Session, name: str, disabled: bool, now: datetime) -> User:
    """Close or reopen an account.

    Raises:
        AccountError: nobody has that name, or the last admin would be gone.
    """
    row = _known(session, name)
    if disabled:
        _keep_an_admin(session, row)
    row.disabled_at = now if disabled else None
    return _user(row)


def set_totp(session: Session, user_id: int, secret: str | None, used: int | None = None) -> None:
    """Ask for one-time codes of `secret` from now on; None: no longer. `used`: the time step whose code is spent already."""
    session.execute(update(UserRow).where(UserRow.id == user_id).values(totp_secret=secret, totp_step=used))


def right_password(session: Session, name: str, password: str) -> UserRow | None:
    """The open account with that name and password. An unknown name takes as long as a wrong password."""
    row = _row(session, normal(name))
    hashed = row.password_hash if row is not None else _nobodys_hash()
    if not matches(hashed, password) or row is None or row.disabled_at is not None:
        return None
    return row


def matches(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _HASHER.verify(hashed, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


def generated_password() -> str:
    """Four groups of four letters: about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def normal(name: str) -> str:
    """A name as it is kept: full-width letters and a stray space at its end are the same name."""
    return unicodedata.normalize("NFKC", name).strip()


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"密码至少要 {SHORTEST_PASSWORD} 个字")
    if len(password) > LONGEST_PASSWORD:
        raise AccountError(f"密码最多 {LONGEST_PASSWORD} 个字")
    return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def _row(session: Session, name: str) -> UserRow | None:
    row: UserRow | None = session.execute(select(UserRow).where(UserRow.name == name)).scalar_one_or_none()
    return row


def _known(session: Session, name: str) -> UserRow:
    row = _row(session, normal(name))
    if row is None:
        raise AccountError(f"没有叫“{normal(name)}”的账号")
    return row


def _keep_an_admin(session: Session, row: UserRow) -> None:
    # Locked: of two admins who demote each other at the same moment the second waits, and then finds nobody left. SQLite has one writer.
    admins = select(UserRow.id).where(UserRow.role == "admin", UserRow.disabled_at.is_(None)).order_by(UserRow.id).with_for_update()
    there = set(session.scalars(admins))
    if row.id in there and len(there) == 1:
        raise AccountError("这是最后一位管理员；先让另一位同事当管理员")


def _user(row: UserRow) -> User:
    return User(row.id, row.name, row.role, row.created_at, row.disabled_at is not None, row.totp_secret is not None)
