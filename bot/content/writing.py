"""Write single fields of a content file back: what did not change keeps every byte, with comments, order and quoting.

A file is never printed anew from its values. The lines of a changed field are replaced where they stand; of a list only the
entries that changed. The result is read again before it is handed out: it must hold exactly what was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

import yaml

from bot.content.yaml_lines import Entry, entries, last_line, lines_of

# The order of content/TEMPLATE.md: where a field goes that was not there before.
LESSON_ORDER = (
    "title", "series", "audience", "ages", "form", "summary", "questions", "answer", "answers", "relay", "try", "sources",
    "status", "reviewed", "reviewed_by", "updated", "order",
)  # fmt: skip
_FRONT_MATTER = re.compile(r"\A(?P<open>\ufeff?---\r?\n)(?P<yaml>.*?\r?\n)(?P<close>---\r?\n?)(?P<body>.*)\Z", re.DOTALL)
# What a short word in [brackets] may hold; anything else goes on a line of its own.
_IN_BRACKETS = re.compile(r"[\w-]+")


class WritingError(Exception):
    """A field cannot be written into this file; the message says why, in the editors' language."""


def changed_lesson(text: str, changes: Mapping[str, object], body: str | None = None) -> str:
    """A Markdown file with some fields of its front matter, and perhaps its body, changed; None as a value takes a field out.

    Raises:
        WritingError: the file has no front matter, or its YAML cannot be changed faithfully.
    """
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise WritingError("开头少了用 --- 围起来的一段")
    front = changed_yaml(found["yaml"], changes, LESSON_ORDER)
    return found["open"] + front + found["close"] + _body(found["body"], body, _break(text))


def changed_yaml(text: str, changes: Mapping[str, object], order: Sequence[str] = ()) -> str:
    """A YAML file (a mapping) with some of its fields changed; a new field stands where `order` says, else at the end.

    Raises:
        WritingError: the file is no mapping, or the result would not hold what was asked for.
    """
    before = _loaded(text)
    wanted = {key: value for key, value in changes.items() if not same(before.get(key), value)}
    made = text
    for key, value in wanted.items():
        made = _with(made, key, value, order)
    after = _loaded(made)
    for key in (*before, *changes):
        if not same(after.get(key), changes.get(key, before.get(key))):
            raise WritingError(f"{key} 没法原样写进这个文件，请在源文件里改")
    return made


def same(one: object, other: object) -> bool:
    """Whether two values say the same: spaces around a text and a field that is empty do not count."""
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one or "", str) and isinstance(other or "", str) and _text(one) == _text(other)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(same(one.get(key), other.get(key)) for key in {*one, *other})
    return type(one) is type(other) and one == other


def _text(value: object) -> str:
    return "\n".join(line.rstrip() for line in str(value or "").strip().splitlines())


def _loaded(text: str) -> dict[str, object]:
    try:
        data = yaml.safe_load(text.removeprefix("\ufeff"))
    except yaml.YAMLError as error:
        raise WritingError("这个文件现在的写法读不懂，请先在源文件里改好") from error
    if not isinstance(data, dict):
        raise WritingError("这个文件不是“名字: 内容”的样子，请在源文件里改")
    return data


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _body(before: str, after: str | None, end: str) -> str:
    if after is None or _text(before) == _text(after):
        return before
    start = before[: len(before) - len(before.lstrip("\r\n"))] or end
    return start + end.join(after.strip().splitlines()) + end


@dataclass(frozen=True)
class _Style:
    """How a field is written now: as a block, in quotes, in brackets."""

    block: bool = False
    quoted: bool = False
    brackets: bool = False
    indent: str = "  "


def _with(text: str, key: str, value: object, order: Sequence[str]) -> str:
    lines, fields = lines_of(text), entries(text)
    here = next((each for each in fields if each.key == key), None)
    end = _break(text)
    if here is None:
        at = _place(fields, key, order, len(lines))
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += end
        lines[at:at] = _field(key, value, _Style(), end)
    elif value is None:
        del lines[here.first : here.last + 1]
    elif isinstance(value, (list, tuple)) and _is_list(here.node) and value:
        lines[here.first : here.last + 1] = _merged(lines, here, value, end)
    else:
        made = _field(key, value, _style(here.node), end)
        made[0] = made[0].removesuffix(end) + _remark(lines, here) + end
        lines[here.first : here.last + 1] = made
    return "".join(lines)


def _remark(lines: list[str], field: Entry) -> str:
    """The comment behind a value, or behind the sign that a block follows."""
    if getattr(field.node, "style", None) in ("|", ">"):
        found = re.search(r"[|>][-+\d]*(\s+#.*)", lines[field.first])
    else:
        found = re.match(r"(\s+#.*)", lines[field.last][field.node.end_mark.column :])
    return found[1].rstrip() if found else ""


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style and bool(node.value)


def _style(node: yaml.Node) -> _Style:
    style = getattr(node, "style", None)
    return _Style(style in ("|", ">"), style in ('"', "'"), bool(getattr(node, "flow_style", False)))


def _place(fields: Sequence[Entry], key: str, order: Sequence[str], end: int) -> int:
    earlier = set(order[: order.index(key)]) if key in order else set()
    before = [each for each in fields if each.key in earlier]
    if key in order and before:
        return max(each.last for each in before) + 1
    return max((each.last + 1 for each in fields), default=end)


def _merged(lines: list[str], field: Entry, values: Sequence[object], end: str) -> list[str]:
    """The lines of a list: entries that stay keep theirs, and so does every comment between entries."""
    items = field.node.value
    loader = yaml.SafeLoader("")
    old = [_frozen(loader.construct_object(item, deep=True)) for item in items]
    starts = [item.start_mark.line for item in items]
    ends = [last_line(item, lines) + 1 for item in items]
    # What stands between an entry and the next: comments and empty lines, which nobody asked to change.
    gaps = [lines[stop:start] for stop, start in zip(ends, [*starts[1:], field.last + 1], strict=True)]
    first = lines[starts[0]]
    indent = first[: len(first) - len(first.lstrip(" "))]
    made = lines[field.first : starts[0]]
    for kind, a, b, c, d in SequenceMatcher(None, old, [_frozen(value) for value in values], autojunk=False).get_opcodes():
        if kind == "equal":
            made += (line for index in range(a, b) for line in [*lines[starts[index] : ends[index]], *gaps[index]])
            continue
        made += (line for value in values[c:d] for line in _item(value, indent, end, quoted=_quotes(items[a:b])))
        made += (line for gap in gaps[a:b] for line in gap)
    return made


def _quotes(items: Sequence[yaml.Node]) -> bool:
    return any(getattr(item, "style", None) in ('"', "'") for item in items)


def _frozen(value: object) -> object:
    if isinstance(value, Mapping):
        # An entry that is left empty is one that is not there.
        return frozenset((key, _frozen(each)) for key, each in value.items() if each not in (None, ""))
    if isinstance(value, (list, tuple)):
        return tuple(map(_frozen, value))
    return _text(value) if isinstance(value, str) else (type(value).__name__, value)


def _field(key: str, value: object, style: _Style, end: str) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (list, tuple)):
        return _list(key, value, style, end)
    return _scalar(f"{key}:", value, "  ", style, end)


def _list(key: str, values: Sequence[object], style: _Style, end: str) -> list[str]:
    short = all(isinstance(each, int) or (isinstance(each, str) and _IN_BRACKETS.fullmatch(each)) for each in values)
    if not values or (short and (style.brackets or all(isinstance(each, int) for each in values))):
        return [f"{key}: [{', '.join(str(each) for each in values)}]{end}"]
    return [f"{key}:{end}", *(line for value in values for line in _item(value, "  ", end))]


def _item(value: object, indent: str, end: str, quoted: bool = False) -> list[str]:
    """One entry of a list: a text, or a small mapping."""
    if not isinstance(value, Mapping):
        return _scalar(f"{indent}-", value, f"{indent}  ", _Style(quoted=quoted), end)
    made: list[str] = []
    for key, each in value.items():
        lead = f"{indent}  " if made else f"{indent}- "
        if isinstance(each, (list, tuple)):
            made += [f"{lead}{line}" for line in _list(key, each, _Style(brackets=True), end)]
        elif each is not None and each != "":
            made += _scalar(f"{lead}{key}:", each, f"{indent}    ", _Style(), end)
    return made


def _scalar(lead: str, value: object, indent: str, style: _Style, end: str) -> list[str]:
    if not isinstance(value, str):
        return [f"{lead} {_plain(value)}{end}"]
    text = _text(value)
    if "\n" in text or (style.block and text):
        return [f"{lead} |{end}", *(f"{indent}{line}{end}" if line else end for line in text.split("\n"))]
    if style.quoted or not _reads_back(text):
        return [f"{lead} {json.dumps(text, ensure_ascii=False)}{end}"]
    return [f"{lead} {text}{end}"]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _reads_back(text: str) -> bool:
    """Whether a text may stand without quotes: YAML reads it as that very text, as a value and as an entry of a list."""
    try:
        return bool(yaml.safe_load(f"k: {text}\n") == {"k": text} and yaml.safe_load(f"- {text}\n") == [text])
    except yaml.YAMLError:
        return False
