from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.wechat.crypto import CipherError, MessageCipher, same, signature
from bot.wechat.envelope import Envelope, EnvelopeError
from bot.wechat.markup import read_xml

from .support import AES_KEY, ALICE, APP_ID, OLD_AES_KEY, TOKEN, signed, text_xml

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def named(kind: str) -> Any:
    return pytest.mark.parametrize("vector", VECTORS[kind], ids=lambda vector: vector["name"])


def make(*keys: str, refuse_plain: bool = False) -> Envelope:
    return Envelope(TOKEN, APP_ID, keys or (AES_KEY, OLD_AES_KEY), refuse_plain)


def sealed(xml: str, key: str = AES_KEY, app_id: str = APP_ID) -> tuple[dict[str, str], bytes]:
    encrypted = MessageCipher(key, app_id).encrypt(xml)
    query = signed(encrypt_type="aes")
    query["msg_signature"] = signature(TOKEN, query["timestamp"], query["nonce"], encrypted)
    return query, f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


@named("sha1_signature")
def test_it_signs_like_wechat(vector: dict[str, Any]) -> None:
    assert signature(vector["token"], vector["timestamp"], vector["nonce"]) == vector["signature"]


@named("msg_signature_only")
def test_it_signs_ciphertext_like_wechat(vector: dict[str, Any]) -> None:
    parts = (vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert signature(*parts) == vector["msg_signature"]


@named("msg_decrypt")
def test_it_decrypts_known_messages(vector: dict[str, Any]) -> None:
    parts = (vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert signature(*parts) == vector["msg_signature"]
    plain = MessageCipher(vector["aes_key"], vector["appid"]).decrypt(vector["encrypt"]).decode()
    assert vector["plain_contains"] in plain


@named("msg_encrypt")
def test_it_encrypts_known_messages(vector: dict[str, Any]) -> None:
    cipher = MessageCipher(vector["aes_key"], vector["appid"])
    assert cipher.encrypt(vector["plain"], vector["random16"].encode()) == vector["encrypt"]
    assert cipher.decrypt(vector["encrypt"]).decode() == vector["plain"]
    if "msg_signature" in vector:
        parts = (vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
        assert signature(*parts) == vector["msg_signature"]


def test_it_decrypts_every_length() -> None:
    cipher = MessageCipher(AES_KEY, APP_ID)
    for length in range(70):
        assert cipher.decrypt(cipher.encrypt("x" * length)) == b"x" * length


def test_it_answers_the_verification() -> None:
    vector = VECTORS["sha1_signature"][0]
    envelope = Envelope(vector["token"], APP_ID)
    assert envelope.verify(vector) == vector["echostr"]
    with pytest.raises(EnvelopeError) as refused:
        envelope.verify({**vector, "nonce": "1"})
    assert refused.value.status == 403


def test_it_opens_plain_messages() -> None:
    opened = make().open(signed(), text_xml(ALICE, "你好").encode())
    assert (opened.fields["Content"], opened.cipher) == ("你好", None)


@pytest.mark.parametrize("key", [AES_KEY, OLD_AES_KEY])
def test_it_answers_with_the_key_that_opened(key: str) -> None:
    query, body = sealed(text_xml(ALICE, "你好"), key)
    envelope = make()
    opened = envelope.open(query, body)
    assert opened.fields["Content"] == "你好" and opened.cipher

    reply = read_xml(envelope.seal("<xml>答</xml>", opened.cipher).encode())
    expected = signature(TOKEN, reply["TimeStamp"], reply["Nonce"], reply["Encrypt"])
    assert same(reply["MsgSignature"], expected)
    assert MessageCipher(key, APP_ID).decrypt(reply["Encrypt"]).decode() == "<xml>答</xml>"


def test_it_refuses_what_wechat_did_not_make() -> None:
    query, body = sealed(text_xml(ALICE, "你好"))
    other_app = sealed(text_xml(ALICE, "你好"), app_id="wxffffffffffffffff")
    other_key = sealed(text_xml(ALICE, "你好"), key="c" * 42 + "A")
    plain = text_xml(ALICE, "你好").encode()
    cases = {
        "no signature": (403, {}, plain),
        "signature of another nonce": (403, {**signed(), "nonce": "1"}, plain),
        "only `signature` for a ciphertext": (403, {**query, "msg_signature": query["signature"]}, body),
        "no msg_signature": (403, {**query, "msg_signature": ""}, body),
        "ciphertext swapped": (403, query, sealed(text_xml(ALICE, "别的"))[1]),
        "another app_id inside": (403, *other_app),
        "another key": (400, *other_key),
        "not XML": (400, signed(), b"junk"),
        "empty": (400, signed(), b""),
        "unknown encrypt_type": (400, signed(encrypt_type="rsa"), plain),
        "entities": (400, signed(), b'<!DOCTYPE x [<!ENTITY a "aa">]><xml><Content>&a;</Content></xml>'),
        "not UTF-8": (400, signed(), b'<?xml version="1.0" encoding="gbk"?><xml><C>\xc4\xe3</C></xml>'),
    }
    for name, (status, given, data) in cases.items():
        with pytest.raises(EnvelopeError) as refused:
            make().open(given, data)
        assert refused.value.status == status, name


def test_it_refuses_plain_mode_when_told_to() -> None:
    envelope = make(refuse_plain=True)
    with pytest.raises(EnvelopeError) as refused:
        envelope.open(signed(), text_xml(ALICE, "你好").encode())
    assert refused.value.status == 403
    assert envelope.open(*sealed(text_xml(ALICE, "你好"))).fields["Content"] == "你好"


def test_it_refuses_everything_without_a_token() -> None:
    envelope = Envelope("", APP_ID)
    query = {"timestamp": "1", "nonce": "2", "signature": signature("", "1", "2"), "echostr": "x"}
    with pytest.raises(EnvelopeError):
        envelope.verify(query)


@pytest.mark.parametrize("encrypted", ["", "AAAA", "!!!!", "é", "A" * 64, "A" * 43 + "="])
def test_it_names_damaged_ciphertexts(encrypted: str) -> None:
    with pytest.raises(CipherError):
        MessageCipher(AES_KEY, APP_ID).decrypt(encrypted)
