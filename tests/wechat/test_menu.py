from __future__ import annotations

from pathlib import Path

import pytest

from bot.wechat.incoming import parse
from bot.wechat.mapping import meaning
from bot.wechat.menu import MenuError, read_menu, wechat_json

from .support import ALICE

OURS = Path(__file__).parents[2] / "content" / "menu.yml"


def test_our_menu_keeps_wechats_limits_and_says_what_it_means() -> None:
    menu = wechat_json(read_menu(OURS))
    buttons = menu["button"]
    assert isinstance(buttons, list) and [button["name"] for button in buttons] == ["爸爸妈妈", "学一学", "我的"]
    for button in buttons:
        for entry in button["sub_button"]:
            event = {"FromUserName": ALICE, "MsgType": "event", "Event": "CLICK", "EventKey": entry["key"]}
            means = meaning(parse(event))
            assert means and means.text == entry["key"].removeprefix("say:") and means.metadata == {"kind": "menu"}


def test_it_writes_wechats_json(tmp_path: Path) -> None:
    path = tmp_path / "menu.yml"
    path.write_text("- {name: 官网, url: 'https://example.org'}\n- {name: 问, say: 你好}\n", "utf-8")
    assert wechat_json(read_menu(path)) == {
        "button": [
            {"type": "view", "name": "官网", "url": "https://example.org"},
            {"type": "click", "name": "问", "key": "say:你好"},
        ]
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "", "list of buttons"),
        ("name: x", ":1", "list of buttons"),
        ("[]", ":1", "0 buttons"),
        ("- {name: a, say: a}\n" * 4, ":1", "4 buttons"),
        ("- {name: a, sub: [" + "{name: b, say: b}," * 6 + "]}", ":1", "6 buttons"),
        ("- {name: a, say: a}\n- {name: 六个汉字太长, say: a}", ":2", "18 bytes"),
        ("- {name: a, sub: [{name: " + "字" * 21 + ", say: b}]}", ":1", "63 bytes"),
        ("- name: a\n  say: " + "字" * 42, ":2", "126 bytes"),
        ("- {name: a, url: 'https://e/" + "x" * 1024 + "'}", ":1", "WeChat takes 1024"),
        ("- {name: a, url: ftp://e}", ":1", "http:// or https://"),
        ("- {name: a}", ":1", "exactly one of say, url or sub"),
        ("- {name: a, say: b, url: c}", ":1", "exactly one"),
        ("- {name: a, sub: [{name: b, sub: [{name: c, say: d}]}]}", ":1", "exactly one of say or url"),
        ("- {say: a}", ":1", "name: is missing"),
        ("- {name: '', say: a}", ":1", "name: is missing"),
        ("- {name: a, says: b}", ":1", "unknown field 'says'"),
        ("- just words", ":1", "a button has name"),
        ("- {name: [", "", "not YAML"),
    ],
)
def test_it_says_where_a_menu_breaks_a_limit(tmp_path: Path, text: str, where: str, what: str) -> None:
    path = tmp_path / "menu.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(MenuError) as wrong:
        read_menu(path)
    assert str(wrong.value).startswith(f"{path}{where}:") and what in str(wrong.value)


def test_it_says_that_there_is_no_menu(tmp_path: Path) -> None:
    with pytest.raises(MenuError, match="cannot be read"):
        read_menu(tmp_path / "none.yml")
