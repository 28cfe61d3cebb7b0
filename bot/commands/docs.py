"""`jiashu docs`: write the pages that are made from the code, or say which of them have fallen behind it."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot import handbook
from bot.commands.failing import CommandError
from bot.commands.process import say


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("docs", help="write the pages that are made from the code")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page has fallen behind")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Returns 1 when `--check` finds a page that differs."""
    behind = stale(Path.cwd())
    if arguments.check:
        for path in behind:
            say(f"{path.relative_to(Path.cwd())} has fallen behind the code; run `jiashu docs`")
        return 1 if behind else 0
    for path, text in behind.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        say(f"wrote {path.relative_to(Path.cwd())}")
    return 0


def stale(root: Path) -> dict[Path, str]:
    """The pages below `root` that differ from what the code says, with the text they should have."""
    try:
        made = handbook.pages(root, _parser())
    except handbook.HandbookError as error:
        raise CommandError(str(error)) from error
    return {path: text for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text}


def _parser() -> argparse.ArgumentParser:
    # Here and not above: the list of commands imports this module.
    from bot.commands import COMMANDS

    parser = argparse.ArgumentParser(prog="jiashu")
    commands = parser.add_subparsers()
    for command in COMMANDS:
        command.add_to(commands)
    return parser
