"""On which lines of a YAML file each field stands, counted from 0."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

# The line breaks of YAML 1.1, which is what PyYAML counts by.
_LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+\\Z")


@dataclass(frozen=True)
class Entry:
    """A field at the top of a file: its value, and its first and last line."""

    key: str
    node: yaml.Node
    first: int
    last: int


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; joined they are the text."""
    return _LINE.findall(text)


def entries(text: str) -> list[Entry]:
    """The fields of a mapping, in their order."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = lines_of(text)
    if not isinstance(root, yaml.MappingNode):
        return []
    return [
        Entry(str(key.value), node, key.start_mark.line, max(key.start_mark.line, last_line(node, lines)))
        for key, node in root.value
    ]


def last_line(node: yaml.Node, lines: list[str]) -> int:
    """The last line on which something of `node` stands; what PyYAML says includes the comments that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        children = [each for item in node.value for each in (item if isinstance(item, tuple) else (item,))]
        return max((last_line(child, lines) for child in children), default=node.start_mark.line)
    last: int = node.end_mark.line
    if node.end_mark.column == 0 and last > node.start_mark.line:
        last -= 1
    while last > node.start_mark.line and not lines[last].strip():
        last -= 1
    return last
