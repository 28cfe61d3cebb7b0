"""The menu below the chat: the limits menu/create checks, and the one drawn before anything was pushed.

Limits: 1-3 buttons, 1-5 below each, names up to 16 and 60 bytes, keys up to 128, addresses up to 1024 bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog
import yaml

from bot.simulator.refusal import Refusal

KEY_KINDS = {"click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"}
OTHER_KINDS = {"view", "miniprogram", "media_id", "view_limited", "article_id", "article_view_limited"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Button:
    """One button: a kind with its key or address, or a list of buttons below it."""

    name: str
    kind: str = ""
    key: str = ""
    url: str = ""
    sub: tuple[Button, ...] = ()

    def as_json(self) -> dict[str, object]:
        """As menu/get answers."""
        if self.sub:
            return {"name": self.name, "sub_button": [button.as_json() for button in self.sub]}
        target = {"key": self.key} if self.key else {"url": self.url}
        return {"type": self.kind, "name": self.name, **target, "sub_button": []}


@dataclass(frozen=True)
class _Codes:
    """The errcodes for one level of the menu."""

    count: int
    kind: int
    name: int
    key: int
    url: int
    most: int
    name_bytes: int


TOP = _Codes(count=40016, kind=40015, name=40018, key=40019, url=40020, most=3, name_bytes=16)
SUB = _Codes(count=40023, kind=40024, name=40025, key=40026, url=40027, most=5, name_bytes=60)


def parse_menu(raw: object) -> tuple[Button, ...]:
    """The buttons of a menu/create body's `button` field.

    Raises:
        Refusal: with the errcode of the first limit that is broken.
    """
    return _buttons(raw, TOP)


def read_menu(path: Path) -> tuple[Button, ...]:
    """The menu in content/menu.yml: [{name, say | url | sub}], with or without `buttons:` above it.

    Empty when there is no such file, or when it does not parse.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        return parse_menu([_translated(button) for button in (raw if isinstance(raw, list) else raw["buttons"])])
    except FileNotFoundError:
        return ()
    except (OSError, yaml.YAMLError, Refusal, KeyError, TypeError) as error:
        log.warning("menu.unreadable", file=path.name, error=type(error).__name__)
        return ()


def shown(buttons: tuple[Button, ...]) -> list[dict[str, object]]:
    """For the phone and menu/get."""
    return [button.as_json() for button in buttons]


def _buttons(raw: object, codes: _Codes) -> tuple[Button, ...]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= codes.most:
        raise Refusal(codes.count, "invalid button size")
    return tuple(_button(item, codes) for item in raw)


def _button(raw: object, codes: _Codes) -> Button:
    if not isinstance(raw, Mapping):
        raise Refusal(47001, "data format error")
    name = _field(raw, "name", codes.name_bytes, codes.name)
    if raw.get("sub_button"):
        if codes is SUB:
            raise Refusal(40022, "invalid sub button level")
        return Button(name, sub=_buttons(raw["sub_button"], SUB))

    kind = str(raw.get("type", ""))
    if kind in KEY_KINDS:
        return Button(name, kind, key=_field(raw, "key", 128, codes.key))
    if kind == "view":
        return Button(name, kind, url=_field(raw, "url", 1024, codes.url))
    if kind in OTHER_KINDS:
        return Button(name, kind)
    raise Refusal(codes.kind, "invalid button type")


def _field(raw: Mapping[object, object], name: str, most: int, errcode: int) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= most:
        raise Refusal(errcode, f"invalid button {name} size")
    return value


def _translated(button: Mapping[str, object]) -> dict[str, object]:
    name = button["name"]
    below = button.get("sub")
    if isinstance(below, list):
        return {"name": name, "sub_button": [_translated(one) for one in below]}
    if "say" in button:
        return {"name": name, "type": "click", "key": f"say:{button['say']}"}
    return {"name": name, "type": "view", "url": button["url"]}
