"""Passive replies: what the callback answered, opened and checked as WeChat does.

Kinds and limits: WeChat's page on passive replies. 2048 bytes of text is practice, not an official number.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from bot.simulator.chat import Article, Content
from bot.simulator.config import Mode
from bot.simulator.crypto import CryptoError, MessageCipher, same, sign
from bot.simulator.incoming import Incoming

TEXT_BYTES = 2048
ARTICLES_AFTER_EVENT = 8


class ReplyError(Exception):
    """The answer is not one that WeChat accepts; the text says why, in Chinese, for the inspector."""


@dataclass(frozen=True)
class Reply:
    """A good answer: `content` is None for `success` and the empty body; `encrypted` says how it came."""

    content: Content | None
    encrypted: bool = False


class ReplyReader:
    """Reads the answers of one account's callback."""

    def __init__(self, token: str, cipher: MessageCipher, original_id: str) -> None:
        self._token = token
        self._cipher = cipher
        self._original_id = original_id

    def read(self, body: str, incoming: Incoming, mode: Mode) -> Reply:
        """Open and check `body`, the callback's answer to `incoming`.

        Raises:
            ReplyError: junk, a wrong signature, a wrong key, plain text in safe mode, a wrong addressee, a limit broken.
        """
        if body.strip() in {"", "success"}:
            return Reply(None)

        root = _parse(body)
        encrypted = root.find("Encrypt") is not None
        if encrypted:
            root = self._open(root, mode)
        elif mode is Mode.SAFE:
            raise ReplyError("安全模式下，回复没有加密")
        self._check_addresses(root, incoming)
        return Reply(_content(root, ARTICLES_AFTER_EVENT if incoming.several_articles else 1), encrypted)

    def _open(self, root: ElementTree.Element, mode: Mode) -> ElementTree.Element:
        if mode is Mode.PLAIN:
            raise ReplyError("明文模式下，回复却加密了")
        encrypted, given = _text(root, "Encrypt"), _text(root, "MsgSignature")
        if not same(sign(self._token, _text(root, "TimeStamp"), _text(root, "Nonce"), encrypted), given):
            raise ReplyError("回复的 MsgSignature 不对")
        try:
            return _parse(self._cipher.decrypt(encrypted))
        except CryptoError as error:
            raise ReplyError(f"回复解不开：{error}") from None

    def _check_addresses(self, root: ElementTree.Element, incoming: Incoming) -> None:
        if _text(root, "ToUserName") != incoming.openid:
            raise ReplyError("回复的 ToUserName 不是这位用户")
        if _text(root, "FromUserName") != self._original_id:
            raise ReplyError("回复的 FromUserName 不是本公众号")
        if not _text(root, "CreateTime").isdigit():
            raise ReplyError("回复的 CreateTime 不是整数")


def _parse(body: str) -> ElementTree.Element:
    if "<!DOCTYPE" in body or "<!ENTITY" in body:
        raise ReplyError("回复里有 DTD")
    try:
        return ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise ReplyError("回复不是 XML，也不是 success") from None


def _text(root: ElementTree.Element, path: str) -> str:
    return root.findtext(path) or ""


def _content(root: ElementTree.Element, most_articles: int) -> Content | None:
    kind = _text(root, "MsgType")
    if kind == "text":
        return Content("text", text=_checked_text(_text(root, "Content")))
    if kind == "news":
        return Content("news", articles=_articles(root, most_articles))
    if kind in {"image", "voice", "video", "music"}:
        name = kind.capitalize()
        title, words = _text(root, f"{name}/Title"), _text(root, f"{name}/Description")
        return Content(kind, text=words, title=title, picture=_text(root, f"{name}/MediaId"))
    if kind == "transfer_customer_service":
        return None
    raise ReplyError("回复的 MsgType 不认识")


def _checked_text(text: str) -> str:
    if not text:
        raise ReplyError("回复的文字是空的")
    if len(text.encode()) > TEXT_BYTES:
        raise ReplyError(f"回复的文字超过 {TEXT_BYTES} 字节")
    return text


def _articles(root: ElementTree.Element, most: int) -> tuple[Article, ...]:
    items = root.findall("Articles/item")
    if not items or _text(root, "ArticleCount") != str(len(items)):
        raise ReplyError("图文的 ArticleCount 与条数不符")
    if len(items) > most:
        raise ReplyError(f"图文有 {len(items)} 条，这里最多 {most} 条")
    return tuple(
        Article(_text(item, "Title"), _text(item, "Description"), _text(item, "Url"), _text(item, "PicUrl"))
        for item in items
    )
