"""`jiashu tryout`: a draft on a private phone; the desk starts it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bot.commands.process import prepare
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("tryout", help="a draft on a private phone (started by the desk); see docs/tryout.md")
    parser.add_argument("--learn", action="store_true", help="train first")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Keep the try-out of the working directory, which is deleted at the end."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot.tryout.keeper import keep
    from bot.tryout.place import Ports

    ports = Ports(settings.simulator_port, settings.port, settings.clock_port)
    return keep(Path.cwd(), ports, arguments.learn, os.environ)
