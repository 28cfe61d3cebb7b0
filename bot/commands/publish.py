"""`jiashu publish run|answers`: the steps of a publishing, each in a process of its own; the desk starts them."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
from pathlib import Path

from bot import services
from bot.commands.failing import CommandError
from bot.commands.process import prepare, say

_TOLD_EVERY = 50


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("publish", help="the steps of a publishing (started by the desk); see docs/publishing.md")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    whole = steps.add_parser("run", help="carry out a run that was begun on the desk")
    whole.add_argument("number", type=int, metavar="N")
    whole.set_defaults(run=run)
    asking = steps.add_parser("answers", help="what a model answers to each of many questions")
    asking.add_argument("--model", required=True, metavar="NAME", help="a file under var/models")
    asking.add_argument("questions", type=Path, metavar="IN", help="a JSON list of texts")
    asking.add_argument("out", type=Path, metavar="OUT", help="takes a JSON list of answers")
    asking.set_defaults(run=answers)


def run(arguments: argparse.Namespace) -> int:
    """Carry out one run; how it ended stands in the database."""
    settings = services.settings()
    prepare(settings.log_level)
    from bot.publish import runs
    from bot.publish.pipeline import carry_out
    from bot.publish.tools import RealTools

    database = services.database()
    with database.session(readonly=True) as session:
        begun = runs.get(session, arguments.number)
    if begun is None or begun.state != runs.RUNNING:
        raise CommandError(f"there is no run {arguments.number} to carry out; begin one on the desk’s page 发布")
    carry_out(database, services.clock(), begun.id, RealTools(Path.cwd(), settings, database, services.clock(), begun))
    return 0


def answers(arguments: argparse.Namespace) -> int:
    """Ask each question as somebody of their own."""
    settings = services.settings()
    prepare("ERROR")
    questions = json.loads(arguments.questions.read_text(encoding="utf-8"))
    model = settings.var_path / "models" / arguments.model
    with tempfile.TemporaryDirectory() as folder:
        said = asyncio.run(_ask(model, questions, folder))
    arguments.out.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return 0


async def _ask(model: Path, questions: list[str], folder: str) -> list[str]:
    import numpy as np

    from bot.assistant.oneself import Questioner

    said: list[str] = []
    async with Questioner(model, folder) as questioner:
        for number, question in enumerate(questions):
            if number % _TOLD_EVERY == 0:
                say(f"{number} of {len(questions)}")
            # Rasa draws one of several wordings: both models must draw the same, or answers seem to change.
            random.seed(question)
            np.random.seed(0)
            said.append(await questioner.answer(question, f"replay-{number}"))
    return said
