from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import SettingsError
from bot.wechat.channel import BODY_LIMIT, WeChatInput
from bot.wechat.crypto import MessageCipher, signature
from bot.wechat.markup import read_xml
from bot.wechat.quiet import HideQueries

from .support import (
    AES_KEY,
    ALICE,
    APP_ID,
    OLD_AES_KEY,
    TOKEN,
    Callback,
    callback,
    event_xml,
    make_settings,
    signed,
    text_xml,
)

pytestmark = pytest.mark.asyncio


async def get(call: Callback, query: dict[str, str]) -> tuple[int, str]:
    async with call.http.get(call.url, params=query) as response:
        return response.status, await response.text()


async def test_it_answers_wechats_verification(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call:
        assert await get(call, signed(echostr="4375120948345356249")) == (200, "4375120948345356249")
        assert await get(call, signed(echostr="x", nonce="1")) == (403, "")
        assert await get(call, {}) == (403, "")


@pytest.mark.parametrize("key", [AES_KEY, OLD_AES_KEY])
async def test_it_answers_in_safe_mode_with_the_key_it_was_asked_with(tmp_path: Path, key: str) -> None:
    cipher = MessageCipher(key, APP_ID)

    def sealed(xml: str) -> tuple[str, dict[str, str]]:
        encrypted = cipher.encrypt(xml)
        query = signed(encrypt_type="aes")
        query["msg_signature"] = signature(TOKEN, query["timestamp"], query["nonce"], encrypted)
        return f"<xml><Encrypt>{encrypted}</Encrypt></xml>", query

    async with callback(make_settings(tmp_path)) as call:
        status, body = await call.post(*sealed(text_xml(ALICE, "你好")))
        fields = read_xml(body.encode())
        assert status == 200 and set(fields) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
        assert read_xml(cipher.decrypt(fields["Encrypt"]))["Content"] == "收到：你好"
        assert await call.post(*sealed(event_xml(ALICE, "VIEW"))) == (200, "success")


async def test_it_refuses_and_does_nothing_else(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call:
        good = text_xml(ALICE, "你好")
        assert (await call.post(good, {}))[0] == 403
        assert (await call.post(good, signed(nonce="1")))[0] == 403
        assert (await call.post("<xml></xml>"))[0] == 400
        assert (await call.post("junk"))[0] == 400
        assert (await call.post(b"<xml>" + b"x" * BODY_LIMIT))[0] == 413
        assert call.agent.heard == []


async def test_it_stops_reading_a_body_without_a_length(tmp_path: Path) -> None:
    async def endless() -> Any:
        for _ in range(64):
            yield b"x" * 65536

    async with callback(make_settings(tmp_path)) as call:
        try:
            async with call.http.post(call.url, data=endless(), params=signed()) as response:
                assert response.status == 413
        except aiohttp.ClientError:
            pass  # closed in the middle of our sending: refused as well
        assert await call.say(ALICE, "你好") == "收到：你好"


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH", "never_heard_of"])
async def test_it_takes_note_of_other_events_without_a_turn(tmp_path: Path, event: str) -> None:
    async with callback(make_settings(tmp_path)) as call:
        assert await call.post(event_xml(ALICE, event)) == (200, "success")
        assert call.agent.heard == []


async def test_it_hands_rasa_what_it_needs(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call:
        await call.post(event_xml(ALICE, "subscribe", "qrscene_school-12"))
        assert call.agent.heard[0][1] == "/EXTERNAL_follow"
        assert call.agent.metadata[0] == {"kind": "follow", "scene": "school-12"}
        assert ALICE not in repr(call.agent.heard) + repr(call.agent.metadata)


async def test_no_bytes_make_it_fail(tmp_path: Path) -> None:
    """Any body with any query is answered, and never with a 5xx."""
    words = st.text(max_size=20)
    names = st.sampled_from(["signature", "timestamp", "nonce", "echostr", "encrypt_type", "msg_signature", "openid"])
    queries = st.one_of(
        st.dictionaries(names, st.one_of(words, st.sampled_from(["aes", "raw"])), max_size=5), st.just(signed())
    )
    tags = [
        "xml",
        "MsgType",
        "FromUserName",
        "Content",
        "Event",
        "EventKey",
        "CreateTime",
        "MsgId",
        "Encrypt",
        "MediaId",
    ]
    nodes = st.builds(
        lambda tag, value: f"<{tag}>{value}</{tag}>",
        st.sampled_from(tags),
        st.one_of(
            words, st.sampled_from(["text", "event", "voice", "location", "<![CDATA[a]]>", ALICE, "9" * 30, "-1"])
        ),
    )
    bodies = st.one_of(
        st.binary(max_size=80),
        st.lists(nodes, max_size=8).map(lambda parts: f"<xml>{''.join(parts)}</xml>".encode("utf-8", "replace")),
    )
    async with callback(make_settings(tmp_path)) as call:
        loop = asyncio.get_running_loop()

        @settings(max_examples=150, deadline=None, database=None)
        @given(bodies, queries)
        def post(body: bytes, query: dict[str, str]) -> None:
            clean = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
            future = asyncio.run_coroutine_threadsafe(call.post(body, clean), loop)
            assert future.result(30)[0] < 500

        await loop.run_in_executor(None, post)
        assert await call.say(ALICE, "你好") == "收到：你好"


async def test_it_says_what_setting_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="JIASHU_SECRET_KEY"):
        WeChatInput(make_settings(tmp_path, JIASHU_SECRET_KEY=""))


async def test_it_says_that_it_is_well(tmp_path: Path) -> None:
    async with callback(make_settings(tmp_path)) as call, call.http.get(call.url.removesuffix("webhook")) as response:
        assert await response.json() == {"status": "ok"}


async def test_it_keeps_openids_out_of_sanics_logs() -> None:
    record = logging.LogRecord("sanic.root", 20, "", 1, "Request: POST /w?openid=oAlice&signature=1 stopped.", (), None)
    record.request = "POST http://h/w?openid=oAlice"
    assert HideQueries().filter(record)
    assert "oAlice" not in record.getMessage() + record.request and record.getMessage().endswith(" stopped.")
