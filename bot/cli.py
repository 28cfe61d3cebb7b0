"""`jiashu`: one command for everything that is done from a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.commands.failing import EXPECTED, in_one_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse and run; a failure that was foreseen ends in one line and exit code 2, never in a traceback."""
    parser = argparse.ArgumentParser(prog="jiashu", description="Jiashu 家书: answers parents on WeChat.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except EXPECTED as error:
        print(f"jiashu: {in_one_line(error)}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
