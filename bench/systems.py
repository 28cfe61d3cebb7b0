"""The two systems: how each is trained, started and spoken to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.process import BenchError, Server, run
from bot.evaluation.wire import free_port
from bot.simulator.config import (
    CALLBACK_PATH,
    SIMULATED_AES_KEY,
    SIMULATED_APP_ID,
    SIMULATED_SECRET,
    SIMULATED_TOKEN,
)


@dataclass(frozen=True)
class System:
    """A project folder, and the arguments to python with which it is trained and served."""

    name: str
    kind: str  # of the client's line: rest or wechat
    folder: Path
    environment: Mapping[str, str]
    train: tuple[str, ...]
    serve: tuple[str, ...]
    models: str
    port: int
    api_port: int
    entrance: str
    health: str

    async def trained(self) -> float:
        """Train, and return the seconds it took, imports and all."""
        return await run(self.train, self.folder, self.environment, self._log)

    @property
    def model_megabytes(self) -> float:
        """Size of the packed model.

        Raises:
            BenchError: there is none.
        """
        models = list((self.folder / self.models).glob("*.tar.gz"))
        if not models:
            raise BenchError(f"{self.name} has no model")
        return max(model.stat().st_size for model in models) / 1024 / 1024

    def server(self) -> Server:
        """Not started yet."""
        health = f"http://127.0.0.1:{self.port}{self.health}"
        return Server(self.serve, self.folder, self.environment, health, self._log)

    @property
    def url(self) -> str:
        """Where parents' messages go."""
        return f"http://127.0.0.1:{self.port}{self.entrance}"

    @property
    def _log(self) -> Path:
        return self.folder / "log.txt"


def stock(folder: Path) -> System:
    """Rasa with its own server; listens on loopback only."""
    port = free_port()
    return System(
        name="stock",
        kind="rest",
        folder=folder,
        environment={},
        train=("-m", "rasa", "train", "--fixed-model-name", "model", "--force"),
        serve=("-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port), "--log-file", "rasa.log"),
        models="models",
        port=port,
        api_port=0,
        entrance="/webhooks/rest/webhook",
        health="/",
    )


def ours(folder: Path, code: Path) -> System:
    """Jiashu's answering process: safe mode, SQLite, the platform's API on a port of the client."""
    port, api_port = free_port(), free_port()
    environment = {
        "PYTHONPATH": str(code),
        "WECHAT_APP_ID": SIMULATED_APP_ID,
        "WECHAT_APP_SECRET": SIMULATED_SECRET,
        "WECHAT_TOKEN": SIMULATED_TOKEN,
        "WECHAT_ENCODING_AES_KEY": SIMULATED_AES_KEY,
        "WECHAT_REFUSE_PLAIN": "true",
        "WECHAT_API_BASE": f"http://127.0.0.1:{api_port}",
        "JIASHU_DATABASE_URL": "sqlite:///var/jiashu.db",
        "JIASHU_SECRET_KEY": "k" * 32,
        "JIASHU_PORT": str(port),
        "JIASHU_LOG_LEVEL": "WARNING",
    }
    return System(
        name="jiashu",
        kind="wechat",
        folder=folder,
        environment=environment,
        train=("-m", "bot.cli", "train", "--again"),
        serve=("-m", "bot.cli", "assistant"),
        models="var/models",
        port=port,
        api_port=api_port,
        entrance=CALLBACK_PATH,
        health="/health",
    )
