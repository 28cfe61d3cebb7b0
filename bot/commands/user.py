"""`jiashu user`: accounts of the staff's desk."""

from __future__ import annotations

import argparse
import getpass
import sys

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say
from bot.settings import Settings

ROLES = ("editor", "reviewer", "counsellor", "admin")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("user", help="accounts of the staff's desk")
    whats = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = whats.add_parser("add", help="make an account")
    add.add_argument("name", help="what they type to sign in: 2 to 30 letters, digits or Chinese characters")
    add.add_argument("--role", choices=ROLES, required=True)
    whats.add_parser("list", help="everybody with an account")
    for what, sentence in (
        ("disable", "close an account and end its sessions"),
        ("enable", "open a closed account again"),
        ("password", "set another password, switch one-time codes off and end its sessions"),
    ):
        whats.add_parser(what, help=sentence).add_argument("name")
    for what in ("add", "password"):
        whats.choices[what].add_argument("--generate", action="store_true", help="make a password and show it once")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """A password is asked for, or read from standard input when that is no terminal; it is never an argument."""
    settings = Settings.from_environment()
    prepare(settings.log_level)
    from bot import services
    from bot.desk import accounts, audit, sessions

    database, now = services.database(), services.clock().now()
    database.upgrade()
    if arguments.what == "list":
        return _show_all()
    password = _password(arguments) if arguments.what in ("add", "password") else ""
    try:
        with database.session() as session:
            if arguments.what == "add":
                user = accounts.add(session, arguments.name, arguments.role, password, now)
            elif arguments.what == "password":
                user = accounts.set_password(session, arguments.name, password)
                accounts.set_totp(session, user.id, None)
            else:
                user = accounts.set_disabled(session, arguments.name, arguments.what == "disable", now)
            sessions.close_all(session, user.id)
            audit.note(session, now, None, "jiashu user", arguments.what, user.name)
    except accounts.AccountError as error:
        raise CommandError(str(error)) from error
    say(_done(arguments.what, user.name, password if getattr(arguments, "generate", False) else ""))
    return 0


def _show_all() -> int:
    from bot import services
    from bot.desk import accounts

    with services.database().session(readonly=True) as session:
        people = accounts.everyone(session)
    for user in people:
        say(
            f"{user.name}\t{user.role}\t{'disabled' if user.disabled else 'open'}{', one-time codes' if user.totp else ''}"
        )
    if not people:
        say("nobody yet; make the first account with: jiashu user add NAME --role admin")
    return 0


def _password(arguments: argparse.Namespace) -> str:
    from bot.desk.accounts import generated_password

    if arguments.generate:
        return generated_password()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass("Password: ")
    if typed != getpass.getpass("Once more: "):
        raise CommandError("the two passwords differ; nothing was changed")
    return typed


def _done(what: str, name: str, password: str) -> str:
    sentence = {
        "add": "has an account",
        "password": "has another password and is signed out everywhere",
        "disable": "cannot sign in any more",
        "enable": "can sign in again",
    }[what]
    shown = f"\npassword (shown this once): {password}" if password else ""
    return f"{name} {sentence}{shown}"
