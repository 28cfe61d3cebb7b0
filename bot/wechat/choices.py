"""The numbered buttons of a parent's last answer: a number typed back, or the title that a tap sends, means that button.

A tap on our link arrives as a plain text message with the title; `bizmsgmenuid` is undocumented and not relied on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from bot.wechat import sql
from bot.wechat.messages import Choice, dump_choices, load_choices
from bot.wechat.tables import choice

# After a day a bare "1" is more likely an answer to something else.
LIFETIME = timedelta(hours=24)

_REPLACE = sql.upsert(choice, ["parent_key", "buttons", "created_at"], ["buttons", "created_at"])
_CURRENT = sql.Prepared(
    select(choice.c.buttons).where(
        choice.c.parent_key == bindparam("parent_key"), choice.c.created_at > bindparam("since")
    )
)

_NUMBER = re.compile(r"(?:选择?|我选|第)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*[个项条号]?\s*[.。、,)]?")
_SHOWN_NUMBER = re.compile(r"\d{1,2}[.。、]\s*")
_HARMLESS = str.maketrans("<>&\"'", "＜＞＆”’")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}


def clean_title(title: str) -> str:
    """A title as it stands in our link: one line, nothing in it that ends the attribute or begins a tag."""
    return " ".join(title.split()).translate(_HARMLESS)


def chosen(choices: Sequence[Choice], text: str) -> Choice | None:
    """The button that `text` means, or None. Examples of the first one: 1, １, 一, "1.", 第一个, 选1, its title."""
    words = text.strip()
    titles = {_folded(words), _folded(_SHOWN_NUMBER.sub("", words, count=1))}
    for item in choices:
        if _folded(item.title) in titles:
            return item

    number = _number(unicodedata.normalize("NFKC", words))
    # From the end: where answers that waited were given together, the list nearest to the thumb is meant.
    return next((item for item in reversed(choices) if item.number == number), None)


def replace(session: Session, parent_key: str, choices: Sequence[Choice], now: datetime) -> None:
    """Keep these as the parent's buttons; none: forget the former ones."""
    if not choices:
        session.execute(delete(choice).where(choice.c.parent_key == parent_key))
        return
    _REPLACE.run(session, parent_key=parent_key, buttons=dump_choices(choices), created_at=now)


def current(session: Session, parent_key: str, now: datetime) -> tuple[Choice, ...]:
    buttons = _CURRENT.run(session, parent_key=parent_key, since=now - LIFETIME).scalar_one_or_none()
    return load_choices(buttons) if buttons else ()


def purge(session: Session, now: datetime) -> int:
    return int(session.execute(delete(choice).where(choice.c.created_at <= now - LIFETIME)).rowcount)


def erase(session: Session, parent_key: str) -> int:
    return int(session.execute(delete(choice).where(choice.c.parent_key == parent_key)).rowcount)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_title(text)).casefold()


def _number(words: str) -> int | None:
    match = _NUMBER.fullmatch(words)
    if not match:
        return None
    sign = match.group(1)
    if sign.isdigit():
        return int(sign)
    tens, ten, ones = sign.rpartition("十")
    if not ten:
        return _DIGITS[sign] if len(sign) == 1 else None
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
