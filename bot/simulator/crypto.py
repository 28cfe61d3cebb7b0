"""Signing and encryption of callbacks, as WeChat's message encryption page describes them.

Written from the description and not shared with `bot.wechat`: two implementations that check each other.
AES-256-CBC, IV = first 16 bytes of the key, PKCS#7 to 32 bytes, plain = random(16) + length(4, big endian) + message +
appid. Source: developers.weixin.qq.com/doc/subscription/guide/dev/push/encryption.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
HEAD = 20


class CryptoError(Exception):
    """A message could not be opened; the text says why and holds nothing secret."""


def sign(*parts: str) -> str:
    """SHA-1 in hex of the sorted, joined `parts`: (token, timestamp, nonce) or these and the Encrypt field."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two signatures in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


class MessageCipher:
    """Opens and closes the Encrypt field of one account."""

    def __init__(self, aes_key: str, appid: str) -> None:
        """`aes_key` is the EncodingAESKey: 43 characters, base64 of 32 bytes without its "="."""
        try:
            key = base64.b64decode(aes_key + "=")
        except binascii.Error:
            raise CryptoError("the EncodingAESKey is not base64") from None
        if len(key) != 32:
            raise CryptoError("the EncodingAESKey does not hold 32 bytes")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._appid = appid.encode()

    def encrypt(self, message: str, salt: bytes | None = None) -> str:
        """Return the Encrypt field for `message`; `salt` is 16 bytes, random unless a test gives them."""
        body = message.encode()
        plain = (salt or os.urandom(16)) + len(body).to_bytes(4, "big") + body + self._appid
        count = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([count]) * count) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted: str) -> str:
        """Return the message in the Encrypt field.

        Raises:
            CryptoError: no base64, wrong key, wrong padding, wrong length, or another account's appid.
        """
        plain = _unpad(self._open(encrypted))
        if len(plain) < HEAD:
            raise CryptoError("the message is too short")
        end = HEAD + int.from_bytes(plain[16:HEAD], "big")
        if end > len(plain):
            raise CryptoError("the stated length is longer than the message")
        if not hmac.compare_digest(plain[end:], self._appid):
            raise CryptoError("the message belongs to another appid")
        try:
            return plain[HEAD:end].decode()
        except UnicodeDecodeError:
            raise CryptoError("the message is not UTF-8") from None

    def _open(self, encrypted: str) -> bytes:
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise CryptoError("the Encrypt field is not base64") from None
        if not sealed or len(sealed) % 16:
            raise CryptoError("the Encrypt field is not whole AES blocks")
        decryptor = self._cipher.decryptor()
        return decryptor.update(sealed) + decryptor.finalize()


def _unpad(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= BLOCK or plain[-count:] != bytes([count]) * count:
        raise CryptoError("the padding is wrong (another key, or not padded to 32 bytes)")
    return plain[:-count]
