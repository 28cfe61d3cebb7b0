"""What the simulated account is: its credentials, its rights, and how fast WeChat loses patience."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bot.clock import Clock, SystemClock, TurnedClock
from bot.settings import Settings

# Used when no account is configured. They guard nothing: the simulator and the assistant then both listen on loopback.
SIMULATED_APP_ID = "wx51a0000000000000"
SIMULATED_SECRET = "simulated-app-secret-not-a-secret"
SIMULATED_TOKEN = "simulatedtoken"
SIMULATED_AES_KEY = "c2ltdWxhdGVkQWVzS2V5Rm9yTG9jYWxUcmlhbHMwMDA"

CLOCK_FILE = "clock.json"
CALLBACK_PATH = "/webhooks/wechat/webhook"


class Mode(str, Enum):
    """How callbacks are wrapped: 明文模式, 兼容模式, 安全模式."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class Account(str, Enum):
    """Kind of account: 服务号 or 订阅号."""

    SERVICE = "service"
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True)
class SimulatorConfig:
    """One simulated account.

    `gap` is both the seconds until WeChat closes a connection and the seconds between two tries: it closes at 5 s and
    sends again at once. `refuse_escapes` answers 40033 to bodies with \\uXXXX escapes, as some of WeChat's calls do.
    """

    appid: str = SIMULATED_APP_ID
    secret: str = SIMULATED_SECRET
    token: str = SIMULATED_TOKEN
    aes_key: str = SIMULATED_AES_KEY
    callback: str = ""
    mode: Mode = Mode.SAFE
    account: Account = Account.SERVICE
    verified: bool = True
    tries: int = 3
    gap: float = 5.0
    refuse_escapes: bool = False
    original_id: str = "gh_51a000000000"
    name: str = "家书"
    content: Path | None = None
    clock: Clock = field(default_factory=SystemClock)

    @classmethod
    def from_settings(cls, settings: Settings) -> SimulatorConfig:
        """The account that `settings` describe; what they leave empty is filled with the simulated credentials."""
        return cls(
            appid=settings.wechat_app_id or SIMULATED_APP_ID,
            secret=settings.wechat_app_secret or SIMULATED_SECRET,
            token=settings.wechat_token or SIMULATED_TOKEN,
            aes_key=settings.wechat_encoding_aes_key or SIMULATED_AES_KEY,
            callback=f"http://{_reachable(settings.host)}:{settings.port}{CALLBACK_PATH}",
            account=Account(settings.wechat_account),
            verified=settings.wechat_verified,
            content=settings.content_path,
            clock=TurnedClock(settings.var_path / CLOCK_FILE),
        )


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host
