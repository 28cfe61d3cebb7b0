"""WeChat's signatures and its message encryption, checked against the known-answer vectors in tests/wechat.

https://developers.weixin.qq.com/doc/subscription/guide/dev/push/encryption.html
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

# WeChat pads to 32 bytes, not to AES's own 16: unpadding by 16 fails on half of all lengths.
BLOCK = 32
_HEADER = 20  # 16 random bytes and the length of the message, 4 bytes big endian


class CipherError(Exception):
    """`foreign`: it decrypts, but was made for another app_id. Otherwise: this is no ciphertext of this key."""

    def __init__(self, foreign: bool = False) -> None:
        super().__init__("made for another app_id" if foreign else "not a ciphertext of this key")
        self.foreign = foreign


def signature(*parts: str) -> str:
    """SHA-1 of the sorted, joined parts: (token, timestamp, nonce) or (token, timestamp, nonce, Encrypt)."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two signatures are equal, in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


class MessageCipher:
    """AES-256-CBC with the EncodingAESKey (43 characters); the IV is the first half of the key."""

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        key = base64.b64decode(encoding_aes_key + "=")
        self._app_id = app_id.encode()
        self._cipher = Cipher(AES(key), CBC(key[:16]))

    def encrypt(self, text: str, random16: bytes | None = None) -> str:
        """Base64 of the ciphertext; `random16` is only given by tests."""
        message = text.encode()
        plain = (random16 or secrets.token_bytes(16)) + struct.pack(">I", len(message)) + message + self._app_id
        missing = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """The message inside.

        Raises:
            CipherError: damaged, made with another key, or for another app_id.
        """
        plain = self._unpadded(encrypted)
        (length,) = struct.unpack(">I", plain[16:_HEADER])
        message, app_id = plain[_HEADER : _HEADER + length], plain[_HEADER + length :]
        if len(message) != length:
            raise CipherError
        if not hmac.compare_digest(app_id, self._app_id):
            raise CipherError(foreign=True)
        return message

    def _unpadded(self, encrypted: str) -> bytes:
        try:
            data = base64.b64decode("".join(encrypted.split()), validate=True)
            decryptor = self._cipher.decryptor()
            plain = decryptor.update(data) + decryptor.finalize()
        except (binascii.Error, ValueError):
            raise CipherError from None
        padding = plain[-1] if plain else 0
        if not 1 <= padding <= BLOCK or len(plain) - padding < _HEADER:
            raise CipherError
        return plain[:-padding]
