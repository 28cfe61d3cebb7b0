"""Known answers from Tencent's pages and from other projects' tests, and what must be refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.simulator.config import SIMULATED_AES_KEY
from bot.simulator.crypto import CryptoError, MessageCipher, same, sign

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def named(kind: str) -> list[object]:
    return [pytest.param(vector, id=vector["name"]) for vector in VECTORS[kind]]


@pytest.mark.parametrize("vector", named("sha1_signature"))
def test_it_signs_queries(vector: dict[str, str]) -> None:
    assert sign(vector["token"], vector["timestamp"], vector["nonce"]) == vector["signature"]


@pytest.mark.parametrize("vector", named("msg_signature_only"))
def test_it_signs_bodies(vector: dict[str, str]) -> None:
    signature = sign(vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert signature == vector["msg_signature"]


@pytest.mark.parametrize("vector", named("msg_decrypt"))
def test_it_decrypts(vector: dict[str, str]) -> None:
    signature = sign(vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert signature == vector["msg_signature"]
    assert vector["plain_contains"] in MessageCipher(vector["aes_key"], vector["appid"]).decrypt(vector["encrypt"])


@pytest.mark.parametrize("vector", named("msg_encrypt"))
def test_it_encrypts(vector: dict[str, str]) -> None:
    cipher = MessageCipher(vector["aes_key"], vector["appid"])
    assert cipher.encrypt(vector["plain"], vector["random16"].encode()) == vector["encrypt"]
    assert cipher.decrypt(vector["encrypt"]) == vector["plain"]


@pytest.mark.parametrize("length", range(70))
def test_it_opens_every_length_it_closed(length: int) -> None:
    cipher = MessageCipher(SIMULATED_AES_KEY, "wx51a0000000000000")
    assert cipher.decrypt(cipher.encrypt("长" * length)) == "长" * length


REFUSED = {
    "another appid": MessageCipher(SIMULATED_AES_KEY, "wxother").encrypt("hello"),
    "another key": MessageCipher("A" * 43, "wx51a0000000000000").encrypt("hello"),
    "no base64": "!!!",
    "empty": "",
    "half a block": "YWJj",
}


@pytest.mark.parametrize("encrypted", REFUSED.values(), ids=REFUSED.keys())
def test_it_refuses(encrypted: str) -> None:
    with pytest.raises(CryptoError):
        MessageCipher(SIMULATED_AES_KEY, "wx51a0000000000000").decrypt(encrypted)


def test_it_compares_signatures() -> None:
    assert same("a" * 40, "a" * 40)
    assert not same("a" * 40, "é" * 40)
