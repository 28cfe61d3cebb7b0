"""`jiashu library`: count what is published against what the library must hold at least."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.calendar.vacations import PROVINCES
from bot.commands.process import say
from bot.content.catalogue import Stock, counted
from bot.content.comics import load_comics
from bot.content.library import load_library
from bot.content.quizzes import load_quizzes
from bot.content.tables.shelf import load_shelf
from bot.content.vacations import read_vacations
from bot.reminders.campaigns import load_campaigns
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("library", help="count lessons, quizzes, comics and tables against what must be there")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each promise; 1 when one is not kept, else 0.

    Raises:
        ContentError: a file of `content/` is broken.
    """
    lines = list(counted(stock(Settings.from_environment().content_path)))
    for line in lines:
        say(f"{'  ' if line.kept else '少'} {line.have:>5} / {line.least:<4} {line.title}")
    missing = sum(not line.kept for line in lines)
    say(f"{len(lines)} 项，{missing} 项还不够。" if missing else f"{len(lines)} 项都够。")
    return 1 if missing else 0


def stock(content: Path) -> Stock:
    """Everything published below `content`."""
    library = load_library(content)
    vacations = read_vacations(content / "calendar/vacations.yml")
    told = {province for rule in vacations.rules for province in rule.provinces} | {each.province for each in vacations.known}
    return Stock(
        library,
        load_quizzes(content, library.lessons),
        load_comics(content, library.lessons),
        load_shelf(content),
        told & set(PROVINCES),
        [campaign.slug for campaign in load_campaigns(content / "campaigns").all],
    )
