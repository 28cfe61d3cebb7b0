"""What goes to the callback is written and sealed as WeChat does it, and what comes back is read as WeChat reads it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bot.simulator.chat import Content
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.crypto import MessageCipher, sign
from bot.simulator.envelope import Sealer
from bot.simulator.incoming import event, message
from bot.simulator.replies import ReplyError, ReplyReader

CONFIG = SimulatorConfig()
CIPHER = MessageCipher(CONFIG.aes_key, CONFIG.appid)
SEALER = Sealer(CONFIG.token, CIPHER, CONFIG.original_id)
READER = ReplyReader(CONFIG.token, CIPHER, CONFIG.original_id)


@pytest.mark.parametrize("text", ["孩子", "a ]]> b", "<b>&amp;</b>", "😀\n第二行", "]]>]]>"])
def test_text_survives_the_xml(text: str) -> None:
    root = ElementTree.fromstring(message("o1", Content("text", text=text)).xml("gh_1", 1))
    assert root.findtext("Content") == text


def test_control_characters_are_left_out() -> None:
    root = ElementTree.fromstring(message("o1", Content("text", text="a\x00\x0bb")).xml("gh_1", 1))
    assert root.findtext("Content") == "ab"


def test_message_ids_are_unique_and_beyond_what_a_double_holds() -> None:
    ids = [message("o1", Content("text", text="a")).msgid or 0 for _ in range(3)]
    assert len(set(ids)) == 3
    assert min(ids) > 2**53 and max(ids) < 2**63


def test_events_carry_no_message_id() -> None:
    assert "MsgId" not in event("o1", "CLICK", ("EventKey", "k")).xml("gh_1", 1)


def test_a_heard_voice_carries_its_recognition_and_an_unheard_one_does_not() -> None:
    assert "<Recognition><![CDATA[你好]]>" in message("o1", Content("voice", text="你好")).xml("gh_1", 1)
    assert "Recognition" not in message("o1", Content("voice")).xml("gh_1", 1)


def test_a_tapped_item_carries_its_menu_id() -> None:
    assert "<bizmsgmenuid><![CDATA[7]]>" in message("o1", Content("text", text="a"), menu_id="7").xml("gh_1", 1)


@pytest.mark.parametrize("mode", list(Mode))
def test_each_mode_seals_as_wechat_does(mode: Mode) -> None:
    sealed = SEALER.seal(message("o1", Content("text", text="你好")), mode, 1700000000)
    query, root = sealed.query, ElementTree.fromstring(sealed.body)
    assert query["signature"] == sign(CONFIG.token, "1700000000", query["nonce"])
    assert (root.findtext("Content") is not None) == (mode is not Mode.SAFE)
    encrypted = root.findtext("Encrypt")
    if mode is Mode.PLAIN:
        assert encrypted is None and "encrypt_type" not in query
        return
    assert encrypted is not None and query["encrypt_type"] == "aes"
    assert query["msg_signature"] == sign(CONFIG.token, "1700000000", query["nonce"], encrypted)
    assert CIPHER.decrypt(encrypted) == sealed.plain


def reply(kind: str = "text", inside: str = "<Content>好</Content>", to: str = "o1", sender: str = CONFIG.original_id) -> str:
    return (
        f"<xml><ToUserName>{to}</ToUserName><FromUserName>{sender}</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>{kind}</MsgType>{inside}</xml>"
    )


def wrapped(plain: str, token: str = CONFIG.token, cipher: MessageCipher = CIPHER) -> str:
    sealed = cipher.encrypt(plain)
    signature = sign(token, "1", "2", sealed)
    return (
        f"<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signature}</MsgSignature>"
        "<TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    )


def articles(count: int) -> str:
    items = "<item><Title>t</Title><Url>u</Url></item>" * count
    return f"<ArticleCount>{count}</ArticleCount><Articles>{items}</Articles>"


WRONG: list[tuple[str, Mode, str]] = [
    ("json", Mode.PLAIN, '{"text": "好"}'),
    ("dtd", Mode.PLAIN, '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>'),
    ("not for this user", Mode.PLAIN, reply(to="o2")),
    ("from another account", Mode.PLAIN, reply(sender="gh_other")),
    ("empty text", Mode.PLAIN, reply(inside="<Content></Content>")),
    ("2049 bytes", Mode.PLAIN, reply(inside=f"<Content>{'字' * 683}</Content>")),
    ("unknown kind", Mode.PLAIN, reply(kind="shout")),
    ("two articles", Mode.PLAIN, reply("news", articles(2))),
    ("plain in safe mode", Mode.SAFE, reply()),
    ("encrypted in plain mode", Mode.PLAIN, wrapped(reply())),
    ("wrong signature", Mode.SAFE, wrapped(reply(), token="wrong")),
    ("wrong key", Mode.SAFE, wrapped(reply(), cipher=MessageCipher("A" * 43, CONFIG.appid))),
    ("wrong appid", Mode.SAFE, wrapped(reply(), cipher=MessageCipher(CONFIG.aes_key, "wxother"))),
]


@pytest.mark.parametrize(("mode", "body"), [wrong[1:] for wrong in WRONG], ids=[wrong[0] for wrong in WRONG])
def test_a_wrong_reply_is_found_out(mode: Mode, body: str) -> None:
    with pytest.raises(ReplyError):
        READER.read(body, message("o1", Content("text", text="a")), mode)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("body", ["success", "", " success\n"])
def test_success_and_nothing_are_accepted_in_every_mode(mode: Mode, body: str) -> None:
    assert READER.read(body, message("o1", Content("text", text="a")), mode).content is None


# Named: a wrapped reply is another one each time, and workers compare the names of their tests.
@pytest.mark.parametrize(
    ("mode", "body"),
    [
        pytest.param(Mode.PLAIN, reply(), id="plain"),
        pytest.param(Mode.COMPATIBLE, reply(), id="compatible"),
        pytest.param(Mode.COMPATIBLE, wrapped(reply()), id="compatible, wrapped"),
        pytest.param(Mode.SAFE, wrapped(reply()), id="safe"),
    ],
)
def test_a_good_reply_is_read(mode: Mode, body: str) -> None:
    assert READER.read(body, message("o1", Content("text", text="a")), mode).content == Content("text", text="好")


def test_an_event_may_be_answered_with_eight_articles() -> None:
    found = READER.read(reply("news", articles(8)), event("o1", "CLICK"), Mode.PLAIN).content
    assert found is not None and len(found.articles) == 8
