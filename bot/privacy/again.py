"""Who was named once in a text is meant again later in it: 我叫李春花，叫我春花就行."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.surnames import surname_of
from bot.privacy.names import is_full
from bot.privacy.spans import Found, Kind


def called_again(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Every other place of a name that was found, whole or without its surname."""
    for each in found:
        if each.kind not in (Kind.PERSON, Kind.NICKNAME):
            continue
        for form in _forms(text[each.start : each.end]):
            for match in re.finditer(re.escape(form), text):
                yield Found(match.start(), match.end(), each.kind, each.role)


def _forms(name: str) -> list[str]:
    """Long enough to mean this person only, and no word of every day."""
    given = name[len(surname_of(name)) :] if is_full(name) and len(name) > 2 else ""
    return [form for form in (name, given) if len(form) >= 2 and form not in WORDS]
