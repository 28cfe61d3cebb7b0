"""The same person gets the same placeholder throughout a conversation, without the name being kept anywhere."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets

from bot.privacy.forms import Forms
from bot.privacy.spans import LABELS

# What a book writes. A text that was scrubbed before is left as it is.
PLACEHOLDER = re.compile("〈(?:孩子|老师|" + "|".join(LABELS.values()) + r")\d+〉")
_DIGEST_BYTES = 12


class PlaceholderBook:
    """Placeholders of one conversation.

    Kept as JSON it holds keyed hashes (HMAC-SHA256) and labels, never a name or number. The key is not in it: without the
    key of the installation nobody can try names against the hashes. Not for use by two threads at once.
    """

    def __init__(self, key: str | bytes = b"", entries: dict[str, str] | None = None) -> None:
        """`key`: the installation's secret; without one a random key serves for the life of this object."""
        self._key = key.encode() if isinstance(key, str) else key
        self._key = self._key or secrets.token_bytes(32)
        self._entries = dict(entries or {})

    def __len__(self) -> int:
        return len(self._entries)

    def placeholder(self, label: str, forms: Forms) -> str:
        """〈label number〉 for a value; a form that is known brings back its placeholder, under whatever label it was met."""
        digests = [self._digest(form) for form in forms.same]
        known = next((self._entries[digest] for digest in digests if digest in self._entries), None)
        given = known or f"〈{label}{self._next(label)}〉"
        for digest in [*digests, *(self._digest(form) for form in forms.short)]:
            self._entries.setdefault(digest, given)
        return given

    def to_json(self) -> str:
        """For storing beside the conversation."""
        return json.dumps(self._entries, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, key: str | bytes) -> PlaceholderBook:
        """The stored book; an empty text is an empty book.

        Raises:
            ValueError: `text` was not made by `to_json`.
        """
        entries = json.loads(text) if text else {}
        if not isinstance(entries, dict) or not all(isinstance(value, str) for value in entries.values()):
            raise ValueError("this is not a stored placeholder book")
        return cls(key, entries)

    def _digest(self, form: str) -> str:
        return hmac.new(self._key, form.encode(), hashlib.sha256).digest()[:_DIGEST_BYTES].hex()

    def _next(self, label: str) -> int:
        return 1 + len({given for given in self._entries.values() if re.fullmatch(rf"〈{label}\d+〉", given)})
