"""When two recognisers want the same characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.privacy.spans import Found, Kind

# The surer first: a form with a checksum or a sign of its own, then places, then names.
_ORDER = (
    Kind.URL_OR_TOKEN,
    Kind.EMAIL,
    Kind.ID_CARD,
    Kind.PHONE,
    Kind.BANK_CARD,
    Kind.QQ,
    Kind.WECHAT_ID,
    Kind.PLATE,
    Kind.DATE_OF_BIRTH,
    Kind.SCHOOL,
    Kind.WORKPLACE,
    Kind.ADDRESS,
    Kind.PERSON,
    Kind.NICKNAME,
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
# Among these the longer hit knows more: 新民村小学 is a school, 新民路12号 an address; a card number may hold a telephone's, and the
# host of an e-mail address is no link.
_ALIKE = ({Kind.URL_OR_TOKEN, Kind.EMAIL}, {Kind.SCHOOL, Kind.WORKPLACE, Kind.ADDRESS}, {Kind.ID_CARD, Kind.PHONE, Kind.BANK_CARD})


def settled(text: str, found: Iterable[Found], kept: Sequence[tuple[int, int]] = ()) -> list[Found]:
    """Hits in order, none overlapping another. `kept`: places that stay as they are.

    The surer hit keeps its characters; of the other what is left stays a hit, for it was personal data before too.
    """
    taken = [False] * len(text)
    for start, end in kept:
        taken[start:end] = [True] * (end - start)
    done: list[Found] = []
    for each in sorted(found, key=_surer):
        for start, end in _free(text, taken, each):
            taken[start:end] = [True] * (end - start)
            done.append(Found(start, end, each.kind, each.role))
    return sorted(done, key=lambda each: each.start)


def _surer(found: Found) -> tuple[int, int, int, int]:
    alike = next((kinds for kinds in _ALIKE if found.kind in kinds), {found.kind})
    rank = min(_RANK[kind] for kind in alike)
    return rank, found.start - found.end, _RANK[found.kind], found.start


def _free(text: str, taken: Sequence[bool], found: Found) -> list[tuple[int, int]]:
    """The runs of `found` that nobody has; blanks at their ends and runs without a letter or digit are left out."""
    runs: list[tuple[int, int]] = []
    start = found.start
    for place in range(found.start, found.end + 1):
        if place == found.end or taken[place]:
            runs.append((start, place))
            start = place + 1
    whole = len(runs) == 1
    trimmed = (_trimmed(text, *run, _is_blank if whole else _is_no_word) for run in runs)
    return [run for run in trimmed if any(map(str.isalnum, text[slice(*run)]))]


def _is_blank(character: str) -> bool:
    return character.isspace()


def _is_no_word(character: str) -> bool:
    return not character.isalnum()


def _trimmed(text: str, start: int, end: int, drop: Callable[[str], bool]) -> tuple[int, int]:
    while start < end and drop(text[start]):
        start += 1
    while end > start and drop(text[end - 1]):
        end -= 1
    return start, end
