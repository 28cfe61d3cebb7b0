"""Where a plan moves to, in the parent's words: 推迟一周, 顺延一周, 拖几天, 改到10号; and until when: 多待两天, 待到初六."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.dates import NUMBER, UNITS, flat, read_day
from bot.text.moves import names_a_day, read_move
from bot.text.numerals import read_numeral, read_range

# A bare 10号, or 月底, of a plan in February is February's, also when it is said in November.
AROUND_THE_PLAN = timedelta(days=15)
_NO_MONTH = re.compile(rf"{NUMBER}(?:号|日|號)|月(?:初|上旬|中旬|下旬|底|末|中)")
_AMOUNT = rf"(?P<n>{NUMBER}|半|几)?个?(?P<about>把)?(?P<unit>周|星期|礼拜|月|天|日)"
_LATER = re.compile(rf"(?:往后|向后|朝后|再|要|得|多)?(?:顺延|后延|延期|延后|延|拖延|拖|缓|往后顺|押后|后拖|多等|推|晚)(?:了|个|上|到|一下)*{_AMOUNT}")
_SOME = re.compile(r"(?:推|迟|延|缓|拖|晚|早|提前|往[前后]).{0,2}几个?(?:周|星期|礼拜|月|天|日)")
_SO_MANY = re.compile(rf"(?:大概|大约|就|差不多)?(?:{NUMBER}|半)个?(?:周|星期|礼拜|月|天)(?:吧|左右|的样子)?")
_EARLIER = re.compile(r"早|提前|往前")
_LONGEST = 90
_ABOUT_WHEN = re.compile(r"月|周|星期|礼拜|年前|年后|过完年|过了年|年底|年尾|年末|开春|寒假|暑假|放暑")
_OR_SO = re.compile("以后|之后|过后|左右|前后|上下")
# Whether a day is vague does not hang on when it is asked.
_ANY_DAY = date(2026, 1, 1)
_UNTIL = re.compile(r"(?:待|呆|住|玩|陪|留)到(?P<day>.+)")
_STAYS = re.compile(rf"(?P<way>多|少)(?:请了?|待|呆|住|玩|陪|留)(?:了|个|上)*{_AMOUNT}")


def moved_by(text: str) -> int | None:
    """By how many days: 推迟一周 → 7, 提前两天 → -2, 顺延三天 → 3; None when nothing of the kind is said, or not how many: 晚几天."""
    said = flat(text)
    if _SOME.search(said):
        return None
    known = read_move(text)
    if known is not None:
        return known
    match = _LATER.search(said)
    if match is None or names_a_day(match):
        return None
    amount = match["n"] or "一"
    spoken = read_range(amount)
    number = spoken[1] if spoken else 0.5 if amount == "半" else read_numeral(amount)
    days = round((number or 0) * UNITS[match["unit"]])
    return days if 1 <= days <= _LONGEST else None


def stays_some_days(text: str) -> bool:
    """多住几天: until when is to be asked."""
    stays = _STAYS.search(flat(text))
    return stays is not None and stays["n"] == "几"


def moves_some_days(text: str) -> bool:
    """晚几天: how many is to be asked."""
    return bool(_SOME.search(flat(text)))


def moved_as_before(text: str, before: str) -> int | None:
    """三天, said to how many days 晚几天 are: `before` tells the way."""
    if not _SO_MANY.fullmatch(flat(text)):
        return None
    days = moved_by(f"推迟{flat(text).lstrip('大概约就差不多')}")
    return -days if days and _EARLIER.search(before) else days


def new_last_day(text: str, start: date, end: date) -> date | None:
    """The new last day of a plan: 待到正月初五, 多待两天, 少住一天; None when it is not about how long."""
    said = flat(text)
    stays, until = _STAYS.search(said), _UNTIL.search(said)
    found = read_day(until["day"], start) if until else None
    if found and not found.past:
        # 多请了两天假 住到初八: the day is plainer than the days.
        last = found.start
    elif stays:
        amount = read_numeral(stays["n"] or "一") if stays["n"] not in ("半", "几") else None
        days = round((amount or 0) * UNITS[stays["unit"]]) * (1 if stays["way"] == "多" else -1)
        last = end + timedelta(days=days)
    else:
        last = end
    # Said beside some days more, the same day is an answer, too.
    told = last != end or bool(stays and found)
    return last if told and timedelta() <= last - start <= timedelta(days=_LONGEST) else None


def is_vague(text: str) -> bool:
    """Whether where it moves to is only about when: 改到月底, 改到年后. A festival has its first day off."""
    found = None if moved_by(text) is not None else read_day(text, _ANY_DAY)
    if found is None:
        return False
    _, _, after = flat(text).partition(found.words)
    return bool(_OR_SO.match(after)) or (found.about and bool(_ABOUT_WHEN.search(found.words)))


def new_first_day(text: str, start: date, today: date) -> date | None:
    """The new first day of a plan that begins on `start`; a day that is over is returned as it is, None when no day is named."""
    days = moved_by(text)
    if days is not None:
        return start + timedelta(days=days)
    found = read_day(text, today)
    if found is None:
        return None
    if _NO_MONTH.fullmatch(found.words):
        near = read_day(found.words, max(today, start - AROUND_THE_PLAN))
        return near.start if near else found.start
    return found.start
