"""What WeChat delivers, parsed once into frozen dataclasses; past this line no dict from WeChat travels on."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

# Documented as 28 characters; a little room, and nothing that a column or a log line could choke on.
_OPENID = re.compile(r"[A-Za-z0-9_\-]{1,64}")
_DIGITS = re.compile(r"[0-9]{1,19}")
# A dialog of notifications shows three templates at most.
MOST_ENTRIES = 3


class IncomingError(Exception):
    """The XML lacks what every message has: a sender and a type."""


@dataclass(frozen=True)
class Incoming:
    """What all kinds have. `created`: seconds since 1970 by WeChat's clock; `identity`: see `dedup_key`."""

    kind: ClassVar[str] = "unknown"
    sender: str
    account: str
    created: int
    identity: str

    def dedup_key(self, parent_key: str) -> str:
        """The same for all deliveries of one message, different for any two messages.

        MsgId with its sender, or for events sender, time, event and key: WeChat's page on passive replies. The sender
        is the parent_key here, so that no openid goes into the inbox.
        """
        return f"{self.identity}:{parent_key}"

    def dump(self) -> str:
        """JSON without the openid, for `load`."""
        held = {key: value for key, value in vars(self).items() if key != "sender"}
        return json.dumps(held, ensure_ascii=False)


@dataclass(frozen=True)
class TextMessage(Incoming):
    kind: ClassVar[str] = "text"
    content: str


@dataclass(frozen=True)
class VoiceMessage(Incoming):
    """`recognition`: WeChat's transcript; None when it gave none, which is the rule since 2023."""

    kind: ClassVar[str] = "voice"
    media_id: str
    format: str
    recognition: str | None


@dataclass(frozen=True)
class ImageMessage(Incoming):
    kind: ClassVar[str] = "image"
    media_id: str


@dataclass(frozen=True)
class VideoMessage(Incoming):
    """video and shortvideo."""

    kind: ClassVar[str] = "video"
    media_id: str


@dataclass(frozen=True)
class LocationMessage(Incoming):
    """A place the parent chose to send; None where WeChat's number was not one."""

    kind: ClassVar[str] = "location"
    latitude: float | None
    longitude: float | None
    label: str


@dataclass(frozen=True)
class LinkMessage(Incoming):
    kind: ClassVar[str] = "link"
    title: str
    url: str


@dataclass(frozen=True)
class Subscribe(Incoming):
    """`scene`: of the QR code that was scanned, without `qrscene_`; empty without one."""

    kind: ClassVar[str] = "subscribe"
    scene: str
    ticket: str


@dataclass(frozen=True)
class Unsubscribe(Incoming):
    kind: ClassVar[str] = "unsubscribe"


@dataclass(frozen=True)
class Scan(Incoming):
    kind: ClassVar[str] = "scan"
    scene: str


@dataclass(frozen=True)
class Click(Incoming):
    """A tap on a menu button of ours; `key` as in content/menu.yml."""

    kind: ClassVar[str] = "click"
    key: str


@dataclass(frozen=True)
class View(Incoming):
    kind: ClassVar[str] = "view"


@dataclass(frozen=True)
class LocationReport(Incoming):
    """WeChat's own report of a place. Not kept: nobody asked the parent for it."""

    kind: ClassVar[str] = "location_report"


@dataclass(frozen=True)
class JobResult(Incoming):
    """TEMPLATESENDJOBFINISH and MASSSENDJOBFINISH: what became of a push."""

    kind: ClassVar[str] = "job_result"
    job: str
    msg_id: str
    status: str


@dataclass(frozen=True)
class ConsentReport(Incoming):
    """A parent allowed notifications or switched them off: template ids of each."""

    kind: ClassVar[str] = "consent"
    allowed: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class NoticeResult(Incoming):
    """subscribe_msg_sent_event: what became of a notification; `status` is "success" or the reason."""

    kind: ClassVar[str] = "notice_result"
    template_id: str
    msg_id: str
    status: str


@dataclass(frozen=True)
class Unknown(Incoming):
    kind: ClassVar[str] = "unknown"
    name: str


_KINDS: dict[str, type[Incoming]] = {
    kind.kind: kind
    for kind in (
        TextMessage, VoiceMessage, ImageMessage, VideoMessage, LocationMessage, LinkMessage, Subscribe, Unsubscribe,
        Scan, Click, View, LocationReport, JobResult, ConsentReport, NoticeResult, Unknown,
    )
}  # fmt: skip


def load(kind: str, body: str, sender: str) -> Incoming:
    """The message that `dump` wrote; what this version does not know is left out."""
    made = _KINDS.get(kind, Unknown)
    known = {field.name for field in fields(made)}
    # JSON has no tuples.
    written = json.loads(body).items()
    held: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in written if key in known
    }
    return made(**{"sender": sender, **held})


def parse(data: Mapping[str, str]) -> Incoming:
    """One message or event from the fields of its XML.

    Raises:
        IncomingError: no usable FromUserName, or no MsgType.
    """
    sender, kind = data.get("FromUserName", "").strip(), data.get("MsgType", "").strip().lower()
    if not _OPENID.fullmatch(sender) or not kind:
        raise IncomingError("no sender or no type")
    if kind == "event":
        return _event(data, sender)
    return _message(data, sender, kind)


def _message(data: Mapping[str, str], sender: str, kind: str) -> Incoming:
    head = (sender, data.get("ToUserName", ""), _number(data, "CreateTime"), _message_identity(data, kind))
    media_id = data.get("MediaId", "")
    if kind == "text":
        return TextMessage(*head, data.get("Content", ""))
    if kind == "voice":
        return VoiceMessage(*head, media_id, data.get("Format", ""), data.get("Recognition", "").strip() or None)
    if kind == "image":
        return ImageMessage(*head, media_id)
    if kind in ("video", "shortvideo"):
        return VideoMessage(*head, media_id)
    if kind == "location":
        return LocationMessage(*head, _degrees(data, "Location_X"), _degrees(data, "Location_Y"), data.get("Label", ""))
    if kind == "link":
        return LinkMessage(*head, data.get("Title", ""), data.get("Url", ""))
    return Unknown(*head, kind[:32])


def _event(data: Mapping[str, str], sender: str) -> Incoming:
    event, key = data.get("Event", "").strip(), data.get("EventKey", "")
    identity = f"e:{_number(data, 'CreateTime')}:{_digest(event, key)}"
    head = (sender, data.get("ToUserName", ""), _number(data, "CreateTime"), identity)
    name = event.upper()
    if name == "SUBSCRIBE":
        return Subscribe(*head, key.removeprefix("qrscene_")[:64], data.get("Ticket", ""))
    if name == "UNSUBSCRIBE":
        return Unsubscribe(*head)
    if name == "SCAN":
        return Scan(*head, key[:64])
    if name == "CLICK":
        return Click(*head, key)
    if name == "VIEW":
        return View(*head)
    if name == "LOCATION":
        return LocationReport(*head)
    if name in ("TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH"):
        job_id = data.get("MsgID", "") or data.get("MsgId", "")
        return JobResult(*head, name.lower(), job_id[:32], data.get("Status", "")[:64])
    if name in ("SUBSCRIBE_MSG_POPUP_EVENT", "SUBSCRIBE_MSG_CHANGE_EVENT"):
        return ConsentReport(*head, *_consents(data, "Popup" if "POPUP" in name else "Change"))
    if name == "SUBSCRIBE_MSG_SENT_EVENT":
        return _notice_result(data, head)
    return Unknown(*head, f"event {event[:32]}")


def _consents(data: Mapping[str, str], kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Several templates may be in one dialog: the entries of the list after the first have numbered names."""
    place = f"SubscribeMsg{kind}Event.List"
    said: dict[str, list[str]] = {"accept": [], "reject": []}
    for number in range(1, MOST_ENTRIES + 1):
        mark = "" if number == 1 else f"#{number}"
        template_id = data.get(f"{place}.TemplateId{mark}", "")[:64]
        status = data.get(f"{place}.SubscribeStatusString{mark}", "")
        if template_id and status in said:
            said[status].append(template_id)
    return tuple(said["accept"]), tuple(said["reject"])


def _notice_result(data: Mapping[str, str], head: tuple[str, str, int, str]) -> NoticeResult:
    place = "SubscribeMsgSentEvent.List"
    good = data.get(f"{place}.ErrorCode", "") in ("", "0")
    status = "success" if good else data.get(f"{place}.ErrorStatus", "") or "failed"
    return NoticeResult(
        *head, data.get(f"{place}.TemplateId", "")[:64], data.get(f"{place}.MsgID", "")[:32], status[:64]
    )


def _message_identity(data: Mapping[str, str], kind: str) -> str:
    # Kept as text all the way: MsgId is a 64-bit number, more than JSON peers hold.
    msg_id = data.get("MsgId", "").strip()
    if _DIGITS.fullmatch(msg_id):
        return f"m:{msg_id}"
    return f"e:{_number(data, 'CreateTime')}:{_digest(kind, data.get('Content', ''))}"


def _digest(*parts: str) -> str:
    # An EventKey may be a whole URL; the column of the dedup key is short.
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _number(data: Mapping[str, str], name: str) -> int:
    text = data.get(name, "").strip()
    return int(text) if _DIGITS.fullmatch(text) else 0


def _degrees(data: Mapping[str, str], name: str) -> float | None:
    try:
        value = float(data.get(name, ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
