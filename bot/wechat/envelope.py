"""The envelope of a callback: who signed it, how it is closed, and how the answer is closed again.

Plain mode signs only timestamp and nonce (`signature`). Compatible and safe mode send `encrypt_type=aes`, and there only
`msg_signature` covers the body, so `signature` is not looked at: WeChat's page on message encryption.
The mode is taken from each request, because an account changes it in WeChat's console without telling us.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.settings import Settings
from bot.wechat.crypto import CipherError, MessageCipher, same, signature
from bot.wechat.markup import MarkupError, cdata, read_xml


class EnvelopeError(Exception):
    """The request is not taken. `status`: 403 not signed by WeChat, 400 malformed."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Opened:
    """The fields of the message, and the cipher the answer is to be closed with (None: plain mode)."""

    fields: dict[str, str]
    cipher: MessageCipher | None


class Envelope:
    """Opens and closes envelopes for one account; `aes_keys`: the current one first, then the previous one."""

    def __init__(self, token: str, app_id: str, aes_keys: tuple[str, ...] = (), refuse_plain: bool = False) -> None:
        self._token = token
        self._ciphers = tuple(MessageCipher(key, app_id) for key in aes_keys if key)
        self._refuse_plain = refuse_plain

    @classmethod
    def from_settings(cls, settings: Settings) -> Envelope:
        keys = (settings.wechat_encoding_aes_key, settings.wechat_previous_aes_key)
        return cls(settings.wechat_token, settings.wechat_app_id, keys, settings.wechat_refuse_plain)

    def verify(self, query: Mapping[str, str]) -> str:
        """Answer of the GET with which WeChat checks the address: echostr.

        Raises:
            EnvelopeError: 403, not signed with our token.
        """
        self._check(query.get("signature", ""), query)
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """Check and read a POST.

        Raises:
            EnvelopeError: 403 or 400; nothing of the body may be used then.
        """
        mode = query.get("encrypt_type", "")
        if mode == "aes":
            return self._open_sealed(query, body)
        if mode not in ("", "raw"):
            raise EnvelopeError(400, "unknown encrypt_type")
        if self._refuse_plain:
            raise EnvelopeError(403, "plain mode is refused")

        self._check(query.get("signature", ""), query)
        return Opened(_read(body), None)

    def seal(self, xml: str, cipher: MessageCipher) -> str:
        """The encrypted form of a reply; timestamp and nonce are ours to choose."""
        timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
        encrypted = cipher.encrypt(xml)
        signed = signature(self._token, timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt>{cdata(encrypted)}</Encrypt><MsgSignature>{cdata(signed)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        )

    def _open_sealed(self, query: Mapping[str, str], body: bytes) -> Opened:
        encrypted = _read(body).get("Encrypt", "")
        self._check(query.get("msg_signature", ""), query, encrypted)

        foreign = False
        for cipher in self._ciphers:
            try:
                return Opened(_read(cipher.decrypt(encrypted)), cipher)
            except CipherError as error:
                foreign = foreign or error.foreign
        if foreign:
            raise EnvelopeError(403, "made for another app_id")
        raise EnvelopeError(400, "no AES key of ours opens it")

    def _check(self, given: str, query: Mapping[str, str], *covered: str) -> None:
        # Without a token anybody could sign: fail closed.
        expected = signature(self._token, query.get("timestamp", ""), query.get("nonce", ""), *covered)
        if not self._token or not same(given, expected):
            raise EnvelopeError(403, "signature does not match")


def _read(body: bytes) -> dict[str, str]:
    try:
        return read_xml(body)
    except MarkupError as error:
        raise EnvelopeError(400, str(error)) from None
