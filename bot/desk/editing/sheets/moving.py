"""The entries of a list in a form put in another order, and one more added, while nothing is saved yet."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.desk.editing.sheets.fields import KINDS, Field, Rows, Values, first
from bot.desk.editing.sheets.filling import WAS, Part, numbers_of

_WISH = re.compile(r"(?P<key>[a-z_]+)(?:\.(?P<number>\d{1,5}))?\.(?P<what>up|down|add)")


class Moved(NamedTuple):
    """What stands in the form now, and the number of the row that was moved or added; "" when nothing was."""

    values: Values
    number: str


def rearranged(parts: tuple[Part, ...], sent: Values, wish: str) -> Moved:
    """What was typed, as the button `wish` wants it: steps.2.up, steps.2.down or steps.add. Anything else changes nothing."""
    found = _WISH.fullmatch(wish)
    part = next((each for each in parts if isinstance(each, Rows) and each.ordered and found and each.key == found["key"]), None)
    if found is None or part is None:
        return Moved(sent, "")
    numbers = numbers_of(sent, part.key)
    if found["what"] == "add":
        new = max(numbers, default=-1) + 1
        return Moved({**sent, **empty(part, new)}, str(new))
    number = int(found["number"] or -1)
    if number not in numbers:
        return Moved(sent, "")
    place = numbers.index(number) + (-1 if found["what"] == "up" else 1)
    if not 0 <= place < len(numbers):
        return Moved(sent, "")
    return Moved(_exchanged(sent, part.key, number, numbers[place]), str(numbers[place]))


def empty(part: Rows, number: int) -> dict[str, list[str]]:
    """The boxes of a row that nobody has filled in."""
    row = f"{part.key}.{number}"
    found: dict[str, list[str]] = {row: [""]}
    if part.ordered:
        found[f"{row}.{WAS}"] = ["new"]
    for field in part.fields:
        assert isinstance(field, Field)
        found |= KINDS[field.kind].show(field, f"{row}.{field.key}", field.default)
    return found


def is_new(values: Values, part: Rows, number: int, spare: int) -> bool:
    """Whether a row of a form stands in no file yet; `spare` is the first number that is new where rows stay in their order."""
    return first(values, f"{part.key}.{number}.{WAS}") == "new" if part.ordered else number >= spare


def _exchanged(sent: Values, key: str, one: int, other: int) -> Values:
    names = {one: f"{key}.{other}", other: f"{key}.{one}"}

    def renamed(name: str) -> str:
        found = re.match(rf"{re.escape(key)}\.(\d+)(?=\.|$)", name)
        return names[int(found[1])] + name[found.end() :] if found and int(found[1]) in names else name

    return {renamed(name): texts for name, texts in sent.items()}
