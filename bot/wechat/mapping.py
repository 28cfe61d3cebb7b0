"""What a message means to the conversation: the text and metadata that are handed to Rasa, or None for `success` only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.wechat import incoming as wx

# Menu keys that begin so are said in the parent's name (content/menu.yml).
SAY = "say:"
# What WeChat writes in the place of a sticker and of other things that it does not hand on.
_NOT_SHOWN = re.compile(r"[【\[]?(?:收到不支持的消息类型[，,]?暂(?:时)?无法显示|unsupported message)[】\]]?", re.IGNORECASE)


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
    text = words.strip()
    if not text or _NOT_SHOWN.fullmatch(text):
        return Meaning("/EXTERNAL_unknown", {"kind": kind})
    # Rasa reads a leading "/" as an intent: parents must not be able to name one.
    safe = "／" + text[1:] if text.startswith("/") else text
    return Meaning(safe, {"kind": kind}, question=text)


def _voice(message: wx.VoiceMessage) -> Meaning:
    if message.recognition:
        return _said(message.recognition, "voice")
    return Meaning("/EXTERNAL_voice_unheard", {"kind": "voice", "media_id": message.media_id, "format": message.format})


def _click(message: wx.Click) -> Meaning:
    if message.key.startswith(SAY):
        return _said(message.key.removeprefix(SAY), "menu")
    return Meaning("/EXTERNAL_menu", {"kind": "menu", "key": message.key[:128]})
