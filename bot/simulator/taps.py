"""What in a message can be tapped to say something: msgmenu items, and bizmsgmenu links inside text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from bot.simulator.chat import Bubble, Choice, Side

_LINK = re.compile(r"""<a\s+href=(["'])(?P<href>weixin://bizmsgmenu\?[^"'<>]*)\1\s*>(?P<label>[^<]*)</a>""", re.IGNORECASE)


def taps_in(bubbles: Iterable[Bubble]) -> list[Choice]:
    """All tappable items of the account's bubbles, in order."""
    return [
        choice
        for bubble in bubbles
        if bubble.side is Side.ACCOUNT
        for choice in (*bubble.content.choices, *links_in(bubble.content.text), *links_in(bubble.content.tail))
    ]


def links_in(text: str) -> list[Choice]:
    """The bizmsgmenu links of one text; the id is msgmenuid, "" without one."""
    return [_choice(html.unescape(found["href"]), found["label"]) for found in _LINK.finditer(text)]


def _choice(href: str, label: str) -> Choice:
    query = parse_qs(urlsplit(href).query)
    return Choice(query.get("msgmenuid", [""])[0], query.get("msgmenucontent", [label])[0])
