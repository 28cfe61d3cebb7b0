"""Fill a form from the values of a file, and take them back out of what a browser sent: with what is wrong, at its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.content.writing import WritingError, same
from bot.desk.editing.sheets.fields import KINDS, LONG, WRITTEN, Field, Rows, Values, Wrong, first

Part = Field | Rows
Tree = dict[str, object]
# What the template shows of a row besides its fields: nobody types it.
HEADING = "heading"
# Of a list that can be put in another order: which entry of the file a row is, or "new".
WAS = "was"
# Of a long list of which the form holds one entry: its number, and what it was when the form was opened.
ONLY, LIKE = "only", "like"


@dataclass(frozen=True)
class Taken:
    """The values as they are wanted, and what is wrong, by the name of the field."""

    tree: Tree
    errors: Mapping[str, str]


def shown(parts: tuple[Part, ...], tree: Mapping[str, object]) -> dict[str, list[str]]:
    """What stands in the boxes."""
    found: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Field):
            found |= KINDS[part.kind].show(part, part.key, _at(tree, part.key, part.default))
            continue
        for index, row in enumerate(rows_of(tree, part.key)):
            name = f"{part.key}.{index}"
            found[name] = [_words(row.get(HEADING))]
            if part.ordered:
                found[f"{name}.{WAS}"] = [str(index)]
            for each in part.fields:
                found |= KINDS[each.kind].show(each, f"{name}.{each.key}", _at(row, each.key, each.default))
    return found


def taken(parts: tuple[Part, ...], sent: Values, tree: Mapping[str, object], begun: bool = False) -> Taken:
    """What was typed, over what stands there: what the form does not show stays. `begun`: in no file yet, so it may be half written."""
    errors: dict[str, str] = {}
    made: Tree = _fields([part for part in parts if isinstance(part, Field)], "", sent, tree, errors, begun)
    for part in parts:
        if isinstance(part, Rows):
            rows = _among if first(sent, ONLY) else _rows
            made[part.key] = list(rows(part, sent, rows_of(tree, part.key), errors))
            if not made[part.key] and part.key not in tree:
                made[part.key] = None
    # In the order of the file, so that nothing looks as if it had been moved.
    ordered = {key: made[key] for key in (*tree, *(key for key in made if key not in tree)) if key in made}
    return Taken(_placed(ordered, [part.key for part in parts], tree), errors)


def numbers_of(values: Values, key: str) -> list[int]:
    """The numbers of the rows that stand in a form."""
    found = {int(match[1]) for name in values if (match := re.match(rf"{re.escape(key)}\.(\d{{1,5}})(?:\.|$)", name))}
    return sorted(found)


def rows_of(tree: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """The entries of a list, those that are mappings."""
    found = tree.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def names(parts: tuple[Part, ...], values: Values) -> Iterator[str]:
    """Every place of a form at which something can be said."""
    for part in parts:
        if isinstance(part, Field):
            yield part.key
            continue
        yield part.key
        for number in numbers_of(values, part.key):
            yield f"{part.key}.{number}"
            yield from (f"{part.key}.{number}.{each.key}" for each in part.fields)


def mark(row: Mapping[str, object]) -> str:
    """What an entry is known by while its form is open; "" for one that is new."""
    return sha256(repr(row).encode()).hexdigest()[:16] if row else ""


def _among(part: Rows, sent: Values, old: list[dict[str, object]], errors: dict[str, str]) -> Iterator[dict[str, object]]:
    """The one entry that was sent in its place, all others as they are. Colleagues may have moved it: it is looked for."""
    typed, like = first(sent, ONLY), first(sent, LIKE)
    if not re.fullmatch(r"\d{1,5}", typed) or numbers_of(sent, part.key) != [int(typed)]:
        raise WritingError("这一页不完整，请从单子里重新打开这一条")
    marks, number = [mark(each) for each in old], int(typed)
    at = number if like not in marks or marks[number : number + 1] == [like] else marks.index(like)
    at = min(at, len(old)) if like else len(old)
    yield from old[:at]
    # As if it stood where the form says, at which its errors are told.
    yield from _rows(part, sent, [*[{}] * number, *old[at : at + 1]], errors)
    yield from old[at + 1 :]


def _rows(part: Rows, sent: Values, old: list[dict[str, object]], errors: dict[str, str]) -> Iterator[dict[str, object]]:
    for number in numbers_of(sent, part.key):
        name = f"{part.key}.{number}"
        if not part.fixed and (first(sent, f"{name}.gone") or _is_empty(part, name, sent)):
            continue
        before = _before(part, name, number, sent, old)
        yield _fields(part.fields, f"{name}.", sent, before, errors)


def _before(part: Rows, name: str, number: int, sent: Values, old: list[dict[str, object]]) -> dict[str, object]:
    """The entry of the file that a row began as."""
    was = first(sent, f"{name}.{WAS}") if part.ordered else ""
    index = int(was) if re.fullmatch(r"\d{1,5}", was) else len(old) if was else number
    return old[index] if index < len(old) else {}


def _is_empty(part: Rows, name: str, sent: Values) -> bool:
    """A line that nobody filled in; lists that always have a choice say nothing."""
    weighty = [f"{name}.{each.key}" for each in part.fields if each.kind in WRITTEN]
    return not any(
        text.strip() for place, texts in sent.items() if place in weighty or place.rpartition(".")[0] in weighty for text in texts
    )


def _fields(fields: tuple[Field, ...] | list[Field], lead: str, sent: Values, old: Mapping[str, object], errors: dict[str, str], begun: bool = False) -> Tree:
    made: Tree = {key: _copy(value) for key, value in old.items()}
    for each in fields:
        name = f"{lead}{each.key}"
        try:
            value = KINDS[each.kind].take(each, name, sent)
            if each.needed and value is None and not (begun and each.kind in LONG):
                raise Wrong(f"还没写{each.label}" if each.kind in WRITTEN else f"还没选{each.label}")
        except Wrong as wrong:
            errors[name] = f"{wrong}。"
            continue
        before = _at(old, each.key, None)
        if same(before, value) or (before is None and value == each.default) or (before in ([], "") and value is None):
            continue
        if value is not None and isinstance(before, list) and isinstance(value, list) and sorted(map(str, before)) == sorted(map(str, value)) and each.kind == "ticks":
            continue
        _put(made, each.key, value)
    return _placed(made, [each.key for each in fields], old)


def _placed(made: Tree, order: list[str], old: Mapping[str, object]) -> Tree:
    """New keys behind the field that the form has before them."""
    keys = [key for key in made if key in old]
    tops = list(dict.fromkeys(key.partition(".")[0] for key in order))
    for key in (key for key in made if key not in old):
        earlier = [each for each in tops[: tops.index(key)] if each in keys] if key in tops else []
        keys.insert(max(keys.index(each) for each in earlier) + 1 if earlier else len(keys), key)
    return {key: made[key] for key in keys}


def _at(tree: Mapping[str, object], key: str, default: object) -> object:
    value: object = tree
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return default if value is None else value


def _put(tree: Tree, key: str, value: object) -> None:
    top, _, rest = key.partition(".")
    if not rest:
        tree[top] = value
        return
    inner = tree.get(top)
    below: Tree = dict(inner) if isinstance(inner, Mapping) else {}
    _put(below, rest, value)
    left = {name: each for name, each in below.items() if each is not None}
    tree[top] = left or None


def _copy(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, list) else value


def _words(value: object) -> str:
    return "" if value is None else str(value)
