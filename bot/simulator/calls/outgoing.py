"""The body of a message the account sends: one parser for customer-service and mass messages."""

from __future__ import annotations

from bot.simulator.calls.body import Body
from bot.simulator.chat import Article, Choice, Content
from bot.simulator.config import Account
from bot.simulator.platform import Platform
from bot.simulator.refusal import Refusal

TEXT_BYTES = 2048
# No official number is known; a list this long is surely refused with 45098.
MENU_ITEMS = 20


def parse_outgoing(platform: Platform, body: Body) -> Content:
    """The content of `body`, by its msgtype.

    Raises:
        Refusal: 40008 unknown kind, 44004 empty text, 45002 more than 2048 bytes, 44003 and 45008 articles, 40007 media,
            40200 and 45098 msgmenu.
    """
    kind = body.text("msgtype")
    part = body.part(kind)
    ai = body.part("aimsgcontext").whole("is_ai_msg") == 1
    if kind == "text":
        return Content("text", text=checked_text(part.text("content")), ai=ai)
    if kind in {"image", "voice", "video"}:
        return Content(kind, text=part.text("title"), picture=_media(platform, part.text("media_id")), ai=ai)
    if kind == "news":
        return Content("news", articles=_articles(part), ai=ai)
    if kind == "msgmenu":
        return _menu(platform, part)
    if kind in {"mpnews", "mpnewsarticle", "music", "wxcard", "miniprogrampage"}:
        return Content("notice", title=part.text("title") or kind, url=part.text("url"))
    raise Refusal(40008, "invalid message type")


def checked_text(text: str) -> str:
    """`text`, when it may be sent.

    Raises:
        Refusal: 44004 or 45002.
    """
    if not text:
        raise Refusal(44004, "empty content")
    if len(text.encode()) > TEXT_BYTES:
        raise Refusal(45002, "content size out of limit")
    return text


def _media(platform: Platform, media_id: str) -> str:
    return platform.media.get(media_id, platform.now()).id


def _articles(part: Body) -> tuple[Article, ...]:
    articles = part.objects("articles")
    if not articles:
        raise Refusal(44003, "empty news data")
    if len(articles) > 1:
        raise Refusal(45008, "article size out of limit")
    return tuple(
        Article(one.text("title"), one.text("description"), one.text("url"), one.text("picurl")) for one in articles
    )


def _menu(platform: Platform, part: Body) -> Content:
    if platform.config.account is Account.SUBSCRIPTION:
        raise Refusal(40200, "invalid account type")
    choices = tuple(Choice(one.text("id"), one.text("content")) for one in part.objects("list"))
    if len(choices) > MENU_ITEMS:
        raise Refusal(45098, "msgmenu list too long")
    head = part.text("head_content")
    if not head and not choices:
        raise Refusal(44004, "empty content")
    return Content("menu", text=head, choices=choices, tail=part.text("tail_content"))
