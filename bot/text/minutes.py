"""Find how long a parent has: 十分钟, 半个钟头, 只有五分钟, 一下午. Whole minutes."""

from __future__ import annotations

import re

from bot.text.numerals import NUMERAL, read_numeral

_WORDS = (
    (re.compile(r"半个?(?:小时|钟头|钟)"), 30),
    (re.compile(r"一刻钟"), 15),
    (re.compile(r"几分钟|一小会|一会儿?(?!就|再)|时间(?:不多|很?紧|短)|赶时间|没(?:多少|啥|什么)?时间|马上(?:要)?上班"), 10),
    (re.compile(r"一?整天|一天"), 300),
    (re.compile(r"半天|一?下午|一?上午"), 150),
)
_MINUTES = re.compile(rf"(?P<count>{NUMERAL})\s?分钟?")
_HOURS = re.compile(rf"(?P<count>{NUMERAL})\s?个?(?P<half>半)?(?:小时|钟头)")
_LONGEST = 600


def find_minutes(text: str) -> int | None:
    """The minutes that `text` names, at most ten hours; or None."""
    hours = _HOURS.search(text)
    if hours:
        return min(_LONGEST, int((read_numeral(hours["count"]) or 0) * 60) + (30 if hours["half"] else 0))
    minutes = _MINUTES.search(text)
    if minutes:
        return min(_LONGEST, int(read_numeral(minutes["count"]) or 0)) or None
    return next((length for pattern, length in _WORDS if pattern.search(text)), None)
