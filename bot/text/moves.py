"""By how much a day moves: 推迟一周, 晚三天, 提前两天."""

from __future__ import annotations

import re

from bot.text.dates import NUMBER, UNITS, flat
from bot.text.numerals import read_numeral, read_range

_AMOUNT = rf"(?P<n>{NUMBER}|半|几)?个?(?P<unit>周|星期|礼拜|月|天|日)"
_MOVE = re.compile(rf"(?P<way>推迟|延迟|推后|延后|往后推|往后挪|后推|往后|晚|迟|提前|提早|往前提|往前挪|往前|早)(?:了|个|到|推|挪|回|去|走)*{_AMOUNT}")
_MOVE_AFTER = re.compile(rf"{_AMOUNT}(?P<way>以?后再|提前)")


def read_move(text: str) -> int | None:
    """By how many days it moves: 推迟一周 → 7, 提前两天 → -2; None when nothing of the kind is said."""
    said = flat(text)
    match = _MOVE.search(said) or _MOVE_AFTER.search(said)
    if match is None or names_a_day(match):
        return None
    amount = match["n"] or "一"
    spoken = read_range(amount)
    # 三四天: rather the later of the two.
    number = spoken[1] if spoken else 0.5 if amount == "半" else 2.0 if amount == "几" else read_numeral(amount)
    if number is None:
        return None
    unit = next(days for name, days in UNITS.items() if name in match["unit"])
    days = round(number * unit)
    return -days if re.search("提前|提早|早|往前", match["way"]) else days


def names_a_day(match: re.Match[str]) -> bool:
    """推迟到10月5号 is a day of October, and not ten months later."""
    return match["unit"] in ("月", "日") and match.string[: match.start("n")].endswith("到")
