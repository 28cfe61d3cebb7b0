"""`jiashu clock`: plan campaigns and send what is due."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.process import in_loop, prepare
from bot.model.current import content_of, read_current
from bot.ports import bound
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.reminders.compose import Composer


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("clock", help="plan and send reminders (started by run); several may run, one leads")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Until stopped by a signal."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    # A taken port is told at once and by its name, not when the database has been brought up to date.
    bound("127.0.0.1", settings.clock_port, "JIASHU_CLOCK_PORT").close()
    in_loop(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    from bot import services
    from bot.publish.following import Follower
    from bot.reminders.engine import Engine
    from bot.reminders.leader import Leader
    from bot.reminders.people import People
    from bot.reminders.service import ClockService
    from bot.wechat.gateway import WeChatGateway

    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    database, clock = services.database(), services.clock()
    await asyncio.get_running_loop().run_in_executor(None, database.upgrade)
    gateway = WeChatGateway(settings, database, clock)
    owner = secrets.token_hex(8)

    def renew() -> None:
        engine.renew(*_content(settings))

    # Made before the first reading: a choice in between is followed too.
    follower = Follower(settings.var_path, renew)
    engine = Engine(database, clock, gateway, People(clock.now), *_content(settings), owner)
    following = asyncio.create_task(follower.follow(), name="follow")
    try:
        await ClockService(engine, Leader(database, owner)).run(settings.clock_port, stopped)
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        await gateway.close()
        database.close()


def _content(settings: Settings) -> tuple[Composer, Path]:
    """Words and folder of what was published, or of the settings where nothing was: parents hear of nothing that nobody let out.

    Raises:
        ContentError: a content file is broken (file:line).
    """
    from bot.content.library import load_library
    from bot.content.tables.shelf import load_shelf
    from bot.reminders.compose import Composer

    current = read_current(settings.var_path)
    folder = Path(content_of(settings.var_path, current, settings.content)) if current else settings.content_path
    return Composer(load_library(folder), load_shelf(folder), settings.public_url), folder
