"""Which sentences of a text speak of children of an age: 四五岁的孩子话短, 三岁以下不给."""

from __future__ import annotations

import re

from bot.text.ages import AgeMention, find_ages

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?(?:”)?")
_STEP = re.compile(r"^(?:\d+[.．、]|▪|##|·)\s*")
_FROM = re.compile(r"(?:的孩子)?(?:以上|以后|之后|后|起|往上|朝上|多)")
_UNTIL = re.compile(r"(?:的孩子)?(?:以下|以前|之前|前|以内|内)")
_BEFORE_UNTIL = re.compile(r"(?:不到|不满|没满|未满|小于)$")
_RANGE = re.compile(r"[到至~-]|—+")
_FROM_BEFORE = re.compile(r"(?:满|过了|超过)$")
_ABOUT = ((re.compile("十来岁"), 108, 156), (re.compile("十几岁"), 132, 216))
# A sentence for four to five years fits a child of three and a half; the older the child, the wider.
_NEAR_MONTHS, _NEAR_SHARE = 6, 0.2
_STILL_NEW = 2
_LONGEST = 90


def sentences_about(text: str, months: int, most: int = 2) -> list[str]:
    """At most so many sentences of `text` that name an age which fits a child of `months`, in their order."""
    sentences = (_STEP.sub("", each).strip() for each in _SENTENCE.findall(text))
    found = (each for each in sentences if each and len(each) <= _LONGEST and _speaks_of(each, months))
    return list(dict.fromkeys(found))[:most]


def _speaks_of(sentence: str, months: int) -> bool:
    if any(pattern.search(sentence) and begin <= months < end for pattern, begin, end in _ABOUT):
        return True
    ages = find_ages(sentence)
    for first, second in zip(ages, ages[1:], strict=False):
        if _RANGE.fullmatch(sentence[first.end : second.start]) and first.months <= months < second.months + 12:
            return True
    return any(_fits(sentence, each, months) for each in ages)


def _fits(sentence: str, age: AgeMention, months: int) -> bool:
    before, after = sentence[: age.start], sentence[age.end :]
    if _UNTIL.match(after) or _BEFORE_UNTIL.search(before):
        return months < age.months
    if _FROM.match(after) or _FROM_BEFORE.search(before):
        # 一岁起学用杯子 is no news about a child of three.
        return age.months <= months <= age.months * _STILL_NEW
    return abs(months - age.months) <= max(_NEAR_MONTHS, _NEAR_SHARE * age.months)
