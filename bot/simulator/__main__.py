"""`python -m bot.simulator`: the simulator on its own port, with the account that the environment describes."""

from __future__ import annotations

import asyncio
import signal
import socket

import structlog

from bot.ports import bound
from bot.settings import Settings
from bot.simulator.app import create_app, serving
from bot.simulator.config import SimulatorConfig

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, on loopback only: whoever reaches the simulator can be any parent."""
    app = create_app(SimulatorConfig.from_settings(settings))
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serving(app, listen(settings.simulator_port)) as platform:
        log.info("simulator.ready", phone=f"{platform.base_url}/sim/")
        await stopped.wait()
    log.info("simulator.stopped")


def listen(port: int) -> socket.socket:
    """A listening loopback socket; port 0 takes a free one."""
    return bound("127.0.0.1", port, "JIASHU_SIMULATOR_PORT")


def main() -> None:
    """Run the simulator."""
    asyncio.run(serve(Settings.from_environment()))


if __name__ == "__main__":
    main()
