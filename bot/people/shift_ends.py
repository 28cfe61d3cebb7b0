"""Until when a shift is worked, in plain words: 上夜班到月底, 这两周夜班, 再上三天夜班, 今晚夜班."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.text.dates import NUMBER, UNITS, read_day
from bot.text.numerals import read_numeral
from bot.text.plain import squash

_BAN = r"(?:夜班|晚班|大夜|小夜|通宵班|夜更|夜工|白班|早班|日班|日更|行政班|中班|班)"
_UNIT = r"(?P<unit>周|星期|礼拜|月|天|日|晚)"
# 到月底, 到12月5号: not 调到 and 转到, which say what begins.
_UP_TO = re.compile(r"(?<![调转换排轮])(?:到|至|上满)(?P<day>.+)")
_END_OF_MONTH = re.compile(r"^(?P<which>下+个?|这个?|本)?月(?:底|末)")
_AMOUNT = rf"(?P<n>{NUMBER}|半|几)?个?{_UNIT}"
_STILL = re.compile(
    rf"(?:开始|起|再|还要?|还得|还有|还剩|连着?|连续|接下来|往后|未来|要|只|就)(?:上|做|返|倒|有|是|剩)*{_AMOUNT}(?:的|都|要|都是|是|上)*{_BAN}"
    rf"|{_BAN}(?:还|再|只|就|要|得|还要|还有|还剩|连着?)*(?:有|剩|上|做)*{_AMOUNT.replace('<n>', '<n2>').replace('<unit>', '<unit2>')}(?:就|了|吧)?$"
)
_THESE = re.compile(rf"(?P<which>这|本|今)(?:个)?(?P<n>{NUMBER}|半|几)?个?{_UNIT}(?:我|都|是|要|上|做|返|轮|排|倒|到)*(?:的)?{_BAN}")
_TONIGHT = re.compile(rf"今(?:天|晚|日|夜|儿)(?:我|要|得|上|是|做|返|有|轮到)*{_BAN}")
_LONGEST = timedelta(days=190)
_A_FEW = 4


def last_day_said(text: str, today: date) -> date | None:
    """The last day (or night) of the shift that the words are about, from today on; None: nothing was said of an end."""
    said = squash(text)
    last = _up_to(said, today) or _so_long(said, today)
    return last if last is not None and today <= last <= today + _LONGEST else None


def _up_to(said: str, today: date) -> date | None:
    match = _UP_TO.search(said)
    if match is None:
        return None
    found = read_day(match["day"], today)
    # 到厂里 and 到8点 name no day; 到12月5号 does, and only right after 到.
    if found is None or found.past or not match["day"].startswith(found.words):
        return None
    month = _END_OF_MONTH.match(match["day"])
    return found.start.replace(day=monthrange(found.start.year, found.start.month)[1]) if month else found.start


def _so_long(said: str, today: date) -> date | None:
    if _TONIGHT.search(said):
        return today
    these = _THESE.search(said)
    if these:
        return _end_of_these(these, today)
    still = _STILL.search(said)
    if still is None:
        return None
    days = _days(still["n"] or still["n2"], still["unit"] or still["unit2"])
    return today + timedelta(days=days - 1) if days else None


def _end_of_these(match: re.Match[str], today: date) -> date | None:
    """这周: its Sunday; 这两周: the next week's; 这个月: its last day."""
    if match["unit"] == "月" and match["n"] is None:
        return today.replace(day=monthrange(today.year, today.month)[1])
    if UNITS.get(match["unit"]) == 7 and match["n"] not in ("半", "几"):
        weeks = int(read_numeral(match["n"] or "一") or 1)
        return today + timedelta(days=7 * weeks - 1 - today.weekday())
    days = _days(match["n"], match["unit"])
    return today + timedelta(days=days - 1) if days else None


def _days(amount: str | None, unit: str) -> int:
    size = UNITS.get(unit, 1)
    if amount == "几":
        return _A_FEW if size == 1 else 0
    return round((0.5 if amount == "半" else read_numeral(amount or "一") or 0) * size)
