"""One-time codes as a second proof (RFC 6238: 30 seconds, six digits), for those who switch it on."""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp
import segno
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from bot.desk.tables import UserRow

STEP = 30
# One step either way: phones' clocks are not quite right (RFC 6238, 5.2).
_TOLERANCE = (0, -1, 1)


def new_secret() -> str:
    """A fresh secret, base32."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether this is one of ours: 32 characters of base32 (160 bits, as RFC 4226 recommends)."""
    return re.fullmatch(r"[A-Z2-7]{32}", text) is not None


def picture(secret: str, name: str) -> str:
    """The QR code for an authenticator app, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="家书")
    return segno.make(address, error="m").svg_inline(scale=5, border=2, dark="#1d2a2c", light="#ffffff", omitsize=True)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, or None."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP
    for step in (present + shift for shift in _TOLERANCE):
        if hmac.compare_digest(pyotp.HOTP(secret).at(step).encode(), typed.encode()):
            return step
    return None


def accept(session: Session, row: UserRow, code: str, now: datetime) -> bool:
    """Whether the code is right and was not used before: whoever reads it over a shoulder is too late."""
    step = step_of(row.totp_secret, code, now)
    if step is None:
        return False
    unused = or_(UserRow.totp_step.is_(None), UserRow.totp_step < step)
    taken = update(UserRow).where(UserRow.id == row.id, unused).values(totp_step=step)
    return bool(session.execute(taken.execution_options(synchronize_session=False)).rowcount)
