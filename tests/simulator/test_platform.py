"""The platform's rules, one table each: allowance, tokens, menu, quotas, XML, replies, faults."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.clock import ManualClock
from bot.simulator.allowance import Action, Allowance
from bot.simulator.chat import Bubble, Content, Side
from bot.simulator.config import Mode, SimulatorConfig
from bot.simulator.crypto import MessageCipher, sign
from bot.simulator.envelope import Sealer
from bot.simulator.faults import Fault, Faults
from bot.simulator.followers import Followers
from bot.simulator.incoming import event, message
from bot.simulator.menu import parse_menu, read_menu, shown
from bot.simulator.quotas import Quotas
from bot.simulator.refusal import Refusal
from bot.simulator.replies import ReplyError, ReplyReader
from bot.simulator.taps import taps_in
from bot.simulator.tokens import Tokens

CONFIG = SimulatorConfig()
CIPHER = MessageCipher(CONFIG.aes_key, CONFIG.appid)
SEALER = Sealer(CONFIG.token, CIPHER, CONFIG.original_id)
READER = ReplyReader(CONFIG.token, CIPHER, CONFIG.original_id)


@pytest.mark.parametrize(
    ("action", "allowed", "window"),
    [
        (Action.MESSAGE, 5, timedelta(hours=48)),
        (Action.TAP, 3, timedelta(minutes=1)),
        (Action.FOLLOW, 3, timedelta(minutes=1)),
        (Action.SCAN, 3, timedelta(minutes=1)),
    ],
)
def test_an_action_allows_so_many_messages_for_so_long(action: Action, allowed: int, window: timedelta) -> None:
    now = ManualClock().now()
    allowance = Allowance()
    allowance.grant(action, now)
    for _ in range(allowed):
        allowance.spend(now)
    with pytest.raises(Refusal, match="45047"):
        allowance.spend(now)

    allowance.grant(action, now)
    assert allowance.left(now + window - timedelta(seconds=1)) == allowed
    with pytest.raises(Refusal, match="45015"):
        allowance.spend(now + window)


def test_the_next_action_replaces_the_allowance() -> None:
    now = ManualClock().now()
    allowance = Allowance()
    allowance.grant(Action.MESSAGE, now)
    allowance.grant(Action.TAP, now)
    assert allowance.left(now) == 3


def test_a_refetched_token_leaves_the_old_one_five_minutes() -> None:
    clock = ManualClock()
    tokens = Tokens("wx", "secret")
    old = tokens.fetch("client_credential", "wx", "secret", clock.now())
    new = tokens.fetch("client_credential", "wx", "secret", clock.now())
    tokens.check(old.value, clock.now())
    clock.turn(timedelta(minutes=5))
    tokens.check(new.value, clock.now())
    with pytest.raises(Refusal, match="42001"):
        tokens.check(old.value, clock.now())


def test_a_stable_token_stays_until_five_minutes_before_its_end() -> None:
    clock = ManualClock()
    tokens = Tokens("wx", "secret")
    first = tokens.stable("client_credential", "wx", "secret", False, clock.now())
    clock.turn(timedelta(minutes=114))
    same = tokens.stable("client_credential", "wx", "secret", False, clock.now())
    assert same.value == first.value
    assert same.as_json(clock.now())["expires_in"] == 360
    clock.turn(timedelta(minutes=1))
    assert tokens.stable("client_credential", "wx", "secret", False, clock.now()).value != first.value
    tokens.check(first.value, clock.now())


def test_forcing_a_stable_token_is_limited_and_ends_the_old_one() -> None:
    clock = ManualClock()
    tokens = Tokens("wx", "secret")
    old = tokens.stable("client_credential", "wx", "secret", False, clock.now())
    for _ in range(20):
        tokens.stable("client_credential", "wx", "secret", True, clock.now())
        with pytest.raises(Refusal, match="45011"):
            tokens.stable("client_credential", "wx", "secret", True, clock.now())
        clock.turn(timedelta(seconds=30))
    with pytest.raises(Refusal, match="45009"):
        tokens.stable("client_credential", "wx", "secret", True, clock.now())
    with pytest.raises(Refusal, match="42001"):
        tokens.check(old.value, clock.now())


@pytest.mark.parametrize(
    ("grant", "appid", "secret", "errcode"),
    [("code", "wx", "secret", 40002), ("client_credential", "wy", "secret", 40013), ("client_credential", "wx", "s", 40125)],
)
def test_a_token_wants_the_right_credentials(grant: str, appid: str, secret: str, errcode: int) -> None:
    with pytest.raises(Refusal, match=str(errcode)):
        Tokens("wx", "secret").fetch(grant, appid, secret, ManualClock().now())


CLICK = {"type": "click", "name": "问", "key": "k"}
MENUS: list[tuple[str, object, int]] = [
    ("none", [], 40016),
    ("four", [CLICK] * 4, 40016),
    ("no list", "x", 40016),
    ("long name", [{**CLICK, "name": "六个汉字太长"}], 40018),
    ("no name", [{**CLICK, "name": ""}], 40018),
    ("kind", [{**CLICK, "type": "shout"}], 40015),
    ("key", [{**CLICK, "key": "k" * 129}], 40019),
    ("address", [{"type": "view", "name": "看", "url": "h" * 1025}], 40020),
    ("six below", [{"name": "问", "sub_button": [CLICK] * 6}], 40023),
    ("name below", [{"name": "问", "sub_button": [{**CLICK, "name": "字" * 21}]}], 40025),
    ("third level", [{"name": "问", "sub_button": [{"name": "问", "sub_button": [CLICK]}]}], 40022),
]


@pytest.mark.parametrize(("raw", "errcode"), [menu[1:] for menu in MENUS], ids=[menu[0] for menu in MENUS])
def test_a_menu_keeps_its_limits(raw: object, errcode: int) -> None:
    with pytest.raises(Refusal, match=str(errcode)):
        parse_menu(raw)


def test_a_menu_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "menu.yml"
    assert read_menu(path) == ()
    path.write_text(
        "buttons:\n- {name: 问一问, sub: [{name: 今晚聊什么, say: 今晚聊什么}]}\n- {name: 课程, url: 'http://localhost/l'}\n",
        "utf-8",
    )
    menu = shown(read_menu(path))
    assert menu[0]["sub_button"] == [{"type": "click", "name": "今晚聊什么", "key": "say:今晚聊什么", "sub_button": []}]
    assert menu[1]["url"] == "http://localhost/l"
    path.write_text("- {name: 帮助, say: 怎么用}\n", "utf-8")
    assert [button.key for button in read_menu(path)] == ["say:怎么用"]
    path.write_text("buttons: 7", "utf-8")
    assert read_menu(path) == ()


def test_a_quota_ends_at_midnight_in_beijing() -> None:
    clock = ManualClock()
    quotas = Quotas()
    for _ in range(100):
        quotas.spend("message/mass/send", clock.now())
    with pytest.raises(Refusal, match="45009"):
        quotas.spend("message/mass/send", clock.now())
    clock.turn(timedelta(hours=12))
    quotas.spend("message/mass/send", clock.now())


def test_a_quota_is_cleared_ten_times_a_month() -> None:
    quotas, now = Quotas(), ManualClock().now()
    for _ in range(10):
        quotas.clear(now)
    with pytest.raises(Refusal, match="48006"):
        quotas.clear(now)


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


@pytest.mark.parametrize(("mode", "body"), [(Mode.PLAIN, reply()), (Mode.COMPATIBLE, reply()), (Mode.COMPATIBLE, wrapped(reply())), (Mode.SAFE, wrapped(reply()))])
def test_a_good_reply_is_read(mode: Mode, body: str) -> None:
    assert READER.read(body, message("o1", Content("text", text="a")), mode).content == Content("text", text="好")


def test_an_event_may_be_answered_with_eight_articles() -> None:
    found = READER.read(reply("news", articles(8)), event("o1", "CLICK"), Mode.PLAIN).content
    assert found is not None and len(found.articles) == 8


def test_a_fault_strikes_so_many_fitting_calls() -> None:
    faults = Faults()
    faults.add(Fault(45009, times=2, path="custom"))
    faults.strike("menu/get")
    for _ in range(2):
        with pytest.raises(Refusal, match="45009"):
            faults.strike("message/custom/send")
    faults.strike("message/custom/send")


def test_typing_wants_a_fresh_exchange_and_does_not_repeat() -> None:
    clock = ManualClock()
    follower = Followers().add()
    with pytest.raises(Refusal, match="45080"):
        follower.start_typing(clock.now())
    follower.add(Side.PARENT, Content("text", text="a"), clock.now())
    follower.start_typing(clock.now())
    with pytest.raises(Refusal, match="45081"):
        follower.start_typing(clock.now())
    assert follower.typing(clock.turn(timedelta(seconds=14)))
    assert not follower.typing(clock.turn(timedelta(seconds=1)))
    clock.turn(timedelta(seconds=16))
    with pytest.raises(Refusal, match="45080"):
        follower.start_typing(clock.now())


def test_tappable_lines_are_found_in_text() -> None:
    text = (
        '<a href="weixin://bizmsgmenu?msgmenucontent=%E5%A5%BD&msgmenuid=1">一</a> <a href="https://a.b">网页</a> '
        "<a href='weixin://bizmsgmenu?msgmenucontent=%E8%A1%8C&amp;msgmenuid=2'>二</a>"
    )
    bubble = Bubble(1, Side.ACCOUNT, ManualClock().now(), Content("text", text=text))
    assert [(one.id, one.text) for one in taps_in([bubble])] == [("1", "好"), ("2", "行")]
