"""A surname with a title: 王老师, 周校长. The title stays with it, for 〈老师1〉 says it too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.surnames import COMMON, COMPOUND, SINGLE
from bot.privacy.names import is_full, is_known
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.evidence import LIKELY, MEASURE, MEASURES

_TITLE = re.compile(rf"(?P<surname>{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])(?P<title>{cues.TITLES})")
# Surnames that are also small words: 和老师, 向老师, 上周老师.
_SMALL_WORDS = set(
    "时向应于常曾连从和同单管成都别全凡经由卜明晚安强能谷任周文高古方白万初夏符计区尤项路温申房牛马左车解乐游盛凌占项"
)
# 先谢老师: a verb.
_THANKING = re.compile("[先再多要来好得]谢$")
_WISHED = re.compile("祝(?:老师|同学|医生)[节快身教你您们工新]")
# At the beginning of a clause these are surnames too: 盛警官说.
_ROLE = re.compile("(?:老师|班主任|校长|医生|是|叫)$")
_ENDS = re.compile("$|[，,。；;！!？? \n]")
_NEVER_FIRST = set("祝向和从应管别同常连全任凡请问单时成")
# After these someone is meant: 找陆警官, 托黄婶.
_HANDED = re.compile("[找托问给跟让请叫喊把被见陪约帮替对]$")


def titled(heard: Heard) -> Iterator[tuple[int, int]]:
    """王老师, 周校长: the title stays with the surname, for 〈老师1〉 says it too."""
    for match in _TITLE.finditer(heard.text):
        if not is_known(match.group()) and _is_titled(heard, match.start(), match["surname"]):
            yield match.span()


def _is_titled(heard: Heard, start: int, surname: str) -> bool:
    before = heard.before(start, 1)
    if (
        _WISHED.match(heard.after(start, 4))
        or _THANKING.search(heard.text[: start + 1][-2:])
        or (surname in MEASURES and MEASURE.search(before))
        or _ends_a_name(heard, start)
    ):
        return False
    if surname in COMMON and _HANDED.search(before):
        return True
    # 班主任向老师，…: with nothing behind it no word but a surname.
    if _ROLE.search(heard.before(start, 3)) and surname in SINGLE and _ENDS.match(heard.text, start + len(surname) + 2):
        return True
    number = heard.word_at.get(start)
    if number is None:
        return False
    tag = heard.words[number].tag
    if tag == "PER" or heard.belief(start, start + len(surname)) > LIKELY:
        return True
    if surname in _SMALL_WORDS:
        return surname in COMMON and surname not in _NEVER_FIRST and not before.isalnum()
    if surname in COMMON:
        return tag not in ("p", "c", "d")
    return tag in ("n", "nz", "nr", "a", "an") and (
        not before.isalnum() or _ROLE.search(heard.before(start, 3)) is not None
    )


def _ends_a_name(heard: Heard, start: int) -> bool:
    """韩梅|老师, which is found as such."""
    return start > 0 and is_full(heard.text[start - 1 : start + 1]) and heard.person_at(start - 1) > 0.5
