"""The messages and events that WeChat sends to a callback: their kinds and their XML.

Element names and order: WeChat's pages on receiving messages and events. Events carry no MsgId.
"""

from __future__ import annotations

import itertools
import re
import secrets
from dataclasses import dataclass
from typing import Union

from bot.simulator.chat import Content

Value = Union[str, int, "Fields"]
Fields = tuple[tuple[str, Value], ...]

# Real ids are 64-bit and above 2**53, where JavaScript and JSON peers lose digits; so are these.
_message_ids = itertools.count(24_000_000_000_000_000 + secrets.randbelow(10**15))

# XML 1.0 has no place for these; WeChat does not send them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Incoming:
    """One message or event on its way to the callback.

    `answerable`: a passive reply reaches the user, and failing shows the grey line.
    `several_articles`: the reply may be a news message of up to eight cards; after a user's message it may have one.
    """

    openid: str
    label: str
    fields: Fields
    msgid: int | None
    answerable: bool = True
    several_articles: bool = False

    def xml(self, account: str, created: int) -> str:
        """The plain body: `account` is the account's original id, `created` a Unix time."""
        head: Fields = (("ToUserName", account), ("FromUserName", self.openid), ("CreateTime", created))
        tail: Fields = () if self.msgid is None else (("MsgId", self.msgid),)
        return element("xml", head + self.fields + tail)


def element(name: str, value: Value) -> str:
    """One XML element: numbers bare, text in CDATA, fields nested."""
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    if isinstance(value, str):
        # A CDATA section cannot hold its own end mark: it is cut in two there.
        clean = _NOT_XML.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{clean}]]></{name}>"
    return f"<{name}>" + "".join(element(*field) for field in value) + f"</{name}>"


def message(openid: str, content: Content, *, media_id: str = "", menu_id: str | None = None) -> Incoming:
    """A user's message; `menu_id` marks a text that came from tapping a msgmenu item."""
    fields: Fields = (("MsgType", content.kind), *_message_fields(content, media_id))
    if menu_id is not None:
        fields += (("bizmsgmenuid", menu_id),)
    return Incoming(openid, content.kind, fields, next(_message_ids))


def event(openid: str, name: str, *fields: tuple[str, Value], answerable: bool = True) -> Incoming:
    """An event; `fields` come after Event."""
    head: Fields = (("MsgType", "event"), ("Event", name))
    return Incoming(openid, name, head + fields, None, answerable, several_articles=True)


def _message_fields(content: Content, media_id: str) -> Fields:
    if content.kind == "text":
        return (("Content", content.text),)
    if content.kind == "voice":
        heard: Fields = (("Recognition", content.text),) if content.text else ()
        return (("MediaId", media_id), ("Format", "amr"), *heard)
    if content.kind == "image":
        return (("PicUrl", content.picture), ("MediaId", media_id))
    if content.kind in {"video", "shortvideo"}:
        return (("MediaId", media_id), ("ThumbMediaId", media_id))
    if content.kind == "location":
        return (
            ("Location_X", f"{content.latitude:.6f}"),
            ("Location_Y", f"{content.longitude:.6f}"),
            ("Scale", 16),
            ("Label", content.text),
        )
    if content.kind == "link":
        return (("Title", content.title), ("Description", content.text), ("Url", content.url))
    raise ValueError(f"users cannot send {content.kind}")
