"""Rasa's messages as WeChat messages: merged into as few as hold them, buttons as a numbered list of tappable links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.wechat.choices import clean_title
from bot.wechat.messages import Choice, NewsOut, Outgoing, RasaMessage, TextOut
from bot.wechat.splitting import LIMIT, size, split
from bot.wechat.waiting import Kept

_BLANK = "\n\n"
# A page as the other rooms name it: they know no tags, and a mass message shows just this.
_NAMED = re.compile(r"《([^《》<>\n]+)》：(https?://[^\s<>\"]+)")
_MORE = "\n\n（还没说完，回复任意一个字，看后面的内容。）"


@dataclass(frozen=True)
class Answer:
    """What goes to the parent, in order. `urgent`: it may use the last customer-service message."""

    messages: tuple[Outgoing, ...]
    choices: tuple[Choice, ...] = ()
    urgent: bool = False


def compose(messages: Sequence[RasaMessage], kept: Sequence[Kept] = (), cards: bool = True) -> Answer:
    """One answer: what waited comes first, then the new messages, all texts joined by a blank line.

    `cards`: whether a news card can follow a text by the API; without it a card becomes a line with its link.
    Buttons are numbered through, so that a number means one thing only.
    """
    blocks = [_late(item) for item in kept]
    choices = [choice for item in kept for choice in item.choices]
    news: list[NewsOut] = []
    asides: list[str] = []
    for message in messages:
        if _aside(message):
            asides.append(_aside(message))
            blocks.append(_aside(message))
            continue
        block, added = _block(message, first=max((item.number for item in choices), default=0) + 1)
        blocks.append(block)
        choices += added
        news += [card for card in [_card(message)] if card]

    if not cards and (len(news) > 1 or any(blocks)):
        blocks += [_as_line(card) for card in news]
        news = []
    if size(_BLANK.join(filter(None, blocks))) > LIMIT:
        # A link to read on is not worth a second message.
        blocks = [block for block in blocks if block not in asides]
    texts = [TextOut(piece) for piece in _pieces(_BLANK.join(filter(None, blocks)), cards)]
    return Answer((*texts, *news), tuple(choices), is_urgent(messages))


def _pieces(text: str, follow_ups: bool) -> list[str]:
    """The texts to send; where no second one can follow by itself, the first says how to get it."""
    if follow_ups or size(text) <= LIMIT:
        return split(text)
    pieces = split(text, LIMIT - size(_MORE))
    return [pieces[0] + _MORE, *pieces[1:]]


def as_text(message: Outgoing) -> TextOut:
    """The text that stands for a message where a card is refused."""
    return message if isinstance(message, TextOut) else TextOut(_as_line(message))


def plain(text: str) -> str:
    """Ordinary text with every `<` made harmless: in a WeChat text only our own links are tags."""
    return text.replace("<", "＜")


def linked(text: str) -> str:
    """Ordinary text, as `plain`, in which every “《title》：address” is a tappable 《title》."""
    return _NAMED.sub(lambda found: link(f"《{found[1]}》", found[2]), plain(text))


def link(title: str, url: str) -> str:
    """A tappable web link; an address that is not http(s) is only shown."""
    address = url.strip()
    if not address.startswith(("http://", "https://")):
        return plain(f"{title} {address}".strip())
    safe = address.replace('"', "%22").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f'<a href="{safe}">{clean_title(title) or plain(address)}</a>'


def _block(message: RasaMessage, first: int) -> tuple[str, list[Choice]]:
    choices = _choices(message, first)
    lines = [choice_line(choice) for choice in choices]
    files = [link("查看图片", message["image"])] if message.get("image") else []
    files += [link("打开附件", message["attachment"])] if message.get("attachment") else []
    return "\n".join([*filter(None, [linked(message.get("text") or "").strip()]), *files, *lines]), choices


def _choices(message: RasaMessage, first: int) -> list[Choice]:
    titled = [button for button in message.get("buttons") or [] if clean_title(button.get("title") or "")]
    return [
        Choice(number, clean_title(button["title"]), button.get("payload") or button["title"])
        for number, button in enumerate(titled, start=first)
    ]


def choice_line(choice: Choice) -> str:
    """A choice as its line in the message, to tap."""
    # WeChat sends msgmenucontent back as it stands here, so it is not URL-encoded.
    href = f"weixin://bizmsgmenu?msgmenucontent={choice.title}&msgmenuid={choice.number}"
    return f'<a href="{href}">{choice.number}. {choice.title}</a>'


def _late(item: Kept) -> str:
    return "\n".join([opening(item.question), *(as_text(message).text for message in item.messages)])


def _card(message: RasaMessage) -> NewsOut | None:
    news = _custom(message).get("news")
    if not isinstance(news, dict) or not news.get("url"):
        return None
    return NewsOut(*(str(news.get(name) or "") for name in ("title", "description", "url", "picurl")))


def _aside(message: RasaMessage) -> str:
    """A line with a link beside the answer (`custom: {link: {title, url}}`); "" for every other message."""
    found = _custom(message).get("link")
    if not isinstance(found, dict) or not found.get("url"):
        return ""
    return link(str(found.get("title") or ""), str(found["url"]))


def _as_line(card: NewsOut) -> str:
    return link(card.title, card.url)


def opening(question: str) -> str:
    """The line before an answer that comes later than its question."""
    asked = plain(" ".join(question.split()))
    return f"您上次问的「{asked}」：" if asked else "上次还没来得及给您的："


def is_urgent(messages: Sequence[RasaMessage]) -> bool:
    """Whether one of them answers a danger: nothing else is said beside it then."""
    return any(bool(_custom(message).get("urgent")) for message in messages)


def _custom(message: RasaMessage) -> dict[str, object]:
    custom = message.get("custom")
    return custom if isinstance(custom, dict) else {}
