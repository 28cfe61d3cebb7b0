"""How a new value is written in a YAML file of ours: short ones in brackets, long texts as blocks, quotes only where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

import yaml

_SHORT = re.compile(r"[\w-]{1,20}")
# Between brackets a comma or a bracket would end the value.
_ENDS_IN_BRACKETS = re.compile(r"[,\[\]{}]")


def key_of(node: yaml.Node) -> object:
    """What a key of a mapping says."""
    return yaml.SafeLoader("").construct_document(node)


def entry(key: str, value: object, indent: str) -> list[str]:
    """The lines of one field of a mapping."""
    name = one_line(key)
    if isinstance(value, Mapping) and not _is_short(value):
        return [f"{indent}{name}:", *(row for inner, each in value.items() if each is not None for row in entry(inner, each, f"{indent}  "))]
    if isinstance(value, (list, tuple)) and not _is_short(value):
        return [f"{indent}{name}:", *(row for each in value for row in item(each, f"{indent}  "))]
    if isinstance(value, str) and "\n" in value.strip():
        return [f"{indent}{name}: |-", *block(value, f"{indent}  ")]
    return [f"{indent}{name}: {flow(value) if isinstance(value, (Mapping, list, tuple)) else one_line(value)}"]


def item(value: object, indent: str) -> list[str]:
    """The lines of one entry of a list."""
    if isinstance(value, Mapping):
        rows = [row for key, each in value.items() if each is not None for row in entry(key, each, f"{indent}  ")]
        return [f"{indent}- {rows[0].lstrip()}", *rows[1:]] if rows else [f"{indent}- {{}}"]
    if isinstance(value, str) and "\n" in value.strip():
        return [f"{indent}- |-", *block(value, f"{indent}  ")]
    return [f"{indent}- {flow(value) if isinstance(value, (list, tuple)) else one_line(value)}"]


def block(text: str, indent: str) -> list[str]:
    """The lines below the sign of a block."""
    return [f"{indent}{line.rstrip()}" if line.strip() else "" for line in text.strip("\n").splitlines()]


def flow(value: object, quoted: bool = False) -> str:
    """A value between brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{one_line(key)}: {flow(each)}" for key, each in value.items() if each is not None) + "}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(flow, value))}]"
    return one_line(value, quoted or (isinstance(value, str) and bool(_ENDS_IN_BRACKETS.search(value))))


def one_line(value: object, quoted: bool = False) -> str:
    """A single value; in quotes where YAML would read it as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    text = value.strip()
    return json.dumps(text, ensure_ascii=False) if quoted or not _reads_back(text) else text


def _is_short(value: Mapping[str, object] | Sequence[object]) -> bool:
    """Whether it goes on one line, in brackets."""
    if isinstance(value, Mapping):
        return len(value) <= 6 and all(
            _is_short(each) if isinstance(each, (Mapping, list, tuple)) else not isinstance(each, str) or _is_word(each)
            for each in value.values()
        )
    return all(not isinstance(each, (Mapping, list, tuple)) and (not isinstance(each, str) or _is_word(each)) for each in value)


def _is_word(text: str) -> bool:
    return bool(_SHORT.fullmatch(text))


def _reads_back(text: str) -> bool:
    """Whether a text may stand without quotes: YAML reads it as that very text, as a value and as an entry of a list."""
    try:
        return bool(yaml.safe_load(f"k: {text}\n") == {"k": text} and yaml.safe_load(f"- {text}\n") == [text])
    except (yaml.YAMLError, ValueError):
        return False
