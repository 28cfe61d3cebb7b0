"""Read one file of `content/` and remember on which line each value stands, so that every complaint can say file:line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<yaml>.*?)\r?\n---\r?\n?(?P<body>.*)\Z", re.DOTALL)
# libyaml where PyYAML was built with it: a library of 170 lessons is read in one second instead of eight.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentError(Exception):
    """A file of `content/` cannot be used: `path`, `line` (1-based) and what to do, in the editors' language."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Document:
    """One file: its values (`data`), the line of each value by path ("questions[3]"), and the text below the front matter."""

    path: Path
    data: Mapping[str, object]
    lines: Mapping[str, int]
    body: str = ""
    body_line: int = 1

    def line(self, where: str) -> int:
        """The line of a value; of its nearest known parent when it has none; else 1."""
        while where and where not in self.lines:
            where = re.sub(r"(?:\[\d+\]|\.[^.\[]+|^[^.\[]+)$", "", where)
        return self.lines.get(where, 1)


def read_markdown(path: Path) -> Document:
    """A Markdown file with YAML front matter between two lines of `---`."""
    match = _FRONT_MATTER.match(_text(path))
    if match is None:
        raise ContentError(path, 1, "开头少了用 --- 围起来的一段，照 content/TEMPLATE.md 补上")
    data, lines = _mapping(path, match["yaml"], first_line=2)
    body_line = match["yaml"].count("\n") + 4
    return Document(path, data, lines, match["body"].strip(), body_line)


def read_yaml(path: Path) -> Document:
    """A YAML file whose top level is a mapping."""
    data, lines = _mapping(path, _text(path), first_line=1)
    return Document(path, data, lines)


def read_list(path: Path, name: str) -> Document:
    """A YAML file whose top level is a list; `data` holds it under `name`, so that places are "name[0].key"."""
    data, lines = _parsed(path, _text(path), first_line=1)
    if not isinstance(data, list):
        raise ContentError(path, 1, "应当是一条一条、用“- ”开头的清单")
    return Document(path, {name: data}, {f"{name}{where}": line for where, line in lines.items()})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "文件不是 UTF-8 编码，请另存为 UTF-8") from error
    except OSError as error:
        raise ContentError(path, 1, f"打不开这个文件：{error.strerror}") from error


def _mapping(path: Path, text: str, first_line: int) -> tuple[Mapping[str, object], Mapping[str, int]]:
    data, lines = _parsed(path, text, first_line)
    if not isinstance(data, dict):
        raise ContentError(path, first_line, "应当是“名字: 内容”的样子，照模板改")
    return data, lines


def _parsed(path: Path, text: str, first_line: int) -> tuple[object, Mapping[str, int]]:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        lines = _lines(path, node, first_line) if node else {}
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + first_line
        raise ContentError(
            path, line, "这一行写法不对：有冒号、引号或缩进没对齐；句子里有冒号就整句加英文双引号"
        ) from error
    except yaml.YAMLError as error:
        raise ContentError(path, first_line, "里面有不能用的字符") from error
    return data, lines


def _lines(path: Path, root: yaml.Node, first_line: int) -> dict[str, int]:
    """The line of every value; each key once a mapping, each value once a file, each date a day of the calendar."""
    lines: dict[str, int] = {}
    seen: set[int] = set()

    def walk(node: yaml.Node, where: str) -> None:
        line = node.start_mark.line + first_line
        # A repeated node is an alias (*name): aliases within aliases would grow without end.
        if id(node) in seen:
            raise ContentError(path, line, "不要用 & 和 * 引用别处；句子以它们开头时整句加英文双引号")
        seen.add(id(node))
        lines.setdefault(where, line)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = f"{where}.{key.value}" if where else str(key.value)
                if inner in lines:
                    raise ContentError(path, key.start_mark.line + first_line, f"{key.value} 写了两遍，只留一个")
                lines[inner] = key.start_mark.line + first_line
                walk(value, inner)
        if isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, f"{where}[{index}]")
        if node.tag == "tag:yaml.org,2002:timestamp" and not _is_day(str(node.value)):
            raise ContentError(path, line, f"{node.value} 不是日历上的日子，写成 2026-11-21 这样")

    walk(root, "")
    return lines


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
