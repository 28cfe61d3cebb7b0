"""Find a budget in what a parent writes: 50块以内, 预算一百, 几十块, 一两百, 不花钱.

Amounts are whole yuan. “左右” and “来块” leave a fifth more, because nobody who says them counts to the yuan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.numerals import NUMERAL, read_numeral

NO_LIMIT = 100_000
CHEAP = 30
_FREE = re.compile(r"不花钱|不用花钱|不要钱|不用钱|免费|不掏钱|零成本|一分钱|没钱买?|(?<![\d.])0\s?[元块]|唔使钱|冇钱")
_CHEAP = re.compile(r"便宜|省钱|不贵|实惠|没(?:得)?几个钱|手头紧")
_UNIT = r"\s?(?:块钱|元钱|块|元|rmb|¥|￥|蚊)"
_RANGE = re.compile(rf"(?P<low>{NUMERAL})\s?[到至~～—-]\s?(?P<high>{NUMERAL}){_UNIT}")
_TENS = re.compile(rf"(?P<low>[一两二三四五六七八])(?P<high>[二两三四五六七八九])(?P<unit>[十百])(?:多|来)?{_UNIT}?")
_SOME = (
    (re.compile(r"十几块|十来块|十多块"), 20),
    (re.compile(r"几十块|几十元|几十"), 90),
    (re.compile(r"几块钱|几元钱?|几块(?!积木)"), 9),
    (re.compile(r"百来块|百把块|一百来块|一百出头|百十来块|百十块"), 120),
    (re.compile(r"几百块|几百元|几百"), 500),
)
# An amount needs its unit, or a word that says that it is one: 6岁 and 20分钟 are none.
_AMOUNT = re.compile(rf"(?P<sum>{NUMERAL})(?P<about>多|来)?{_UNIT}\s?(?P<how>以内|之内|以下|内|左右|上下|以上|起|封顶|就够)?")
_LIMIT = re.compile(rf"(?P<sum>{NUMERAL})\s?(?P<how>以内|之内|以下|封顶|左右|上下)(?!的?(?:孩子|宝宝|娃))")
_PLANNED = re.compile(rf"(?:预算|花|最多|不超过|拿出|就)\s?(?:个|是|在|大概|大约|也就)?\s?(?P<sum>{NUMERAL})(?![\d岁个年月天分小点号斤.])(?P<how>左右|上下|以内)?")
_MOST_SUM = 20_000


@dataclass(frozen=True)
class Budget:
    """From `least` to `most` yuan, both included; (0, 0) means that it may cost nothing."""

    least: int
    most: int


def find_budget(text: str) -> Budget | None:
    """The budget that `text` names, or None."""
    if _FREE.search(text):
        return Budget(0, 0)
    return _range(text) or _tens(text) or _some(text) or _sum(text) or (Budget(0, CHEAP) if _CHEAP.search(text) else None)


def _range(text: str) -> Budget | None:
    match = _RANGE.search(text)
    if match is None:
        return None
    low, high = (int(read_numeral(match[name]) or 0) for name in ("low", "high"))
    return Budget(low, high) if 0 <= low < high <= _MOST_SUM else None


def _tens(text: str) -> Budget | None:
    """Two neighbouring digits before 十 or 百: 二三十 is up to 30."""
    match = _TENS.search(text)
    if match is None or re.match(r"岁|个月|分钟|天", text[match.end() :]):
        return None
    high = read_numeral(match["high"]) or 0
    return Budget(0, int(high) * (10 if match["unit"] == "十" else 100))


def _some(text: str) -> Budget | None:
    return next((Budget(0, most) for pattern, most in _SOME if pattern.search(text)), None)


def _sum(text: str) -> Budget | None:
    for pattern in (_AMOUNT, _LIMIT, _PLANNED):
        for match in pattern.finditer(text):
            found = int(read_numeral(match["sum"]) or 0)
            if 0 < found <= _MOST_SUM:
                return _around(found, match.groupdict().get("how"), bool(match.groupdict().get("about")))
    return None


def _around(found: int, how: str | None, about: bool) -> Budget:
    if how in ("以上", "起"):
        return Budget(found, NO_LIMIT)
    return Budget(0, found * 6 // 5 if about or how in ("左右", "上下") else found)
