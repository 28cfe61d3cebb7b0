"""What staff call a conversation: the same for the same parent, leading back to nobody without the key."""

from __future__ import annotations

import hashlib
import hmac

# No 0/O, 1/I/L: read aloud and typed by people.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 6


def pseudonym(parent_key: str, key: str | bytes) -> str:
    """`家长 K7F3QX`: 31**6 (887 million) names, by HMAC-SHA256 of `parent_key` with the installation's secret `key`."""
    secret = key.encode() if isinstance(key, str) else key
    number = int.from_bytes(hmac.new(secret, b"pseudonym:" + parent_key.encode(), hashlib.sha256).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "家长 " + "".join(letters)
