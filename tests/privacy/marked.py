"""Cases in which what has to go stands in 【】: the tables of the recognisers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.privacy import Kind
from bot.privacy.folded import fold
from bot.privacy.heard import Heard
from bot.privacy.recognisers import Recogniser, nickname, person
from bot.privacy.spans import Found
from bot.privacy.tagger import Tagger


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """One model for all tables."""
    return Tagger()


def plain(case: str) -> str:
    """The text as the parent wrote it."""
    return case.replace("【", "").replace("】", "")


def names(heard: Heard) -> Iterator[Found]:
    """Both recognisers: which of them finds a name is no matter of their tables."""
    yield from person.find(heard)
    yield from nickname.find(heard)


def found(recogniser: Recogniser, case: str, *kinds: Kind) -> str:
    """The text of `case` with 【】 around what the recogniser finds of these kinds (none given: of all)."""
    text = plain(case)
    folded = fold(text)
    places = {
        place
        for each in recogniser(Heard(folded.text, tagger()))
        if not kinds or each.kind in kinds
        for place in range(*folded.original(each.start, each.end))
    }
    parts: list[str] = []
    for place, character in enumerate(text):
        parts.append("【" if place in places and place - 1 not in places else "")
        parts.append(character)
        parts.append("】" if place in places and place + 1 not in places else "")
    return "".join(parts)
