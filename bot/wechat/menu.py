"""The account's menu: read from content/menu.yml, checked against WeChat's limits, written as WeChat's JSON.

Limits: 1-3 buttons, 1-5 entries, name 16 bytes, entry's name 60 bytes, key 128 bytes, url 1024 bytes
(developers.weixin.qq.com, "custom menus"; WeChat itself only answers 40018 and the like).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.wechat.client import JiashuWeChatClient
from bot.wechat.mapping import SAY

MAX_BUTTONS, MAX_ENTRIES = 3, 5
NAME_BYTES, ENTRY_NAME_BYTES, KEY_BYTES, URL_BYTES = 16, 60, 128, 1024
_FIELDS = {"name", "say", "url", "sub"}


class MenuError(Exception):
    """The menu file breaks a limit; says where (file:line) and what to do."""


@dataclass(frozen=True)
class MenuButton:
    """Exactly one of `say`, `url` and `sub` is filled."""

    name: str
    say: str = ""
    url: str = ""
    sub: tuple[MenuButton, ...] = ()


def read_menu(path: Path) -> tuple[MenuButton, ...]:
    """The buttons of the menu file.

    Raises:
        MenuError: it cannot be read, or WeChat would refuse it.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise MenuError(f"{path}: cannot be read: {error}") from None
    except yaml.YAMLError as error:
        raise MenuError(f"{path}: is not YAML: {error}") from None
    return _Reader(path).buttons(root, MAX_BUTTONS, NAME_BYTES)


def wechat_json(buttons: tuple[MenuButton, ...]) -> dict[str, object]:
    """The body of /cgi-bin/menu/create."""
    return {"button": [_json(button) for button in buttons]}


def push_menu(client: JiashuWeChatClient, path: Path) -> tuple[MenuButton, ...]:
    """Make this file the account's menu and return its buttons. It blocks; phones show it within 5 minutes.

    Raises:
        MenuError: the file is not right. SendError: WeChat refused it or was not reached.
    """
    buttons = read_menu(path)
    client.create_menu(wechat_json(buttons))
    return buttons


def _json(button: MenuButton) -> dict[str, object]:
    if button.sub:
        return {"name": button.name, "sub_button": [_json(entry) for entry in button.sub]}
    if button.url:
        return {"type": "view", "name": button.name, "url": button.url}
    return {"type": "click", "name": button.name, "key": SAY + button.say}


class _Reader:
    """Walks the YAML nodes themselves, because they know their lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def buttons(self, node: yaml.Node | None, most: int, name_bytes: int) -> tuple[MenuButton, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "write a list of buttons here")
        if not 1 <= len(node.value) <= most:
            raise self._error(node, f"{len(node.value)} buttons here, WeChat takes 1 to {most}")
        return tuple(self._button(item, name_bytes) for item in node.value)

    def _button(self, node: yaml.Node, name_bytes: int) -> MenuButton:
        fields = self._fields(node)
        name = self._text(fields.get("name") or node, "name", name_bytes)
        kinds = [kind for kind in ("say", "url", "sub") if kind in fields]
        allowed = "say, url or sub" if name_bytes == NAME_BYTES else "say or url"
        if len(kinds) != 1 or (kinds == ["sub"] and name_bytes != NAME_BYTES):
            raise self._error(node, f"button {name!r} needs exactly one of {allowed}")
        value = fields[kinds[0]]
        if kinds == ["sub"]:
            return MenuButton(name, sub=self.buttons(value, MAX_ENTRIES, ENTRY_NAME_BYTES))
        if kinds == ["say"]:
            return MenuButton(name, say=self._text(value, "say", KEY_BYTES - len(SAY)))
        return MenuButton(name, url=self._url(value))

    def _fields(self, node: yaml.Node) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "a button has name: and one of say:, url: or sub:")
        fields = {str(key.value): value for key, value in node.value}
        unknown = sorted(set(fields) - _FIELDS)
        if unknown:
            raise self._error(node, f"unknown field {unknown[0]!r}")
        return fields

    def _text(self, node: yaml.Node, what: str, most: int) -> str:
        text = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if not text:
            raise self._error(node, f"{what}: is missing or empty")
        size = len(text.encode())
        if size > most:
            raise self._error(
                node, f"{what} {text!r} has {size} bytes, WeChat takes {most} (a Chinese character has 3)"
            )
        return text

    def _url(self, node: yaml.Node) -> str:
        url = self._text(node, "url", URL_BYTES)
        if not url.startswith(("http://", "https://")):
            raise self._error(node, "url must start with http:// or https://")
        return url

    def _error(self, node: yaml.Node | None, what: str) -> MenuError:
        line = f":{node.start_mark.line + 1}" if node else ""
        return MenuError(f"{self._path}{line}: {what}")
