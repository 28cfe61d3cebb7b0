"""What a message means to the conversation: the text and metadata that are handed to Rasa, or None for `success` only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from bot.wechat import incoming as wx
from bot.wechat.urgent import is_urgent

# Menu keys that begin so are said in the parent's name (content/menu.yml).
SAY = "say:"
# What WeChat writes in the place of a sticker and of other things that it does not hand on.
_NOT_SHOWN = re.compile(r"[【\[]?(?:收到不支持的消息类型[，,]?暂(?:时)?无法显示|unsupported message)[】\]]?", re.IGNORECASE)
# Characters. Of 8,000 the model thinks for ten seconds and more, and every other parent waits meanwhile; of these for 0.15.
LONGEST = 500
_HEAD, _TAIL, _WINDOW = 250, 150, 100
# So many after the head are searched for danger: a tenth of a second.
_SEARCHED = 2000
# Blanks, and what takes no room on a screen, such as U+200B.
_UNSEEN = "".join(sign for sign in map(chr, range(0x10000)) if sign.isspace() or unicodedata.category(sign) == "Cf")


@dataclass(frozen=True)
class Meaning:
    """`question`: what a late answer is introduced with; `speaks`: False when nothing may be sent for it."""

    text: str
    metadata: dict[str, str] = field(default_factory=dict)
    question: str = ""
    speaks: bool = True


def meaning(message: wx.Incoming) -> Meaning | None:
    """The turn that this message starts; None: it starts none, WeChat only gets `success`."""
    if isinstance(message, wx.TextMessage):
        return _said(message.content, "text")
    if isinstance(message, wx.VoiceMessage):
        return _voice(message)
    if isinstance(message, wx.Click):
        return _click(message)
    if isinstance(message, wx.Subscribe):
        return Meaning("/EXTERNAL_follow", {"kind": "follow", "scene": message.scene})
    if isinstance(message, wx.Scan):
        return Meaning("/EXTERNAL_scan", {"kind": "scan", "scene": message.scene})
    if isinstance(message, wx.Unsubscribe):
        return Meaning("/EXTERNAL_unfollow", {"kind": "unfollow"}, speaks=False)
    if isinstance(message, (wx.ImageMessage, wx.VideoMessage, wx.LocationMessage, wx.LinkMessage)):
        return Meaning(f"/EXTERNAL_{message.kind}", {"kind": message.kind})
    return None


def _said(words: str, kind: str) -> Meaning:
    text = _shortened(words.strip(_UNSEEN))
    if not text or _NOT_SHOWN.fullmatch(text):
        return Meaning("/EXTERNAL_unknown", {"kind": kind})
    # Rasa reads a leading "/" as an intent: parents must not be able to name one.
    safe = "／" + text[1:] if text.startswith("/") else text
    return Meaning(safe, {"kind": kind}, question=text)


def _shortened(text: str) -> str:
    """How it begins, how it ends, and of what lies between the first part in which a danger is told."""
    if len(text) <= LONGEST:
        return text
    between = text[_HEAD:-_TAIL][:_SEARCHED]
    parts = (between[place : place + _WINDOW] for place in range(0, len(between), _WINDOW * 3 // 4))
    return f"{text[:_HEAD]}{next(filter(is_urgent, parts), '')}{text[-_TAIL:]}"


def _voice(message: wx.VoiceMessage) -> Meaning:
    if message.recognition:
        return _said(message.recognition, "voice")
    return Meaning("/EXTERNAL_voice_unheard", {"kind": "voice", "media_id": message.media_id, "format": message.format})


def _click(message: wx.Click) -> Meaning:
    if message.key.startswith(SAY):
        return _said(message.key.removeprefix(SAY), "menu")
    return Meaning("/EXTERNAL_menu", {"kind": "menu", "key": message.key[:128]})
