"""`jiashu scrub`: take personal data out of lines of text; `--evaluate FILE` measures how well."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.failing import CommandError

if TYPE_CHECKING:
    from bot.privacy import Scrubbed


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("scrub", help="anonymise lines of standard input as JSON lines; see docs/privacy.md")
    parser.add_argument(
        "--conversation", action="store_true", help="the lines are one conversation: placeholders hold for all"
    )
    parser.add_argument("--evaluate", nargs="+", type=Path, metavar="FILE", help="measure on sets of cases instead")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Scrub every line, or measure; 1 when a line could not be anonymised or read."""
    if arguments.evaluate:
        return _evaluate(arguments.evaluate)
    from bot.privacy import PlaceholderBook, Scrubber, ScrubError

    book = PlaceholderBook() if arguments.conversation else None
    scrubber = Scrubber()
    failed = 0
    for number, line in _lines():
        try:
            answer = as_json(scrubber.scrub(line.decode("utf-8"), book))
        except (UnicodeDecodeError, ScrubError) as error:
            failed += 1
            answer = {"text": "", "spans": [], "error": _complaint(error)}
            print(f"jiashu scrub: line {number}: {answer['error']}", file=sys.stderr)
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 1 if failed else 0


def as_json(scrubbed: Scrubbed) -> dict[str, object]:
    """The contract: text with placeholders, spans as places in the characters of the line."""
    spans = [{"start": span.start, "end": span.end, "type": span.kind.value} for span in scrubbed.spans]
    return {"text": scrubbed.text, "spans": spans}


def _lines() -> Iterator[tuple[int, bytes]]:
    """Bytes, not text: one broken line must not end the run. Only \\n ends a line, so places are those of the sender."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        yield number, line.removesuffix(b"\n").removesuffix(b"\r")


def _complaint(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start}; the line was withheld, convert it and send it again"
    return f"{error}; the line was withheld"


def _evaluate(files: list[Path]) -> int:
    from bot.privacy import Scrubber
    from bot.privacy.evaluation import EvaluationError, measured, read_cases, report

    try:
        cases = read_cases(files)
    except EvaluationError as error:
        raise CommandError(str(error)) from error
    for line in report(measured(cases, Scrubber())):
        print(line)
    return 0
