"""QQ numbers: 5 to 11 digits, known only by the words around them. https://im.qq.com"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.numerals import ANY_DIGIT, typed
from bot.privacy.spans import Found, Kind

_NAME = r"(?:(?<![A-Za-z])q(?: ?q)?(?![A-Za-z])|扣 ?扣|(?<![折抵克回不被])扣(?=[:： ]?[1-9]\d{6,10}(?![\d元块分]))|球球|秋秋|抠抠|企鹅|(?<![信钉家])群(?=号))"
_NUMBER = rf"(?P<number>[{ANY_DIGIT}](?:[ \-]?[{ANY_DIGIT}]){{4,10}})(?![0-9])"
BEFORE = re.compile(
    rf"{_NAME}(?:号码?|群号?|空间|账号|帐号)?(?:还?是|就?是|为|加|[:：=，, ]|我的|他的|她的|也是|这个){{0,4}}{_NUMBER}",
    re.IGNORECASE,
)
AFTER = re.compile(rf"(?<![0-9]){_NUMBER}(?:，|,| )?(?:这个)?(?:就?是)?(?:我|他|她|娃|孩子)?的?{_NAME}", re.IGNORECASE)

# 秋秋2918374650: here it is nobody's name.
SPELT = re.compile("(?:秋秋|球球|抠抠|扣扣)(?:号码?|是|[:： ]){0,3}\\d{5}")


def validate(digits: str) -> bool:
    """Whether the digits can be a QQ number: no zero in front."""
    return 5 <= len(digits) <= 11 and digits[0] != "0"


def find(heard: Heard) -> Iterator[Found]:
    """Numbers beside QQ, 扣扣 and its other spellings."""
    for pattern in (BEFORE, AFTER):
        for match in pattern.finditer(heard.text):
            if validate("".join(each for each in typed(match["number"]) if each.isdigit())):
                yield Found(*match.span("number"), Kind.QQ)
