"""`jiashu run`: everything up, in one terminal."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path

from bot.commands.failing import CommandError
from bot.commands.process import prepare, say
from bot.local import embedded_environment, real_environment
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
    prepare(settings.log_level)
    from bot.model.train import ensure_model

    ensure_model(Path.cwd(), settings.var_path, say)
    return Supervisor(_processes(settings, environment), say).run(lambda: _announce(settings))


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
    return [assistant] if settings.real_account else [simulator, assistant]


def _check_ports(settings: Settings) -> None:
    ports = {"JIASHU_PORT": settings.port}
    if not settings.real_account:
        ports["JIASHU_SIMULATOR_PORT"] = settings.simulator_port
    for name, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host if name == "JIASHU_PORT" else "127.0.0.1", port))
            except OSError:
                raise CommandError(f"port {port} is taken; stop the program that has it, or set {name}") from None


def _announce(settings: Settings) -> None:
    callback = f"http://{settings.host}:{settings.port}/webhooks/wechat/webhook"
    if settings.real_account:
        say(f"家书 is up. Callback: {callback} (account {settings.wechat_app_id}, {settings.wechat_account})")
        return
    say(f"家书 is up. The phone: http://127.0.0.1:{settings.simulator_port}/   Callback: {callback}   Stop: Ctrl-C")
