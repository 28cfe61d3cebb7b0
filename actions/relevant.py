"""The sentences of a lesson that speak of what a parent has just said."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from bot import services
from bot.assistant.understanding import alike
from bot.content.lessons import Lesson
from bot.content.library import Library
from bot.text.plain import squash

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”]?")
_NUMBER = re.compile(r"^\s*(?:\d+[.．、]|##|▪|·)\s*")
_OLD_WAYS = re.compile("老办法|老话|土办法|偏方|有人说|有人觉得|有的人|听说|以前的|从前")
_SHORTEST = 6
_MOST = 2
# Least rarity (natural logarithm of how many sentences of the library there are to one that holds it) of a pair of characters that says what
# a sentence is about: 捂汗 has 7.6, 同学 5.4, 医生 3.5. Chosen on sixty follow-up questions read one by one.
_TELLING = 5.5
# Cosine and a share of that rarity from which a sentence speaks of what was said. Read by eye on 60 short questions after ten lessons: of 47
# whose best sentence reached it 40 were answered by it or its neighbour, of 13 below it one would have been (能打吊针吗).
_NEAR, _OF_RARITY = 0.32, 0.03
# A sentence of a few words is near to any other (说完就停，等她 to 打她行吗): it must be nearer.
_SHORT, _OF_SHORT = 12, 0.15
# A pair with one of these is mostly the seam between two words (他就, 现在, 行不), or kin, who are in every sentence.
_SEAMS = set("的了过不没有在就都也还又很太才只那这哪他她它我你您咱们吗呢吧啊呀说问讲要会能可以给跟和让把被上下里外去来到一二两三四五六七八九十个几多少什么怎样想看行好爷奶爸妈0123456789")


async def sentences_on(lesson: Lesson, age_months: int | None, said: str) -> list[str]:
    """At most two sentences of the lesson that speak of what was said, in their order; none where none is near.

    By the cosine of the sentence encoder and by the rare pairs of characters they share; by those pairs alone where no encoder can be asked.
    """
    return await nearest(said, _sentences(lesson, age_months))


async def nearest(said: str, sentences: list[str], least: float = _NEAR) -> list[str]:
    """At most two of these sentences, as near as `least` (a cosine, plus a share of the rarity of what they have in common)."""
    sentences = [each for each in sentences if _stands_alone(each)]
    likeness = await alike(said, sentences)
    shared = _shared_rarity(said, sentences, 0.0 if likeness else _TELLING)
    if likeness is None:
        near = [(rarity, each) for rarity, each in zip(shared, sentences, strict=True) if rarity]
    else:
        scores = [cosine + _OF_RARITY * rarity for cosine, rarity in zip(likeness, shared, strict=True)]
        near = [(score, each) for score, each in zip(scores, sentences, strict=True) if score >= least + _OF_SHORT * (len(each) < _SHORT)]
    best = sorted(near, key=lambda pair: -pair[0])[:_MOST]
    return [each for score, each in near if (score, each) in best]


def _shared_rarity(said: str, sentences: list[str], least: float) -> list[float]:
    rarity = _rarities()
    wanted = {pair for pair in _pairs(said) if rarity.get(pair, 0.0) >= least}
    return [sum(rarity.get(pair, 0.0) for pair in wanted & set(_pairs(each))) for each in sentences]


def _stands_alone(sentence: str) -> bool:
    """No question of the lesson's own, no half of a quotation, and nothing that tells what not to believe (老办法是抠喉咙)."""
    return not _OLD_WAYS.search(sentence) and not sentence.rstrip("”").endswith("？") and sentence.count("“") == sentence.count("”")


def sentences_of(text: str) -> list[str]:
    """A text in its sentences, without numbers and headings; each once."""
    return list(dict.fromkeys(_split(text)))


def _sentences(lesson: Lesson, age_months: int | None) -> list[str]:
    return sentences_of(f"{lesson.answer_for(age_months)}\n{lesson.body}")


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
