"""`jiashu simulator`: WeChat, simulated; `jiashu run` starts it when no account is configured."""

from __future__ import annotations

import argparse
import asyncio

from bot.commands.process import prepare
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("simulator", help="the simulated WeChat alone (started by run)")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Serve the phone and the platform API until stopped."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot.simulator.__main__ import serve

    asyncio.run(serve(settings))
    return 0
