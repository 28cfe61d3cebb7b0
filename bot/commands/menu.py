"""`jiashu menu`: check the account's menu and push it to WeChat."""

from __future__ import annotations

import argparse

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say
from bot.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("menu", help="check or push the menu of content/menu.yml")
    parser.add_argument("what", choices=("check", "push"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """`check` reads the file against WeChat's limits; `push` also sends it."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot import services
    from bot.wechat.errors import SendError
    from bot.wechat.menu import MenuError, push_menu, read_menu
    from bot.wechat.wire import make_client

    path = settings.content_path / "menu.yml"
    try:
        if arguments.what == "check":
            say(f"{path} keeps WeChat's limits ({len(read_menu(path))} buttons)")
            return 0
        services.database().upgrade()
        push_menu(make_client(settings, services.database(), services.clock()), path)
    except (MenuError, SendError) as error:
        raise CommandError(str(error)) from error
    say("the menu is pushed; phones show it within five minutes")
    return 0
