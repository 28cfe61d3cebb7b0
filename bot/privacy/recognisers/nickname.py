"""What people are called: 小军, 阿强, 老王, 李姐, 毛毛, 铁蛋.

Forms after GB/T 28039-2011 and everyday use: 小, 阿 or 老 with a surname or given character, a surname with 姐 or 叔, a doubled
character. 宝宝, 老大, 二宝, 阿姨 call millions and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import DOUBLED, GIVEN, NICKNAMES
from bot.privacy.lexicon.lookalikes import FAMOUS, WORDS
from bot.privacy.lexicon.surnames import COMMON
from bot.privacy.recognisers import cues, qq
from bot.privacy.recognisers.acting import ACTING, acts, begins_clause
from bot.privacy.recognisers.does import pets
from bot.privacy.recognisers.doubled import doubled
from bot.privacy.recognisers.listed import called_by_all, listed, pet_named, village, with_ending
from bot.privacy.recognisers.roles import role_of
from bot.privacy.recognisers.tales import in_a_tale
from bot.privacy.spans import Found, Kind

_SHORT = re.compile(r"[小阿老大][\u4e00-\u9fff]")
_FAMILIAR = re.compile(rf"(?P<surname>[{''.join(sorted(COMMON))}])(?:{cues.FAMILIAR})")
_SMALL_WORDS = set("时向应于常曾连从和同单管成别全任文高方白万夏计尤项路温房牛车乐金伍马周钱冷包")
_OTHER_WORD = re.compile("[一二两三四五六七八九十几个上下大小老表堂姑舅亲]$")
_LIKELY = 0.3
_SURE = 0.75
_HANDED = re.compile("[找托问给跟让请把被见陪约替]$")
_ONE_WHO = re.compile("[家说他她跟和头]|孙[子女]|儿子|女儿|媳妇|两口|老婆|的[儿女孙娃]")
# 老张家的, 老李家里: though LAC reads 老 + 张家.
_HOUSE = re.compile("家(?=[的里那孩娃儿闺两]|$)")
# 想小军了, 带着小杰.
_MISSED = re.compile("(?:想|想念|带着|惦记|心疼|抱着)$")
_NOTHING_MORE = re.compile("了?(?:$|[，。！!])")
# 小林老师: a social worker or a young teacher.
_TEACHER = re.compile("老师(?!们|节)")
_PART_OF_MORE = ("大", "最", "很", "太", "从", "幼", "老", "年")
_SCHOOLBOOK = {"小明", "小红", "小刚", "小华", "小丽"}
_LESSON = re.compile("应用题|数学题|题目|这道题|课文|造句|作文")
# In the list of words, but people as well when they speak.
_EITHER = frozenset("小雨 小雪 小满 小熊 小虎 小龙 小马 小牛 小华 小丽 小刚 小花 小黄 小明 小红 小宝贝".split())


def find(heard: Heard) -> Iterator[Found]:
    """Every nickname."""
    for start, end in _every(heard):
        if qq.SPELT.match(heard.text, start) or cues.WORK_AFTER.match(heard.text, end):
            continue
        if heard.text[start:end] not in FAMOUS and not in_a_tale(heard, start):
            yield Found(start, end, Kind.NICKNAME, role_of(heard, start, end))


def _every(heard: Heard) -> Iterator[tuple[int, int]]:
    yield from _short(heard)
    yield from _familiar(heard)
    yield from doubled(heard)
    yield from listed(heard)
    yield from village(heard)
    yield from with_ending(heard)
    yield from pet_named(heard)
    yield from called_by_all(heard)
    yield from pets(heard)


def _short(heard: Heard) -> Iterator[tuple[int, int]]:
    """小军, 阿珍, 老王, 老张头, 阿明仔."""
    for match in _SHORT.finditer(heard.text):
        start, end = match.span()
        if heard.text[start] == "大" or _is_no_short(heard, start, end):
            continue
        if heard.text[start] == "小" and _TEACHER.match(heard.text, end) and heard.text[start + 1] in COMMON:
            yield start, end + 2
        elif _is_short(heard, start, end):
            yield start, end + (heard.text[start] + heard.after(end, 1) in ("老头", "阿仔"))


def _is_no_short(heard: Heard, start: int, end: int) -> bool:
    """Words and parts of words: 小米粥, 从小学习, 老高了; 小明 in a sum."""
    text = heard.text[start:end]
    known = text in WORDS and not _called(heard, start, end)
    inside = (
        start not in heard.word_at
        and heard.belief(start, end) < 0.8
        and not cues.HOME_BEFORE.search(heard.before(start, 8))
    )
    schoolbook = text in _SCHOOLBOOK and _LESSON.search(heard.text) is not None
    return known or inside or schoolbook or heard.before(start, 1) in _PART_OF_MORE or _longer_word(heard, start, end)


def _is_short(heard: Heard, start: int, end: int) -> bool:
    first, second = heard.text[start], heard.text[start + 1]
    belief = heard.belief(start, end)
    number = heard.word_at.get(start)
    person = number is not None and heard.words[number].tag == "PER"
    if first == "老":
        if second in COMMON and _HOUSE.match(heard.text, start + 2):
            return True
        least = 0.9 if second in "高黄白远常" else 0.3 if _ONE_WHO.match(heard.after(end, 2)) else 0.5
        return second in COMMON and (belief > least or (person and least < 0.9))
    if second not in COMMON and second not in GIVEN and second not in DOUBLED:
        return False
    if _MISSED.search(heard.before(start, 2)) and _NOTHING_MORE.match(heard.text, end):
        return True
    at_home = cues.HOME_BEFORE.search(heard.before(start, 8)) is not None and belief > 0.2
    likely = person or belief > _LIKELY
    return belief > _SURE or ((likely or at_home) and (at_home or begins_clause(heard, start)) and acts(heard, end))


def _called(heard: Heard, start: int, end: int) -> bool:
    """小雨说不想上学 speaks of a child, 下小雨 of the weather."""
    known = heard.text[start:end] in _EITHER and heard.belief(start, end) > 0.9
    return known and (ACTING.match(heard.after(end, 3)) or cues.KIN_AFTER.match(heard.after(end, 3))) is not None


def _longer_word(heard: Heard, start: int, end: int) -> bool:
    """小龙虾, 小米粥, 阿司匹林, 小石头, 小|花生: a longer word that is in the lists."""
    longer = (end + more for more in (1, 2, 3) if end + more <= len(heard.text))
    return any(
        heard.text[start:until] in WORDS
        or heard.text[start:until] in NICKNAMES
        or heard.text[start + 1 : until] in NICKNAMES
        or heard.text[start + 1 : until] in FAMOUS
        for until in longer
    )


def _familiar(heard: Heard) -> Iterator[tuple[int, int]]:
    """李姐, 张阿姨, 周哥."""
    for match in _FAMILIAR.finditer(heard.text):
        number = heard.word_at.get(match.start())
        if number is None and match["surname"] not in _SMALL_WORDS and _HANDED.search(heard.before(match.start(), 1)):
            yield match.span()
        if number is None or _OTHER_WORD.search(heard.before(match.start(), 1)) or match.group() in WORDS:
            continue
        belief = heard.belief(match.start(), match.start() + 1)
        plain = match["surname"] not in _SMALL_WORDS
        if (heard.words[number].tag == "PER" and plain) or belief > (0.4 if plain else 0.8):
            yield match.span()
