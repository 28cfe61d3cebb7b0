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

from bot.text.plain import squash
from bot.wechat import sql
from bot.wechat.messages import Choice, dump_choices, load_choices
from bot.wechat.tables import choice
from bot.wechat.urgent import is_urgent

# After a day a bare "1" is more likely an answer to something else.
LIFETIME = timedelta(hours=24)
# 好 hours later is more likely said to what came meanwhile, such as a reminder.
FRESH = timedelta(minutes=15)

_REPLACE = sql.upsert(choice, ["parent_key", "buttons", "created_at"], ["buttons", "created_at"])
_CURRENT = sql.Prepared(
    select(choice.c.buttons, choice.c.created_at > bindparam("lately")).where(
        choice.c.parent_key == bindparam("parent_key"), choice.c.created_at > bindparam("since")
    )
)

_NUMBER = re.compile(r"(?:我?选择?|回复?|扣)?\s*第?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*[个项条号]?\s*[.。、,)]?")
_SHOWN_NUMBER = re.compile(r"\d{1,2}[.。、]\s*")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_CLAUSE = re.compile(r"[，,。；;！!？?]")
# 好 and 不用 answer an offer that can be declined: its two lines stand last, and the second begins so.
_DECLINES = re.compile(r"先不|不用|今天先|不取消")
_YES = re.compile(
    r"(?:嗯|恩|哦|啊|那|就)*(?:好|好的|好啊|好呀|好吧|好滴|好嘞|嗯|恩|要|要的|要啊|可以|可以的|可以啊|行|行啊|行吧|是|是的|对|对的|对啊|来|来吧|开始|开始吧|ok|中|得|要得|没问题|确定|确认|愿意)"
)
_NO = re.compile(r"(?:嗯|哦|那|就|还是)*(?:不|不用|不用了|不要|不要了|不了|先不|先不了|先不要|先不用|先不用了|不必|不需要|免了|唔使|莫)")
_HARMLESS = str.maketrans("<>&\"'", "＜＞＆”’")
# 1️⃣ is a 1 with two signs behind it.
_KEYCAP = {0xFE0F: None, 0x20E3: None}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}


def clean_title(title: str) -> str:
    """A title as it stands in our link: one line, nothing in it that ends the attribute or begins a tag."""
    return " ".join(title.split()).translate(_HARMLESS)


def chosen(choices: Sequence[Choice], text: str, fresh: bool = True) -> Choice | None:
    """The button that `text` means, or None.

    Examples of the first one: 1, １, 一, "1.", 第一个, 选1, 回1, its title or a clause of it (恢复 for “点错了，恢复”). 好 and 不用 are
    answers to an offer that can be declined (好，说说 / 先不用), if it was made just now (`fresh`).
    """
    words = text.strip()
    titles = {_folded(words), _folded(_SHOWN_NUMBER.sub("", words, count=1))}
    for item in choices:
        if _folded(item.title) in titles:
            return item

    number = _number(unicodedata.normalize("NFKC", words.translate(_KEYCAP)))
    # From the end: where answers that waited were given together, the list nearest to the thumb is meant.
    by_number = next((item for item in reversed(choices) if item.number == number), None)
    answered = _answered(choices, squash(words)) if fresh else None
    return by_number or answered or _by_clause(choices, _folded(words))


def _answered(choices: Sequence[Choice], said: str) -> Choice | None:
    if len(choices) < 2 or not _DECLINES.match(choices[-1].title):
        return None
    # 今天先到这儿 also stands under three ways on, of which 好 names none.
    if len(choices) > 2 and choices[-1].title.startswith("今天先"):
        return None
    return choices[-2] if _YES.fullmatch(said) else choices[-1] if _NO.fullmatch(said) else None


def _by_clause(choices: Sequence[Choice], said: str) -> Choice | None:
    """The only button of which `said` is a clause; one character is too little to go by.

    Not in danger: after 被狗咬了，先冲洗 was offered, who writes 被狗咬了 gets the script, not the lesson.
    """
    found = [item for item in choices if len(said) > 1 and said in _clauses(item.title)]
    return found[0] if len(found) == 1 and not is_urgent(said) else None


def _clauses(title: str) -> set[str]:
    return {part.strip() for part in _CLAUSE.split(_BRACKETED.sub("", _folded(title)))}


def replace(session: Session, parent_key: str, choices: Sequence[Choice], now: datetime) -> None:
    """Keep these as the parent's buttons; none: forget the former ones."""
    if not choices:
        session.execute(delete(choice).where(choice.c.parent_key == parent_key))
        return
    _REPLACE.run(session, parent_key=parent_key, buttons=dump_choices(choices), created_at=now)


def current(session: Session, parent_key: str, now: datetime) -> tuple[tuple[Choice, ...], bool]:
    """The buttons of the last answer, and whether they were given just now."""
    found = _CURRENT.run(session, parent_key=parent_key, since=now - LIFETIME, lately=now - FRESH).one_or_none()
    return (load_choices(found[0]), bool(found[1])) if found else ((), False)


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
