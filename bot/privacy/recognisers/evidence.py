"""Whether what stands somewhere in a text may be a name: shared by the ways in which names are found."""

from __future__ import annotations

import re

from bot.privacy.heard import Heard
from bot.privacy.lexicon.given import SLIPPERY
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.recognisers import cues

# The model's mean belief from which three and two characters are a name by themselves, and with help from around.
_THREE = 0.5
TWO = 0.74
LIKELY = 0.35
# 一张…, 拍张…, 上周…: a measure or a day of the week, no surname.
MEASURE = re.compile("[一二两三四五六七八九十几这那每半拍贴了写画发买换整有张上下本个]$")
MEASURES = "张周段项章节种万毛车边路江时"
# 陈宸|家的孩子, 魏勇|老欺负他, 许燕|上初一.
_RUNS_ON = re.compile("比(?=[哥姐弟妹他她我别])|先(?=[动打骂走说回惹来挑])|家(?=[的里孩娃小长那有老在])|老(?=[欺打骂说哭不是])|上(?=[初高学班幼小大])")


def sure(heard: Heard, start: int, end: int) -> bool:
    """Whether LAC's word may stand: misspelt and dialect words (青楚, 行李娃, 鸽仔) come as names too, with less belief."""
    text = heard.text[start:end]
    if len(text) == 2 and (text[1] in "娃仔" or (text[1] in "子头大老" and not cued(heard, start, end))):
        return False
    return heard.belief(start, end) > (_THREE if len(text) > 2 else TWO) or cued(heard, start, end)


def cued(heard: Heard, start: int, end: int) -> bool:
    """Whether the words around speak of people: 外公 in front, 老师 or 他爸 behind."""
    after = heard.after(end, 4)
    return bool(
        cues.KIN_BEFORE.search(heard.before(start, 6)) or cues.TITLE_AFTER.match(after) or cues.KIN_AFTER.match(after)
    )


def word_in_front(heard: Heard, start: int, end: int) -> bool:
    """高兴旺 begins with a word, as 李子轩 does: there the model has to be sure."""
    begins = end - start > 2 and heard.text[start : start + 2] in WORDS
    return begins and (heard.weakest(start, end) < 0.45 or heard.text[end - 1] in SLIPPERY)


def measured(heard: Heard, start: int, text: str) -> bool:
    return text[0] in MEASURES and bool(MEASURE.search(heard.before(start, 1)))


def runs_on(heard: Heard, place: int) -> bool:
    """Whether the character at `place` belongs to what follows, though it could be the last of a name."""
    return _RUNS_ON.match(heard.text, place) is not None
