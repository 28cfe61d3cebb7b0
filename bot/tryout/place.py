"""The folder of one try-out: a copy of the project with the draft in it, and a var of its own, in which only the model is lent."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.content.history import write
from bot.model.current import Current, choose
from bot.ports import free_port
from bot.publish.tree import copy_project, inside
from bot.settings import SETTINGS, Settings
from bot.simulator.config import SIMULATED_AES_KEY, SIMULATED_APP_ID, SIMULATED_SECRET, SIMULATED_TOKEN

_STATE, _ALIVE, _ACTED = "state.json", "alive", "acted"
# What may be known of the real settings: how the account may speak, and the sentence on how a human is reached.
_ALIKE = ("WECHAT_ACCOUNT", "WECHAT_VERIFIED", "JIASHU_STAFF_CONTACT")

BEGUN, LEARNING, STARTING, READY, FAILED = "begun", "learning", "starting", "ready", "failed"


@dataclass(frozen=True)
class Ports:
    """Loopback ports: of the simulator, of the assistant, of the clock process."""

    simulator: int
    assistant: int
    clock: int


@dataclass(frozen=True)
class State:
    """How far it is: begun, learning (with progress), starting, ready, failed (with why)."""

    name: str = BEGUN
    said: str = ""


def make_place(root: Path, content: Path, models: Path, changed: Mapping[str, str], model: str) -> Path:
    """A new folder under the machine's temporary one, that only this user may enter.

    `changed`: files (see `tree.inside`) and their new texts. `model`: the name of the one to answer with; "" when it is to be trained.
    """
    place = Path(tempfile.mkdtemp(prefix="jiashu-try-"))
    try:
        copy_project(root, content, place)
        for name, text in changed.items():
            write(inside(place, name), text.encode())
        (place / "var/models").mkdir(parents=True)
        if model:
            (place / "var/models" / model).symlink_to((models / model).resolve())
            choose(place / "var", Current(model, 0))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    touch(place, acted=True)
    return place


def ports() -> Ports:
    """Three that are free at this moment."""
    return Ports(free_port(), free_port(), free_port())


def environment(settings: Settings, own: Ports) -> dict[str, str]:
    """All settings of its processes. None of the real account, of its database or of its secrets is among them."""
    names = {each.name for each in SETTINGS}
    others = {name: value for name, value in os.environ.items() if name not in names}
    alike = {each.name: str(getattr(settings, each.attribute)) for each in SETTINGS if each.name in _ALIKE}
    return {
        **others,
        **alike,
        "WECHAT_APP_ID": SIMULATED_APP_ID,
        "WECHAT_APP_SECRET": SIMULATED_SECRET,
        "WECHAT_TOKEN": SIMULATED_TOKEN,
        "WECHAT_ENCODING_AES_KEY": SIMULATED_AES_KEY,
        "WECHAT_API_BASE": f"http://127.0.0.1:{own.simulator}",
        "JIASHU_HOST": "127.0.0.1",
        "JIASHU_PORT": str(own.assistant),
        "JIASHU_SIMULATOR_PORT": str(own.simulator),
        "JIASHU_CLOCK_PORT": str(own.clock),
        "JIASHU_DATABASE_URL": "sqlite:///var/jiashu.db",
        "JIASHU_SECRET_KEY": secrets.token_hex(32),
        "JIASHU_CONTENT": "content",
        "JIASHU_VAR": "var",
        "JIASHU_LOG_LEVEL": "WARNING",
    }


def tell(place: Path, state: State) -> None:
    """Say how far it is."""
    write(place / _STATE, json.dumps(asdict(state), ensure_ascii=False).encode())


def read(place: Path) -> State:
    """How far it is."""
    try:
        return State(**json.loads((place / _STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return State()


def touch(place: Path, acted: bool = False) -> None:
    """Somebody has the page open; `acted`: and does something there."""
    # It may have ended and be gone this very moment.
    with suppress(OSError):
        for name in (_ALIVE, _ACTED) if acted else (_ALIVE,):
            (place / name).touch()


def idle(place: Path) -> tuple[float, float]:
    """Seconds since the page was last open, and since somebody did something there."""
    now = time.time()
    return now - (place / _ALIVE).stat().st_mtime, now - (place / _ACTED).stat().st_mtime
