"""WeChat's XML: read into a flat dict without entities, written with every CDATA made safe."""

from __future__ import annotations

import re
from xml.parsers import expat

from bot.wechat.messages import NewsOut, Outgoing

_MAX_DEPTH = 8
# What XML 1.0 cannot carry at all; WeChat would show its error line to the parent.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# The same of bytes. Phones do send them and WeChat hands them on as they are; the message around them is good all the same.
_UNREADABLE = bytes({*range(32)} - set(b"\t\n\r"))


class MarkupError(Exception):
    """The body is not the XML that WeChat sends."""


def read_xml(body: bytes) -> dict[str, str]:
    """The children of the root as {name: text}; nested ones as {"Parent.Child": text}, the first of a name stands.

    What a parent wrote comes after who wrote it, so it cannot pass for another's, should WeChat let a `]]>` through. In a List (notifications have one) the first of a name has it, the second is "name#2" and so on.

    Raises:
        MarkupError: not XML, not UTF-8, too deep, or with a DOCTYPE (so there are no entities to expand).
    """
    reader = _Reader()
    # The encoding is ours to say: WeChat sends UTF-8, and a declared one could name any codec.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(body.translate(None, _UNREADABLE), True)
    except (expat.ExpatError, ValueError):
        raise MarkupError("not XML") from None
    return reader.fields


class _Reader:
    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._seen: dict[str, int] = {}
        self._path: list[str] = []
        self._words: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._words = []
        if len(self._path) > _MAX_DEPTH:
            raise MarkupError("too deep")

    def end(self, _name: str) -> None:
        if len(self._path) > 1:
            self._keep(".".join(self._path[1:]), "".join(self._words))
        self._path.pop()
        self._words = []

    def _keep(self, name: str, words: str) -> None:
        self._seen[name] = number = self._seen.get(name, 0) + 1
        self.fields.setdefault(f"{name}#{number}" if number > 1 and ".List." in name else name, words)

    def text(self, words: str) -> None:
        self._words.append(words)

    def doctype(self, *_about: object) -> None:
        raise MarkupError("a DOCTYPE is never part of a WeChat message")


def cdata(text: str) -> str:
    """`text` as CDATA; a `]]>` inside is split over two sections (wechatpy 1.8.18 does not)."""
    return "<![CDATA[" + _UNWRITABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def passive_reply(message: Outgoing, openid: str, account: str, timestamp: int) -> str:
    """The XML that answers a callback: one text or one news card."""
    head = (
        f"<xml><ToUserName>{cdata(openid)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{timestamp}</CreateTime>"
    )
    if isinstance(message, NewsOut):
        return f"{head}<MsgType><![CDATA[news]]></MsgType>{_article(message)}</xml>"
    return f"{head}<MsgType><![CDATA[text]]></MsgType><Content>{cdata(message.text)}</Content></xml>"


def _article(card: NewsOut) -> str:
    return (
        f"<ArticleCount>1</ArticleCount><Articles><item><Title>{cdata(card.title)}</Title>"
        f"<Description>{cdata(card.description)}</Description><PicUrl>{cdata(card.picurl)}</PicUrl>"
        f"<Url>{cdata(card.url)}</Url></item></Articles>"
    )
