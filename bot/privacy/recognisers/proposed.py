"""Names that LAC proposes, once they are made like names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import SLIPPERY
from bot.privacy.lexicon.surnames import COMMON
from bot.privacy.names import is_ethnic, is_full, is_given, is_known
from bot.privacy.recognisers import cues
from bot.privacy.recognisers.evidence import TWO, cued, measured, runs_on, sure, word_in_front
from bot.privacy.recognisers.pointed import SOUNDS
from bot.privacy.tagger import Word

_STRIP_BEFORE = re.compile(
    f"^(?:我家|俺家|咱家|你家|他家|她家|我们家|家里|家|我|俺|咱|你|他|她|和|跟|与|叫|是|嗯|那|这|从|被|把|给|让|万一|隔壁|托|找|问|见|帮|替|约|喊|陪|带|送|接|请|对|说|听|看|像|比|等|怪|怕|就|还|只|连|想|夸|喜欢|抱|{cues.PEOPLE})+"
)
_STRIP_AFTER = re.compile(
    "(?:[一二三四五六七八九十两几]+|照|[拉推抢骂踢咬追带让把]|接|拿|走|哭|病|老|欺负|老是|总|家的?|的|说|讲|来|也|都|又|就|在|妈妈?|爸爸?|他|她|你|我|人|发|不|没|和|跟|与|得|了|去|上|今|现|同学|老师|这|那|想|要|会|从|到|是|有|好|大|对|比|被|把|打)+$"
)
# The nicknames have a recogniser of their own.
_NICK = re.compile(r"[小阿老].{1,2}$|(.)\1$")
# 寇明杰|拉他去, 唐果|发的: what one does to others is the last of few names.
_DOES = set("拉推抢骂打踢咬追带照发")
_THREE_ODD = 0.9
_ODD = 0.95
_HAN = re.compile("[\u4e00-\u9fff]+")


def proposed(heard: Heard, word: Word) -> Iterator[tuple[int, int]]:
    """What LAC takes for a person, if it is made like a name."""
    yield from _surname_left(heard, word)
    cores = [core for core in _cores(word) if not _is_no_name(heard, *core)]
    # 浩宇|比姐姐听话.
    cores = [(start, end) for start, end in cores if not (end - start == 3 and heard.text[end - 1] == "比" and runs_on(heard, end - 1))]
    if any(_NICK.match(heard.text[start:end]) for start, end in cores):
        return
    full = next((core for core in cores if is_full(heard.text[slice(*core)])), None)
    if full:
        if sure(heard, *full):
            yield full[0], _grown(heard, word, full[0], _cut(heard, *full))
        return
    yield from [core for core in cores if _is_other(heard, *core)][:1]


def _is_no_name(heard: Heard, start: int, end: int) -> bool:
    text = heard.text[start:end]
    return is_known(text) or word_in_front(heard, start, end) or measured(heard, start, text)


def _is_other(heard: Heard, start: int, end: int) -> bool:
    """A given name alone, a name of another people, or one of rare characters."""
    text = heard.text[start:end]
    given = is_given(text) and (text[1] not in SLIPPERY or heard.weakest(start, end) > 0.7)
    return (given and sure(heard, start, end)) or is_ethnic(text) or _unusual(heard, start, end)


def _unusual(heard: Heard, start: int, end: int) -> bool:
    """Made of characters that no list has: only if the model is very sure, or people are spoken of around it."""
    text = heard.text[start:end]
    if (
        not 2 <= len(text) <= 4
        or not _HAN.fullmatch(text)
        or re.search("[的了在不说佢嘅喺俾畀唔咗冇啲嚟佇呷仲搵]|^[夸想抱]|^阮[囡孙厝欲家公心]|[子头娃仔囡崽妹陀公婆爷奶]$", text)
    ):
        return False
    belief = heard.belief(start, end)
    if len(text) >= 4 and SOUNDS.fullmatch(text):
        # 伊力亚斯: a name of another language, whichever.
        return belief > TWO
    surnamed = len(text) == 3 and text[0] in COMMON
    return belief > (_THREE_ODD if surnamed else _ODD) or (belief > TWO and cued(heard, start, end))


def _cores(word: Word) -> Iterator[tuple[int, int]]:
    """The word, then without what LAC likes to leave at its ends: 我家子涵 → 子涵."""
    text = word.text
    before = _STRIP_BEFORE.match(text)
    after = _STRIP_AFTER.search(text)
    left = before.end() if before else 0
    right = len(text) - len(after.group()) if after else len(text)
    for start, end in ((0, len(text)), (left, len(text)), (0, right), (left, right)):
        if end - start >= 2:
            yield word.start + start, word.start + end


def _surname_left(heard: Heard, word: Word) -> Iterator[tuple[int, int]]:
    """堂哥马 + 成功: LAC gave the surname to the word in front."""
    before = _STRIP_BEFORE.match(word.text)
    number = heard.word_at.get(word.end)
    if before and number is not None and before.end() == len(word.text) - 1 and word.text[-1] in COMMON:
        start, end = word.end - 1, heard.words[number].end
        if end - start <= 3 and is_full(heard.text[start:end]) and not is_known(heard.text[start:end]):
            yield start, end


def _grown(heard: Heard, word: Word, start: int, end: int) -> int:
    """雷德 + 全: LAC sometimes leaves the last character out."""
    number = heard.word_at.get(end)
    if end - start != 2 or end != word.end or number is None:
        return end
    following = heard.words[number]
    alone = following.end - following.start == 1 and following.tag in ("n", "nz", "a", "nr", "PER", "m", "an")
    return following.end if alone and not runs_on(heard, end) and is_full(heard.text[start : following.end]) else end


def _cut(heard: Heard, start: int, end: int) -> int:
    """唐果发 → 唐果, where the last character is doubted and a name remains."""
    last, belief = heard.text[end - 1], heard.person_at(end - 1)
    doubted = (last in SLIPPERY and belief < 0.3) or (last in _DOES and belief < 0.75)
    doubted = doubted or runs_on(heard, end - 1)
    return end - 1 if doubted and is_full(heard.text[start : end - 1]) else end
