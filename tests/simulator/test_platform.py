"""The platform's rules, one table each: allowance, tokens, menu, quotas, XML, replies, faults."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.simulator.allowance import Action, Allowance
from bot.simulator.chat import Bubble, Content, Side
from bot.simulator.faults import Fault, Faults
from bot.simulator.followers import Followers
from bot.simulator.menu import parse_menu, read_menu, shown
from bot.simulator.quotas import Quotas
from bot.simulator.refusal import Refusal
from bot.simulator.taps import taps_in
from bot.simulator.tokens import Tokens


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
