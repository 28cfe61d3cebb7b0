"""The sentences of a lesson that speak of what a parent has just said."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from bot import services
from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.text.plain import squash

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”]?")
_NUMBER = re.compile(r"^\s*(?:\d+[.．、]|##|▪|·)\s*")
_SHORTEST = 6
_MOST = 2
# Least rarity (natural logarithm of how many sentences of the library there are to one that holds it) of a pair of characters that says what
# a sentence is about: 捂汗 has 7.6, 同学 5.4, 医生 3.5. Chosen on sixty follow-up questions read one by one.
_TELLING = 5.5
# A pair with one of these is mostly the seam between two words (他就, 现在, 行不), or kin, who are in every sentence.
_SEAMS = set("的了过不没有在就都也还又很太才只那这哪他她它我你您咱们吗呢吧啊呀说问讲要会能可以给跟和让把被上下里外去来到一二两三四五六七八九十个几多少什么怎样想看行好爷奶爸妈0123456789")


def sentences_on(lesson: Lesson, age_months: int | None, said: str) -> list[str]:
    """At most two sentences of the lesson that share a telling pair of characters with `said`, in the lesson's order."""
    rarity = _rarities()
    wanted = {pair for pair in _pairs(said) if rarity.get(pair, 0.0) >= _TELLING}
    found = [(sum(rarity[pair] for pair in wanted & set(_pairs(each))), each) for each in _sentences(lesson, age_months)]
    best = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])[:_MOST]
    return [each for score, each in found if (score, each) in best]


def _sentences(lesson: Lesson, age_months: int | None) -> list[str]:
    return list(dict.fromkeys(_split(f"{lesson.answer_for(age_months)}\n{lesson.body}")))


def _split(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith("## "):
            continue
        for found in _SENTENCE.findall(line):
            sentence = _NUMBER.sub("", found).strip()
            if len(sentence) >= _SHORTEST:
                yield sentence


def _pairs(text: str) -> Iterator[str]:
    squashed = squash(text)
    both = (squashed[place : place + 2] for place in range(len(squashed) - 1))
    return (pair for pair in both if not _SEAMS & set(pair))


@services.made_of_library
def _rarities_of(library: Library) -> dict[str, float]:
    texts = [each for lesson in library.lessons.values() for each in _split(f"{lesson.answer}\n{lesson.body}")]
    held = Counter(pair for text in texts for pair in set(_pairs(text)))
    return {pair: math.log(len(texts) / number) for pair, number in held.items()}


def _rarities() -> dict[str, float]:
    return _rarities_of()
