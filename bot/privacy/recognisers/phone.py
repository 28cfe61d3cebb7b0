"""Telephone numbers: the numbering plan of mainland China (工信部 电信网编号计划, 2017), others with their country code.

https://en.wikipedia.org/wiki/Telephone_numbers_in_China
Whether an area code and a length go together is asked of libphonenumber (`phonenumbers`, Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.privacy.heard import Heard
from bot.privacy.numerals import ANY_DIGIT, HAN_DIGIT, digits_of
from bot.privacy.spans import Found, Kind

# Also what is put between so that no filter sees the number: stars, pictures, a new line.
_SIGNS = r" \-–—─_.·,，、~/\t\r\n*|\u2600-\u27bf\U0001f000-\U0001faff"
_GAP = rf"[{_SIGNS}]{{0,3}}"
MOBILE = re.compile(
    rf"(?<![0-9.])(?:\+ ?86|0086|(?<![0-9])86|\(\+?86\))?{_GAP}(?P<number>[1一幺壹腰么]{_GAP}[3-9{HAN_DIGIT}](?:{_GAP}[{ANY_DIGIT}]){{9}})(?![0-9])"
)
# 15o27386441: letters that look like figures.
LETTERED = re.compile(r"(?<![0-9A-Za-z.])(?=(?:[a-zA-Z]?[0-9]){7})(?=[0-9]*[oOlI])1[3-9][0-9oOlI]{9}(?![0-9A-Za-z])")
LANDLINE = re.compile(
    rf"(?<![0-9.])(?:\+?86[ -]?)?(?P<number>\(?[0零〇]{_GAP}[{ANY_DIGIT}](?:{_GAP}[{ANY_DIGIT}]){{0,2}}\)?{_GAP}[{ANY_DIGIT}](?:{_GAP}[{ANY_DIGIT}]){{6,7}})(?:转\d{{1,5}}|-\d{{1,5}})?(?![0-9])"
)
ABROAD = re.compile(r"(?<![0-9])(?:\+|00)[1-9][0-9]{0,2}(?:[ \-()]{0,2}[0-9]){6,12}(?![0-9])")
_GAPS = re.compile(f"[{_SIGNS}]*")
# Only beside these a number without an area code, or one digit short or long, is a telephone's.
CONTEXT = re.compile(
    r"(?:电话|座机|手机|固话|(?:^|[^\w]|[的我他她爷奶爸妈师新留个公婆])号码|拨打?|打给|小灵通|联系方式|联系我|短号|tel|☎)[^0-9]{0,8}$",
    re.IGNORECASE,
)
SHORT = re.compile(rf"(?<![0-9.\-])[{ANY_DIGIT}](?:[ \-]?[{ANY_DIGIT}]){{5,11}}(?![0-9.])")
# An area code that is set apart says it too, where seven figures stand for the eight of today: 0731-8765432.
_SET_APART = re.compile(r"(?:\(0\d{2,3}\)|0\d{2,3}[-—–])\s?\d{7}")
# Published lines that help; they lead to nobody.
HOTLINES = frozenset(
    "4001619995 4008208820 4006012333 8008101117 01082951332 02787576757 05715029595 02083791345 02012320".split()
)
_HOTLINE = re.compile(r"400\d{7}|800\d{7}|95\d{3,5}|96\d{3,4}|1[02]\d{1,4}|123\d{2}\d?|12[0-9]{1,3}")


def validate(digits: str) -> bool:
    """Whether `digits` is a number of the plan and no public line."""
    if digits in HOTLINES or _HOTLINE.fullmatch(digits):
        return False
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return True
    return phonenumbers.is_valid_number(phonenumbers.parse(f"+86{digits.removeprefix('0')}"))


def find(heard: Heard) -> Iterator[Found]:
    """Mobiles however they are written, landlines with area code, others beside a word for telephone."""
    for pattern in (MOBILE, LANDLINE):
        for match in pattern.finditer(heard.text):
            digits = digits_of(match["number"])
            if re.match(r"1[3-9]|0", digits) and (validate(digits) or _is_old(match["number"])) and not _is_list(match["number"]):
                yield Found(match.start() + _GAPS.match(match.group()).end(), match.end(), Kind.PHONE)  # type: ignore[union-attr]
    for match in LETTERED.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.PHONE)
    for match in ABROAD.finditer(heard.text):
        if _valid_abroad(match.group()):
            yield Found(match.start(), match.end(), Kind.PHONE)
    for match in SHORT.finditer(heard.text):
        digits = digits_of(match.group())
        if CONTEXT.search(heard.before(match.start(), 14)) and not _public(digits):
            yield Found(match.start(), match.end(), Kind.PHONE)


def _is_old(text: str) -> bool:
    """A landline that lacks the figure its town has added since."""
    return _SET_APART.fullmatch(text) is not None and validate(digits_of(text) + "0")


def _is_list(text: str) -> bool:
    """15 16 17 18 19 2: numbers in a row, while 1 3 8 0 … is one number spelled out."""
    groups = re.findall(f"[{ANY_DIGIT}]+", text)
    return len(groups) > 5 and any(len(group) > 1 for group in groups)


def _public(digits: str) -> bool:
    return digits in HOTLINES or bool(_HOTLINE.fullmatch(digits))


def _valid_abroad(text: str) -> bool:
    number = "+" + digits_of(text).removeprefix("00")
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
