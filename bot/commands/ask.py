"""`jiashu ask "…"`: one question, one look, in the terminal: what was understood and what a stranger would get."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from bot.commands.process import prepare, say
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("ask", help="ask one question in the terminal")
    parser.add_argument("question", help="as a parent would type it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train if needed, ask, print."""
    prepare("ERROR")
    settings = Settings.from_environment()
    from bot.model.train import ensure_model

    model = ensure_model(Path.cwd(), settings.var_path, lambda line: None, settings.content_path)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_ask(model, arguments.question, folder))
    return 0


async def _ask(model: Path, question: str, folder: str) -> None:
    from bot.assistant.oneself import Questioner

    async with Questioner(model, folder) as questioner:
        heard = await questioner.understood(question)
        say(f"intent   {heard.intent} ({heard.confidence:.2f})")
        for slug, confidence in heard.lessons[:3]:
            say(f"lesson   {slug} ({confidence:.2f})")
        if heard.danger:
            say(f"danger   {heard.danger}")
        say("")
        say(await questioner.answer(question))
