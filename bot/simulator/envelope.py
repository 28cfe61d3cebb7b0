"""A callback's query and body in the three modes, made once: every try sends the very same bytes.

Source: developers.weixin.qq.com/doc/subscription/guide/dev/push/encryption.md. `signature` is sent in every mode; only
`msg_signature` covers the body.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.simulator.config import Mode
from bot.simulator.crypto import MessageCipher, sign
from bot.simulator.incoming import Incoming, element


@dataclass(frozen=True)
class Sealed:
    """One delivery as it goes over the wire; `plain` is the body before encryption, for the inspector."""

    query: dict[str, str]
    body: str
    plain: str
    mode: Mode


class Sealer:
    """Wraps messages for one account."""

    def __init__(self, token: str, cipher: MessageCipher, original_id: str) -> None:
        self._token = token
        self._cipher = cipher
        self._original_id = original_id

    def seal(self, incoming: Incoming, mode: Mode, created: int) -> Sealed:
        """Wrap `incoming` in `mode`; `created` (Unix time) is its CreateTime and the query's timestamp."""
        plain = incoming.xml(self._original_id, created)
        query = self.verification(created) | {"openid": incoming.openid}
        if mode is Mode.PLAIN:
            return Sealed(query, plain, plain, mode)

        encrypted = self._cipher.encrypt(plain)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = sign(self._token, query["timestamp"], query["nonce"], encrypted)
        if mode is Mode.SAFE:
            body = "<xml>" + element("ToUserName", self._original_id) + element("Encrypt", encrypted) + "</xml>"
            return Sealed(query, body, plain, mode)
        body = plain.removesuffix("</xml>") + element("Encrypt", encrypted) + "</xml>"
        return Sealed(query, body, plain, mode)

    def verification(self, created: int) -> dict[str, str]:
        """The signed part of every query: signature, timestamp, nonce."""
        timestamp, nonce = str(created), str(secrets.randbelow(10**10))
        return {"signature": sign(self._token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
