"""`jiashu run`: everything up, in one terminal."""

from __future__ import annotations

import argparse
import errno
import tempfile
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say, say_if_possible
from bot.local import embedded_environment, real_environment
from bot.ports import bound
from bot.settings import Settings
from bot.supervisor import Process, Supervisor, python


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("run", help="train if needed, start everything, say where the phone is")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Returns when stopped by Ctrl-C."""
    settings = Settings.from_environment()
    environment = real_environment(settings) if settings.real_account else embedded_environment(settings)
    _check_ports(settings)
    _check_var(settings.var_path)
    prepare(settings.log_level)
    _ready_model(settings)
    return Supervisor(_processes(settings, environment), say_if_possible).run(lambda: _announce(settings))


def _ready_model(settings: Settings) -> None:
    from bot.model.current import read_current
    from bot.model.train import ensure_model

    published = read_current(settings.var_path)
    if published and (settings.var_path / "models" / published.model).is_file():
        # A restart must not let out what nobody has approved.
        say(f"model {published.model}, published on the desk; `jiashu train` takes the present files instead")
        return
    ensure_model(Path.cwd(), settings.var_path, say, settings.content_path)


def _processes(settings: Settings, environment: dict[str, str]) -> list[Process]:
    assistant = Process(
        "assistant", python("-m", "bot.cli", "assistant"), f"http://127.0.0.1:{settings.port}/health", environment
    )
    simulator = Process(
        "simulator",
        python("-m", "bot.cli", "simulator"),
        f"http://127.0.0.1:{settings.simulator_port}/sim/state",
        environment,
    )
    web = Process("web", python("-m", "bot.cli", "web"), f"http://127.0.0.1:{settings.web_port}/health", environment)
    clock = Process(
        "clock", python("-m", "bot.cli", "clock"), f"http://127.0.0.1:{settings.clock_port}/health", environment
    )
    ours = [assistant, web, clock]
    return ours if settings.real_account else [simulator, *ours]


def _check_ports(settings: Settings) -> None:
    ports = {"JIASHU_PORT": settings.port, "JIASHU_WEB_PORT": settings.web_port, "JIASHU_CLOCK_PORT": settings.clock_port}
    if not settings.real_account:
        ports["JIASHU_SIMULATOR_PORT"] = settings.simulator_port
    for name, port in ports.items():
        bound(settings.host if name in ("JIASHU_PORT", "JIASHU_WEB_PORT") else "127.0.0.1", port, name).close()


def _check_var(folder: Path) -> None:
    """Training takes minutes: what it makes must have a place before it begins."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise CommandError(f"nothing can be kept in the folder {folder} ({error.strerror}); give this user the right to, or set JIASHU_VAR") from None


def _announce(settings: Settings) -> None:
    callback = f"http://{settings.host}:{settings.port}/webhooks/wechat/webhook"
    if settings.real_account:
        pages = settings.public_url or f"port {settings.web_port}, links need JIASHU_PUBLIC_URL"
        account = f"account {settings.wechat_app_id}, {settings.wechat_account}"
        say_if_possible(f"家书 is up. Callback: {callback} ({account})   Pages: {pages}")
        return
    phone, pages = (f"http://127.0.0.1:{port}/" for port in (settings.simulator_port, settings.web_port))
    say_if_possible(f"家书 is up. The phone: {phone}   Lesson pages: {pages}   Staff's desk: {pages}desk/")
    say_if_possible(f"Callback: {callback}   Stop: Ctrl-C")
