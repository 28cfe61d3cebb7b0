"""One line of an evaluation set: what a parent writes, and what must stand in the reply. docs/evaluation.md says how to write one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

IN_SCOPE, CRISIS, NEAR_MISS, OFF_TOPIC, SMALL_TALK = "in_scope", "crisis", "near_miss", "off_topic", "small_talk"
KINDS = (IN_SCOPE, CRISIS, NEAR_MISS, OFF_TOPIC, SMALL_TALK)

Groups = tuple[tuple[re.Pattern[str], ...], ...]


class EvaluationError(Exception):
    """The evaluation cannot be done; the message says where (file:line) and what to do."""


@dataclass(frozen=True)
class Case:
    """A new follower's first message.

    `must`: each group holds alternatives for one fact, and one of each has to match; `must_not`: none may.
    A line without a `kind` is `in_scope`: the sets of lessons have none.
    """

    id: str
    kind: str
    area: str
    topic: str
    style: str
    text: str
    must: Groups
    must_not: tuple[re.Pattern[str], ...]


def read_cases(paths: Sequence[Path]) -> list[Case]:
    """The cases of all files, in order.

    Raises:
        EvaluationError: a file is missing, a line is not a case, or two cases have one id.
    """
    cases: dict[str, Case] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            case = read_case(line, f"{path}:{number}")
            if case.id in cases:
                raise EvaluationError(f"{path}:{number}: there is another case {case.id}; give this one an id of its own")
            cases[case.id] = case
    if not cases:
        raise EvaluationError("there is no case to try; name a .jsonl file")
    return list(cases.values())


def read_case(line: str, where: str) -> Case:
    """One JSON object.

    Raises:
        EvaluationError: beginning with `where`.
    """
    try:
        data = json.loads(line)
    except ValueError as error:
        raise EvaluationError(f"{where}: this line is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise EvaluationError(f"{where}: a case is a JSON object")
    kind = data.get("kind", IN_SCOPE)
    if kind not in KINDS:
        raise EvaluationError(f"{where}: kind is one of {', '.join(KINDS)}")
    must = data.get("must", [])
    if not isinstance(must, list):
        raise EvaluationError(f"{where}: must is a list of groups, each a list of regular expressions")
    return Case(
        kind=kind,
        must=tuple(_patterns(group, where, "must") for group in must),
        must_not=_patterns(data.get("must_not", []), where, "must_not"),
        **{key: _text(data, key, where) for key in ("id", "area", "topic", "style", "text")},
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise EvaluationError(f"{path}: the file is not UTF-8") from None
    except OSError as error:
        raise EvaluationError(f"{path}: {error.strerror}") from None


def _text(data: dict[str, object], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise EvaluationError(f"{where}: {key} is missing or no text")
    return value


def _patterns(value: object, where: str, key: str) -> tuple[re.Pattern[str], ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise EvaluationError(f"{where}: {key} holds lists of regular expressions")
    try:
        return tuple(re.compile(each) for each in value)
    except re.error as error:
        raise EvaluationError(f"{where}: a regular expression of {key} is wrong: {error}") from None
