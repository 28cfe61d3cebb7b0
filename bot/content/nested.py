"""Write a whole file's values back, however deep they lie: only the lines and words that say something else are replaced.

Beside `writing.py`, which changes the fields at the top of a file, this follows lists within lists (a campaign's steps and their
wordings). Comments, order, quotes and empty lines stay. The result is read again: it must hold exactly what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import yaml

from bot.content.rendering import entry, flow, item, key_of, one_line
from bot.content.writing import WritingError, same
from bot.content.yaml_lines import last_line, lines_of


class Edit(NamedTuple):
    """Characters [start, end) of the text become `words`."""

    start: int
    end: int
    words: str


class _Whole(Exception):
    """This value cannot be changed in parts: what holds it is written anew."""


def rewritten(text: str, wanted: Mapping[str, object]) -> str:
    """The file with the values `wanted`; a key that is missing or None is taken out, a new one stands where the mapping has it.

    Raises:
        WritingError: the file cannot be read, or the result would not hold what was asked for.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    root = _root(body)
    page = _Page(body)
    try:
        edits = sorted(page.mapping(root, wanted))
    except _Whole:
        raise WritingError("这样改没法原样写进这个文件，请在源文件里改") from None
    made = body
    for edit in reversed(edits):
        made = made[: edit.start] + edit.words + made[edit.end :]
    if not same(_value(_root(made)), wanted):
        raise WritingError("这样改没法原样写进这个文件，请在源文件里改")
    return mark + made


def values_of(text: str) -> dict[str, object]:
    """What stands in a file.

    Raises:
        WritingError: it cannot be read, or is no mapping.
    """
    value = _value(_root(text.removeprefix("\ufeff")))
    assert isinstance(value, dict)
    return value


def _root(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        _value(root)
    except (yaml.YAMLError, ValueError) as error:
        raise WritingError("这个文件现在的写法读不懂，请先在源文件里改好") from error
    if not isinstance(root, yaml.MappingNode):
        raise WritingError("这个文件不是“名字: 内容”的样子，请在源文件里改")
    return root


def _value(node: yaml.Node | None) -> object:
    loader = yaml.SafeLoader("")
    return loader.construct_document(node) if node is not None else None


class _Page:
    """One text: finds what has to be replaced in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = lines_of(text)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._end = "\r\n" if "\r\n" in text else "\n"

    def mapping(self, node: yaml.MappingNode, wanted: Mapping[str, object], in_list: bool = False) -> Iterator[Edit]:
        """The changes within a mapping."""
        if node.flow_style:
            yield Edit(node.start_mark.index, node.end_mark.index, self._flow(node, wanted))
            return
        there = {str(key_of(key)): (key, value) for key, value in node.value}
        kept = [name for name in there if wanted.get(name) is not None]
        if not kept or (in_list and next(iter(there)) != kept[0]):
            raise _Whole
        column = node.value[0][0].start_mark.column
        for name, (key, value) in there.items():
            if wanted.get(name) is None:
                if _value(value) is not None or name not in wanted:
                    yield self._cut(key.start_mark.line, last_line(value, self._lines))
            elif not same(_value(value), wanted[name]):
                yield from self._entry(key, value, name, wanted[name])
        after = ""
        for name, new in wanted.items():
            if name in there:
                after = name
            elif new is not None:
                # Behind the last field that stands before it in `wanted`; the first of all behind the first that is there.
                line = last_line(there[after or kept[0]][1], self._lines)
                yield self._insert(line + 1, entry(name, new, " " * column))

    def _entry(self, key: yaml.Node, value: yaml.Node, name: str, new: object) -> Iterator[Edit]:
        try:
            yield from list(self._node(value, new, key.start_mark.column))
        except _Whole:
            first, last = key.start_mark, last_line(value, self._lines)
            lines = entry(name, new, " " * first.column)
            # The key may stand behind the dash of a list: what is in front of it stays.
            words = self._end.join(lines)[first.column :]
            yield Edit(first.index, self._line_end(max(last, first.line)), words)

    def _node(self, node: yaml.Node, new: object, column: int) -> Iterator[Edit]:
        if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            yield from self.mapping(node, new)
        elif isinstance(node, yaml.SequenceNode) and isinstance(new, Sequence) and not isinstance(new, str) and new and node.value:
            yield from self._sequence(node, new)
        elif isinstance(node, yaml.ScalarNode) and not isinstance(new, (Mapping, list, tuple)):
            yield self._scalar(node, new, column)
        else:
            raise _Whole

    def _sequence(self, node: yaml.SequenceNode, new: Sequence[object]) -> Iterator[Edit]:
        if node.flow_style:
            yield Edit(node.start_mark.index, node.end_mark.index, self._flow(node, new))
            return
        items, indent = node.value, " " * node.start_mark.column
        apart = len(items) > 1 and not self._lines[items[1].start_mark.line - 1].strip()
        old, wanted = [_frozen(_value(each)) for each in items], [_frozen(each) for each in new]
        for kind, a, b, c, d in SequenceMatcher(None, old, wanted, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            pairs = min(b - a, d - c)
            for one, other in zip(items[a : a + pairs], new[c : c + pairs], strict=True):
                yield from self._item(one, other, indent)
            for one in items[a + pairs : b]:
                yield self._cut(one.start_mark.line, last_line(one, self._lines), gap=True)
            if d - c > pairs:
                before = items[a + pairs - 1] if a + pairs else None
                line = last_line(before, self._lines) + 1 if before else items[0].start_mark.line
                rows = [row for each in new[c + pairs : d] for row in ([""] if apart else []) + item(each, indent)]
                yield self._insert(line, rows)

    def _item(self, node: yaml.Node, new: object, indent: str) -> Iterator[Edit]:
        try:
            if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
                yield from list(self.mapping(node, new, in_list=True))
            else:
                yield from list(self._node(node, new, len(indent)))
        except _Whole:
            first = self._starts[node.start_mark.line]
            yield Edit(first, self._line_end(last_line(node, self._lines)), self._end.join(item(new, indent)))

    def _scalar(self, node: yaml.ScalarNode, new: object, column: int) -> Edit:
        if node.style in ("|", ">"):
            return self._block(node, new, column)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(new, str) and "\n" in new.strip():
            if start == end:
                raise _Whole
            line_end = self._line_end(last_line(node, self._lines))
            remark = self._text[end:line_end].rstrip()
            return Edit(start, line_end, self._end.join([f"|-{remark}", *_indented(new, " " * (column + 2))]))
        words = one_line(new, quoted=node.style in ('"', "'"))
        return Edit(start, end, words if start != end else f" {words}")

    def _block(self, node: yaml.ScalarNode, new: object, column: int) -> Edit:
        if not isinstance(new, str):
            raise _Whole
        first, last = node.start_mark.line, last_line(node, self._lines)
        head = re.match(r"[|>](?P<more>[-+]?)(?P<remark>[ \t]+#.*)?\s*$", self._text[node.start_mark.index : self._line_end(first)])
        if head is None:
            raise _Whole
        inside = [line for line in self._lines[first + 1 : last + 1] if line.strip()]
        indent = re.match(" *", inside[0])[0] if inside else " " * (column + 2)  # type: ignore[index]
        words = [f"|{head['more']}{head['remark'] or ''}", *_indented(new, indent)]
        return Edit(node.start_mark.index, self._line_end(last), self._end.join(words))

    def _flow(self, node: yaml.Node, new: object) -> str:
        """A value in brackets; its parts that stay are copied as they are written."""
        if same(_value(node), new):
            return self._text[node.start_mark.index : node.end_mark.index]
        if isinstance(node, yaml.SequenceNode) and isinstance(new, (list, tuple)):
            written = {_frozen(_value(each)): self._text[each.start_mark.index : each.end_mark.index] for each in node.value}
            return f"[{', '.join(written.get(_frozen(each)) or flow(each) for each in new)}]"
        if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            parts = {str(key_of(key)): value for key, value in node.value}
            said = {name: self._flow(parts[name], each) if name in parts else flow(each) for name, each in new.items() if each is not None}
            return "{" + ", ".join(f"{name}: {words}" for name, words in said.items()) + "}"
        return flow(new, quoted=getattr(node, "style", None) in ('"', "'"))

    def _insert(self, line: int, rows: Sequence[str]) -> Edit:
        at = self._starts[min(line, len(self._lines))]
        lead = self._end if at and not self._text[:at].endswith("\n") else ""
        return Edit(at, at, lead + "".join(f"{row}{self._end}" for row in rows))

    def _cut(self, first: int, last: int, gap: bool = False) -> Edit:
        """Whole lines; with `gap` the empty ones behind them too."""
        stop = last + 1
        while gap and stop < len(self._lines) and not self._lines[stop].strip():
            stop += 1
        return Edit(self._starts[first], self._starts[stop], "")

    def _line_end(self, line: int) -> int:
        return self._starts[line] + len(self._lines[line].rstrip("\r\n"))


def _indented(text: str, indent: str) -> list[str]:
    return [f"{indent}{line.rstrip()}" if line.strip() else "" for line in text.strip("\n").splitlines()]


def _frozen(value: object) -> object:
    if isinstance(value, Mapping):
        return frozenset((key, _frozen(each)) for key, each in value.items() if each not in (None, ""))
    if isinstance(value, (list, tuple)):
        return tuple(map(_frozen, value))
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines())
    return (type(value).__name__, value)
