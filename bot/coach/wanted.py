"""What a parent wants from a table: the child's age and sex, the budget, the place, the time, the mood. All of it may be unsaid."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.text.minutes import find_minutes
from bot.text.money import find_budget
from bot.text.moods import read_mood
from bot.text.places import read_place, stays_indoors

_GIRL = re.compile(r"女(?!婿|主播|同志)|闺女|丫头|妮子|妮儿|囡|姑娘|公主|妹仔|细妹")
_BOY = re.compile(r"男|儿子|小子|崽|细佬|仔仔|弟弟|小伙")


@dataclass(frozen=True)
class Wanted:
    """`age` in months, `sex` girl or boy, `least` and `most` in yuan, `minutes`; None where nothing was said.

    `band`: the words in which the age was tapped (3–5岁), when it stands for all ages of a band.
    """

    age: int | None = None
    band: str | None = None
    sex: str | None = None
    least: int | None = None
    most: int | None = None
    place: str | None = None
    indoors: bool | None = None
    minutes: int | None = None
    mood: str | None = None

    def and_then(self, later: Wanted) -> Wanted:
        """This, and what was said later; later goes before earlier."""
        said = {key: value for key, value in asdict(later).items() if value is not None}
        if later.age is not None:
            # An age that is said is no longer that of the band tapped before.
            said["band"] = later.band
        return Wanted(**{**asdict(self), **said})

    @property
    def says_nothing(self) -> bool:
        return self == Wanted()

    def as_slot(self) -> dict[str, Any]:
        """What is kept in a slot; read back by `from_slot`."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def from_slot(value: object) -> Wanted:
    """The wish in a slot; an empty one for anything that `as_slot` did not make."""
    if not isinstance(value, dict):
        return Wanted()
    known = {field.name for field in fields(Wanted)}
    return Wanted(**{key: each for key, each in value.items() if key in known})


def read_wanted(text: str, age_months: int | None) -> Wanted:
    """What `text` says; the age is found elsewhere (`bot.text.ages`)."""
    budget = find_budget(text)
    return Wanted(
        age=age_months,
        sex=_sex(text),
        least=budget.least if budget else None,
        most=budget.most if budget else None,
        place=read_place(text),
        indoors=True if stays_indoors(text) else None,
        minutes=find_minutes(text),
        mood=read_mood(text),
    )


def _sex(text: str) -> str | None:
    girl, boy = bool(_GIRL.search(text)), bool(_BOY.search(text))
    if girl == boy:
        return None
    return "girl" if girl else "boy"
