"""`jiashu assistant`: the process that answers; `jiashu run` starts it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import structlog

from bot import services
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

    published = _published(settings)
    # Read first: a broken lesson is a better thing to be told than that no model fits it.
    services.library()
    model = published or model_path(Path.cwd(), settings.var_path, settings.content_path)
    if not model.exists():
        raise CommandError("there is no trained model for the present content; run `jiashu train` (or `make run`)")
    if published is None:
        _keep_installed(settings, model.name)
    serve(model, settings.content)
    return 0


def _published(settings: Settings) -> Path | None:
    """What was published on the desk, rather than what the files have become since; this process then reads its copy of the content."""
    from bot.model.current import content_of, read_current

    current = read_current(settings.var_path)
    if current is None or not (settings.var_path / "models" / current.model).is_file():
        return None
    os.environ["JIASHU_CONTENT"] = content_of(settings.var_path, current, settings.content)
    return settings.var_path / "models" / current.model


def _keep_installed(settings: Settings, model: str) -> None:
    """What the desk goes back to when the first publishing is taken back. Without a copy it can go back to the model alone."""
    from bot.model.recipe import fingerprint
    from bot.publish.tree import keep_installed

    try:
        keep_installed(Path.cwd(), settings.content_path, settings.var_path, model, lambda *of: f"{fingerprint(*of)}.tar.gz")
    except OSError as error:
        structlog.get_logger(__name__).warning("publish.no_copy", error=type(error).__name__)
