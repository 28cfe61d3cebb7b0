"""`jiashu evaluate [FILE …]`: how good the answers are, measured over the wire."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say
from bot.evaluation.cases import Case, EvaluationError, read_cases
from bot.evaluation.report import Report, as_json, as_markdown, as_table, make_report
from bot.evaluation.trial import Result
from bot.settings import Settings
from bot.simulator.config import Mode

SETS = Path("tests/evaluation")
_TOLD_EVERY = 100


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("evaluate", help="measure the answers over the simulated wire; see docs/evaluation.md")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=f"sets of cases (default: {SETS}/*.jsonl)")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], default=Mode.SAFE.value, help="of the callback")
    parser.add_argument("--at-once", type=_positive, default=40, metavar="N", help="parents who write at a time")
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write a Markdown page")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rates and failures as JSON")
    parser.add_argument("--model", default="", metavar="NAME", help="a file under var/models (default: that of the present files)")
    parser.add_argument("--goals", action="store_true", help="exit with 1 when a goal is missed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train if needed, try every case, print the rates; 1 with `--goals` when one is below its goal."""
    settings = Settings.from_environment()
    prepare("ERROR")
    files: list[Path] = arguments.files or sorted(SETS.glob("*.jsonl"))
    try:
        cases = read_cases(files)
        results = asyncio.run(_try(cases, settings, Mode(arguments.mode), arguments.at_once, arguments.model))
    except EvaluationError as error:
        raise CommandError(str(error)) from error
    report = make_report(results)
    for line in as_table(report):
        say(line)
    _write(report, files, arguments.report, arguments.json)
    return 1 if arguments.goals and report.missed else 0


async def _try(cases: Sequence[Case], settings: Settings, mode: Mode, at_once: int, model: str) -> list[Result]:
    from bot.content.library import load_library
    from bot.evaluation.judge import Judge
    from bot.evaluation.trial import try_cases
    from bot.evaluation.wire import answering
    from bot.model.train import ensure_model

    if not model:
        await asyncio.to_thread(ensure_model, Path.cwd(), settings.var_path, say, settings.content_path)
    judge = Judge(load_library(settings.content_path))
    done: list[Result] = []

    def tell(result: Result) -> None:
        done.append(result)
        if len(done) % _TOLD_EVERY == 0:
            say(f"  … {len(done)} of {len(cases)}")

    async with answering(settings, mode, model) as wechat:
        return await try_cases(cases, wechat, judge, at_once, tell)


def _write(report: Report, files: Sequence[Path], page: Path | None, data: Path | None) -> None:
    if page:
        page.write_text(as_markdown(report, [file.as_posix() for file in files]), encoding="utf-8")
        say(f"wrote {page}")
    if data:
        data.write_text(json.dumps(as_json(report), ensure_ascii=False, indent=1), encoding="utf-8")
        say(f"wrote {data}")


def _positive(value: str) -> int:
    number = int(value)
    if number <= 0:
        raise argparse.ArgumentTypeError("use a whole number above 0")
    return number
