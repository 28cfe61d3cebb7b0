"""The real assistant as a process of its own, answering the simulated WeChat in this one: what is measured is the whole way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.clock import ShiftedClock
from bot.evaluation.cases import EvaluationError
from bot.model.current import Current, choose
from bot.ports import free_port as free_port  # told on: who runs an assistant needs one
from bot.settings import SETTINGS, Settings
from bot.simulator.config import (
    CALLBACK_PATH,
    SIMULATED_AES_KEY,
    SIMULATED_APP_ID,
    SIMULATED_SECRET,
    SIMULATED_TOKEN,
    Mode,
    SimulatorConfig,
)
from bot.simulator.driver import SimulatedWeChat

# Loading a model takes some seconds, on a machine that does much else two minutes; one that cannot start ends at once.
START_WITHIN = 300.0
# Longer than the channel waits between a passive reply and the message that follows it (Timing.follow_up, 0.4 s).
SETTLE = 0.9
# A queue of cases on a slow machine must not look like silence.
PATIENCE = 60.0


class Assistant:
    """`jiashu assistant` as a child process with an environment of its own.

    Args:
        environment: settings that differ from their defaults; nothing is taken from this process's own settings.
        log: file that takes what the process writes.
        place: the project's folder it works in; that of this process unless told.
    """

    def __init__(self, environment: Mapping[str, str], log: Path, place: Path | None = None) -> None:
        self.port = free_port()
        self._log = log
        self._place = place
        others = {name: value for name, value in os.environ.items() if name not in {each.name for each in SETTINGS}}
        self._environment = {**others, **environment, "JIASHU_PORT": str(self.port)}
        self._process: asyncio.subprocess.Process | None = None

    @property
    def callback(self) -> str:
        """Where WeChat posts to."""
        return f"http://127.0.0.1:{self.port}{CALLBACK_PATH}"

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None, "it was not started"
        return self._process.pid

    def words(self) -> str:
        """All it has written."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def start(self) -> None:
        """Start, and return when it can answer.

        Raises:
            EvaluationError: it ended, or does not answer; with its last line.
        """
        with self._log.open("ab") as log:
            command = (sys.executable, "-m", "bot.cli", "assistant")
            self._process = await asyncio.create_subprocess_exec(
                *command, env=self._environment, stdout=log, stderr=log, cwd=self._place
            )
        ends = asyncio.get_running_loop().time() + START_WITHIN
        while not await self._is_well():
            if self._process.returncode is not None or asyncio.get_running_loop().time() > ends:
                await self.stop()
                last = (self.words().strip().splitlines() or ["it said nothing"])[-1]
                raise EvaluationError(f"the assistant did not start: {last}")
            await asyncio.sleep(0.2)

    def tell(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def stop(self, number: int = signal.SIGTERM) -> int:
        """End it (SIGKILL: as the machine would) and return its exit code."""
        assert self._process is not None, "it was not started"
        self.tell(number)
        return await self._process.wait()

    async def _is_well(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/health"
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
                async with http.get(address) as response:
                    return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False


def simulated_account(wechat: SimulatedWeChat, folder: Path) -> dict[str, str]:
    """The environment of an assistant that answers `wechat` and keeps everything in `folder`."""
    return {
        "WECHAT_APP_ID": SIMULATED_APP_ID,
        "WECHAT_APP_SECRET": SIMULATED_SECRET,
        "WECHAT_TOKEN": SIMULATED_TOKEN,
        "WECHAT_ENCODING_AES_KEY": SIMULATED_AES_KEY,
        "WECHAT_API_BASE": wechat.url,
        "JIASHU_DATABASE_URL": f"sqlite:///{folder}/jiashu.db",
        "JIASHU_SECRET_KEY": "k" * 32,
        "JIASHU_VAR": str(folder),
        "JIASHU_LOG_LEVEL": "WARNING",
    }


def lend_models(var: Path, folder: Path) -> None:
    """Let an assistant whose var is `folder` find the trained models of `var`."""
    (folder / "models").symlink_to((var / "models").resolve())


@asynccontextmanager
async def answering(settings: Settings, mode: Mode = Mode.SAFE, model: str = "") -> AsyncIterator[SimulatedWeChat]:
    """WeChat with the assistant behind it; database and clock are thrown away at the end.

    `model`: the name of a file under var/models; that of the present files unless told.

    Raises:
        EvaluationError: the assistant does not start.
    """
    with tempfile.TemporaryDirectory(prefix="jiashu-") as name:
        folder = Path(name)
        lend_models(settings.var_path, folder)
        if model:
            choose(folder, Current(model, 0))
        config = SimulatorConfig(mode=mode, clock=ShiftedClock())
        async with SimulatedWeChat(config=config, settle=SETTLE, patience=PATIENCE) as wechat:
            environment = {**simulated_account(wechat, folder), "JIASHU_CONTENT": str(settings.content_path)}
            assistant = Assistant(environment, folder / "assistant.log")
            await assistant.start()
            wechat.callback = assistant.callback
            try:
                yield wechat
            finally:
                await assistant.stop()
