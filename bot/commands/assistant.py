"""`jiashu assistant`: the process that answers; `jiashu run` starts it."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import prepare
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("assistant", help="the answering process alone (started by run)")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Serve the callback until stopped."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot.assistant.server import serve
    from bot.model.recipe import model_path

    model = model_path(Path.cwd(), settings.var_path)
    if not model.exists():
        raise CommandError("there is no trained model for the present content; run `jiashu train` (or `make run`)")
    serve(model)
    return 0
