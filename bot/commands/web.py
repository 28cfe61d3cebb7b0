"""`jiashu web`: the lesson pages and the staff's desk; `jiashu run` starts it."""

from __future__ import annotations

import argparse

from bot.commands.process import prepare
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("web", help="the lesson pages and the desk alone (started by run)")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Serve pages until stopped."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot.web import serve

    serve()
    return 0
