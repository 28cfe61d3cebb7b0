"""`jiashu train`: make the model for the present content, if it is not there."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.process import prepare, say
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("train", help="train the model for the present content")
    parser.add_argument("--again", action="store_true", help="train even if the model is there")
    parser.add_argument("--aside", action="store_true", help="what was published on the desk goes on answering after a restart")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train; the model lies under var/models, named after what it is made of."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot.model.current import take_back
    from bot.model.recipe import model_path
    from bot.model.train import ensure_model, train

    root, content = Path.cwd(), settings.content_path
    if arguments.again:
        train(model_path(root, settings.var_path, content), say)
    else:
        ensure_model(root, settings.var_path, say, content)
    if not arguments.aside:
        take_back(settings.var_path)
    return 0
