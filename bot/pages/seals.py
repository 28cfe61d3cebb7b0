"""Sealed tokens: who opens a link, or that a form is ours, without anything readable in the address.

AES-256-GCM over the payload and its expiry, with a key made from JIASHU_SECRET_KEY for this purpose alone: nobody can read
who is meant, change it, or use a token made for one purpose for another. Layout: nonce (12 bytes), sealed expiry (4 bytes,
seconds since 1970) and payload, tag (16 bytes); base64url without padding.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from datetime import date, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Purposes. A link opened from a chat says whose answer is judged; a course link shows somebody's progress.
READER, COURSE = "reader", "course"
# The longer somebody else may hold a forwarded link, the less it may show: a course page shows progress, no name.
LIFETIMES = {READER: timedelta(days=7), COURSE: timedelta(days=30)}

_NONCE = 12
_LONGEST = 512


class Seals:
    """Makes and opens tokens under one secret key."""

    def __init__(self, secret_key: str) -> None:
        if not secret_key:
            raise ValueError("JIASHU_SECRET_KEY is empty: without it links could be forged")
        self._cipher = AESGCM(_derived(secret_key, b"seals"))
        self._stamp_key = _derived(secret_key, b"stamps")

    def seal(self, purpose: str, payload: str, now: datetime) -> str:
        """A token that `opened` accepts for this purpose until its lifetime has passed."""
        nonce = os.urandom(_NONCE)
        expires = int((now + LIFETIMES[purpose]).timestamp())
        sealed = self._cipher.encrypt(nonce, expires.to_bytes(4, "big") + payload.encode(), purpose.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def opened(self, purpose: str, token: str, now: datetime) -> str | None:
        """The payload; None for a token that is forged, cut off, of another purpose or past its time."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            plain = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode())
        except (binascii.Error, InvalidTag, ValueError):
            return None
        if len(plain) < 4 or int.from_bytes(plain[:4], "big") <= now.timestamp():
            return None
        return plain[4:].decode()

    def stamp(self, words: str, day: date) -> str:
        """What a form of ours carries on that day: the same for everybody, so that the page may be cached."""
        made = hmac.new(self._stamp_key, f"{day.isoformat()} {words}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made[:16]).decode().rstrip("=")

    def stamped(self, words: str, stamp: str, today: date) -> bool:
        """Whether the form was made by us for these words, today or yesterday."""
        return any(
            hmac.compare_digest(self.stamp(words, today - timedelta(days=ago)).encode(), stamp.encode()) for ago in (0, 1)
        )


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return hmac.new(secret_key.encode(), b"jiashu/pages/" + purpose, hashlib.sha256).digest()
