"""Bank card numbers: ISO/IEC 7812-1, 13 to 19 digits with the Luhn check digit; UnionPay's begin with 62.

https://www.iso.org/standard/70484.html and https://arthurdejong.org/python-stdnum/doc/stdnum.luhn
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from bot.privacy.heard import Heard
from bot.privacy.numerals import ANY_DIGIT, digits_of
from bot.privacy.spans import Found, Kind

PATTERN = re.compile(rf"(?<![0-9A-Za-z.])[{ANY_DIGIT}](?:[ \-,，、.]?[{ANY_DIGIT}]){{11,20}}(?![0-9A-Za-z])")
CONTEXT = re.compile(
    r"卡号|银行卡|储蓄卡|信用卡|借记卡|工资卡|账号|帐号|账户|存折|打钱|转账|汇款|打款|打到|转到|汇到"
    r"|(?:工商|农业|建设|中国|交通|邮政|邮储|招商|平安|农商|信用社|农村)银?行?|工行|农行|建行|中行|邮储|邮政|农商行|信用社|一卡通|社保卡"
)
# 往6214…转五千: money goes there.
_TOWARDS = re.compile(r"[往向给]$")
_MONEY_GOES = re.compile(rf"\s?(?:里|上)?(?:转|打|汇|存)了?(?:钱|账|[{ANY_DIGIT}]{{1,5}}[百千万块元]?)")
NOT_CARDS = re.compile(r"单号|快递|订单|物流|流水号|编号|条码|条形码|运单|包裹|身份证|圆通|中通|申通|韵达|顺丰|极兔")
_REACH = 16
# 6222********1234: as banks write it.
_STARRED = re.compile(r"(?<![0-9])[3-6]\d{3,5}[*xX＊•]{4,13}\d{3,4}(?![0-9])")
# First digits of the networks issued in China: UnionPay 62, older domestic cards 9, Visa 4, MasterCard 5 and 2, JCB 35.
_NETWORK = re.compile(r"62|60|4|5[1-5]|35|9[0-9]|2[2-7]")


def validate(number: str) -> bool:
    """Whether `number` has a length and beginning that cards have, and the Luhn digit."""
    return 15 <= len(number) <= 19 and bool(_NETWORK.match(number)) and bool(luhn.is_valid(number))


def find(heard: Heard) -> Iterator[Found]:
    """Valid numbers; beside 卡号 and the like also those with a mistake."""
    for match in _STARRED.finditer(heard.text):
        yield Found(match.start(), match.end(), Kind.BANK_CARD)
    for match in PATTERN.finditer(heard.text):
        number = digits_of(match.group())
        before = heard.before(match.start(), _REACH)
        after = heard.after(match.end(), 10)
        sent = _TOWARDS.search(before) and _MONEY_GOES.match(after)
        near = CONTEXT.search(before) or CONTEXT.search(after) or sent
        if (near and 12 <= len(number) <= 21) or (validate(number) and not NOT_CARDS.search(before)):
            yield Found(match.start(), match.end(), Kind.BANK_CARD)
