"""`jiashu check [PATH …]`: look through `content/` for what would hurt parents or confuse the assistant."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.process import say
from bot.content.documents import ContentError
from bot.content.lint.run import Report, check
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="check lessons, safety scripts and word lists; rules: docs/lint/")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="show only findings in these files or folders"
    )
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings and one line with counts; 1 with errors (with --strict: with any finding), else 0."""
    content = Settings.from_environment().content_path
    for path in arguments.paths:
        if content.resolve() not in (path.resolve(), *path.resolve().parents) or not path.exists():
            raise ContentError(path, 1, f"{content} 里没有这个文件或文件夹")
    report = check(content).only(arguments.paths)
    show(report)
    return 1 if report.errors or (arguments.strict and report.warnings) else 0


def show(report: Report) -> None:
    """Errors first: they are what must be mended."""
    for finding in report.warnings:
        say(f"{finding.path}:{finding.line}: {finding.code} 提醒：{finding.message}")
    for finding in report.errors:
        say(str(finding))
    say(
        f"看了 {report.lessons} 课、{report.scripts} 份急救文案、{report.questions} 个问题："
        f"{len(report.errors)} 处要改，{len(report.warnings)} 处提醒。每条规则的说明在 docs/lint/。"
    )
