"""Resident identity numbers: GB 11643-1999, 18 characters with a check digit (ISO 7064 MOD 11-2), before 1999 15 digits.

https://en.wikipedia.org/wiki/Resident_Identity_Card#Identity_card_number and https://arthurdejong.org/python-stdnum/doc/stdnum.iso7064
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum.iso7064 import mod_11_2

from bot.privacy.heard import Heard
from bot.privacy.numerals import ANY_DIGIT, digits_of
from bot.privacy.spans import Found, Kind

_BETWEEN = r"[ \-·.,，、]{0,2}"
PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])[{ANY_DIGIT}](?:{_BETWEEN}[{ANY_DIGIT}]){{13,16}}(?:{_BETWEEN}[{ANY_DIGIT}XxＸ×叉艾克斯]{{1,3}})?(?![0-9])"
)
# Near them also a number with a slip in it is one.
CONTEXT = re.compile(r"身份证|身份號|身份号|证件|证号|ID ?卡|户口|身分证|sfz|idcard", re.IGNORECASE)
# 身份证后六位28461X.
PART = re.compile(r"(?:身份证|证件)[^，,。0-9]{0,6}(?:[前后尾][四六八几]?位?数?|尾号)(?:数字)?(?:就?是|[:： ])?(?P<part>\d{3,8}[Xx]?)(?![0-9])")
NOT_CARDS = re.compile(r"单号|快递|订单|物流|流水号|条码|运单|学籍号")
_REACH = 14
_PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54}
_PROVINCES |= {61, 62, 63, 64, 65, 71, 81, 82, 83}
_SPOKEN_X = re.compile(r"叉|艾克斯|×")


def validate(number: str) -> bool:
    """Whether `number` (digits, X) is one: region, day of birth and, for 18 characters, the check digit."""
    if len(number) == 18:
        return bool(mod_11_2.is_valid(number)) and _shaped(number[:2], number[6:14])
    return len(number) == 15 and number.isdigit() and _shaped(number[:2], "19" + number[6:12])


def find(heard: Heard) -> Iterator[Found]:
    """Valid numbers; beside 身份证 also those with a mistake, and the end of one."""
    for match in PART.finditer(heard.text):
        yield Found(*match.span("part"), Kind.ID_CARD)
    for match in PATTERN.finditer(heard.text):
        number = digits_of(_SPOKEN_X.sub("X", match.group()))
        near = CONTEXT.search(heard.before(match.start(), _REACH) + " " + heard.after(match.end(), 8))
        if (validate(number) and not NOT_CARDS.search(heard.before(match.start(), _REACH))) or (
            near and 14 <= len(number) <= 19
        ):
            yield Found(match.start(), match.end(), Kind.ID_CARD)


def _shaped(province: str, day: str) -> bool:
    """Only the province of the region is looked at: lists of counties forget those that are no more."""
    if not day.isdigit() or not province.isdigit() or int(province) not in _PROVINCES:
        return False
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return True
