"""Under which spellings the same thing comes again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.privacy.lexicon.surnames import surname_of
from bot.privacy.numerals import digits_of
from bot.privacy.spans import Kind

_NUMBERS = {Kind.PHONE, Kind.ID_CARD, Kind.BANK_CARD, Kind.QQ}
_NOISE = re.compile(r"[\W_]+")
_TITLES = re.compile(
    "(?:老师|校长|医生|主任|园长|班主任|阿姨|叔叔|大哥|大姐|大爷|大妈|师傅|老板|经理|同学|[姐哥嫂婶姨叔伯总])$"
)
_SHORT = re.compile(r"(?:[小阿老](?P<last>.)|(?P<twice>.)(?P=twice)|(?P<child>.)[儿子娃])")


@dataclass(frozen=True)
class Forms:
    """`same`: spellings that mean this very thing; `short`: what it may be called later, unless another goes by that already."""

    same: tuple[str, ...]
    short: tuple[str, ...] = ()


def forms_of(kind: Kind, value: str) -> Forms:
    """The spellings under which `value` may come again: a number without its spaces, 张子涵 also as 子涵, 涵涵, 小涵.

    Each is marked with what it is, so that a number is never taken for a name.
    """
    if kind in _NUMBERS:
        return Forms((f"{kind.value}:{digits_of(value)}",))
    bare = _NOISE.sub("", value).lower()
    if kind in (Kind.PERSON, Kind.NICKNAME):
        return _names(bare)
    return Forms((f"{kind.value}:{bare}",))


def _names(name: str) -> Forms:
    untitled = _TITLES.sub("", name)
    if untitled != name:
        # 王老师 may be another 王 than 老王, but the same whenever she is called so.
        return Forms((name,)) if len(untitled) <= 1 else _names(untitled)
    short = _SHORT.fullmatch(name)
    if short:
        return Forms((name, f"*{short['last'] or short['twice'] or short['child']}"))
    surname = surname_of(name)
    given = name[len(surname) :] if surname and len(name) > 2 else ""
    if len(given) == 2:
        return Forms((name, given), (f"*{given[-1]}",))
    return Forms((name,), (f"*{name[-1]}",) if len(name) <= 3 else ())
