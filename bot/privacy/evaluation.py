"""How much of what should go does go, and of what goes should: recall and precision by character overlap."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.privacy.scrubber import Scrubber
from bot.privacy.spans import Kind, Span

_NAMES = {Kind.PERSON, Kind.NICKNAME}


class EvaluationError(Exception):
    """A set cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Case:
    """A text and what has to go from it."""

    id: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Miss:
    """A place where expectation and result differ; `kind` is what was expected (missed) or found (too much)."""

    case: Case
    kind: Kind
    quoted: str
    missed: bool


@dataclass
class Measured:
    """Characters by type. `expected`, `caught` (of the expected, whatever type was given), `found`, `right` (of the found)."""

    texts: int = 0
    untouched: int = 0
    empty: int = 0
    expected: Counter[Kind] = field(default_factory=Counter)
    caught: Counter[Kind] = field(default_factory=Counter)
    typed: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def read_cases(files: Iterable[Path]) -> list[Case]:
    """The cases of JSON-lines files: `{"id", "text", "spans": [{"start", "end", "type"}]}`.

    Raises:
        EvaluationError: a line is no case, or there is none.
    """
    cases = [case for file in files for case in _read(file)]
    if not cases:
        raise EvaluationError("there is no case; name a .jsonl file")
    return cases


def measured(cases: Iterable[Case], scrubber: Scrubber) -> Measured:
    """Scrub each text by itself and compare."""
    sums = Measured()
    for case in cases:
        _add(sums, case, scrubber.scrub(case.text).spans)
    return sums


def report(sums: Measured) -> list[str]:
    """The table by type, the rates as a whole, then every difference."""
    lines = [f"{sums.texts} texts; {sums.empty} with nothing to hide, of these {sums.untouched} left untouched", ""]
    lines.append(f"{'type':<14}{'chars':>6}{'recall':>8}{'as type':>9}{'found':>7}{'precision':>11}")
    for kind in Kind:
        if sums.expected[kind] or sums.found[kind]:
            lines.append(_row(kind.value, sums, {kind}))
    lines += [_row("names", sums, _NAMES), _row("all", sums, set(Kind)), ""]
    return lines + [_shown(miss) for miss in sums.misses]


def _row(title: str, sums: Measured, kinds: set[Kind]) -> str:
    expected, caught, typed, found, right = (
        sum(counter[kind] for kind in kinds)
        for counter in (sums.expected, sums.caught, sums.typed, sums.found, sums.right)
    )
    rates = f"{_rate(caught, expected):>8}{_rate(typed, expected):>9}{found:>7}{_rate(right, found):>11}"
    return f"{title:<14}{expected:>6}{rates}"


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _shown(miss: Miss) -> str:
    return f"{'missed' if miss.missed else 'too much':<9}{miss.kind.value:<14}{miss.quoted!r}  in {miss.case.id}: {miss.case.text}"


def _add(sums: Measured, case: Case, found: Sequence[Span]) -> None:
    sums.texts += 1
    sums.empty += not case.spans
    sums.untouched += not case.spans and not found
    given = _by_place(found)
    wanted = _by_place(case.spans)
    for place, kind in wanted.items():
        sums.expected[kind] += 1
        sums.caught[kind] += place in given
        sums.typed[kind] += given.get(place) is kind
    for place, kind in given.items():
        sums.found[kind] += 1
        sums.right[kind] += place in wanted
    sums.misses += _differences(case, case.spans, given, True)
    sums.misses += _differences(case, found, wanted, False)


def _by_place(spans: Iterable[Span]) -> dict[int, Kind]:
    return {place: span.kind for span in spans for place in range(span.start, span.end)}


def _differences(case: Case, spans: Iterable[Span], other: dict[int, Kind], missed: bool) -> Iterator[Miss]:
    for span in spans:
        quoted = "".join(case.text[place] for place in range(span.start, span.end) if place not in other)
        if quoted:
            yield Miss(case, span.kind, quoted, missed)


def _read(file: Path) -> Iterator[Case]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _case(line, f"{file}:{number}")


def _case(line: str, where: str) -> Case:
    try:
        data: Any = json.loads(line)
        spans = tuple(Span(each["start"], each["end"], Kind(each["type"])) for each in data["spans"])
        case = Case(str(data["id"]), data["text"], spans)
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f'{where}: not a case {{"id", "text", "spans": [{{"start", "end", "type"}}]}} ({error})'
        ) from error
    if not all(0 <= span.start < span.end <= len(case.text) for span in spans):
        raise EvaluationError(f"{where}: a span lies outside of the text")
    return case
