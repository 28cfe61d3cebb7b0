"""The environment of the child processes: a simulated account with a local secret key, or a real one that is complete."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.settings import Settings, SettingsError
from bot.simulator.config import SIMULATED_AES_KEY, SIMULATED_APP_ID, SIMULATED_SECRET, SIMULATED_TOKEN

_NEEDED = ("WECHAT_APP_SECRET", "WECHAT_TOKEN", "JIASHU_SECRET_KEY")


def embedded_environment(settings: Settings) -> dict[str, str]:
    """What the assistant needs to talk to the simulator; the secret key is made once and kept under var/."""
    return {
        "WECHAT_APP_ID": SIMULATED_APP_ID,
        "WECHAT_APP_SECRET": SIMULATED_SECRET,
        "WECHAT_TOKEN": settings.wechat_token or SIMULATED_TOKEN,
        "WECHAT_ENCODING_AES_KEY": settings.wechat_encoding_aes_key or SIMULATED_AES_KEY,
        "WECHAT_API_BASE": f"http://127.0.0.1:{settings.simulator_port}",
        # Cards and links of a local run open in the browser beside the phone.
        "JIASHU_PUBLIC_URL": settings.public_url or f"http://127.0.0.1:{settings.web_port}",
        "JIASHU_SECRET_KEY": settings.secret_key or _local_key(settings.var_path / "secret_key"),
    }


def real_environment(settings: Settings) -> dict[str, str]:
    """Nothing to add for a real account, when all it needs is there.

    Raises:
        SettingsError: names what is missing.
    """
    values = {
        "WECHAT_APP_SECRET": settings.wechat_app_secret,
        "WECHAT_TOKEN": settings.wechat_token,
        "JIASHU_SECRET_KEY": settings.secret_key,
    }
    missing = [name for name in _NEEDED if not values[name]]
    if missing:
        raise SettingsError(f"a run with WECHAT_APP_ID also needs {', '.join(missing)}; see .env.example")
    return {}


def _local_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
