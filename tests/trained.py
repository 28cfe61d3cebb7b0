"""The trained model for tests that need one: made once for the present content and kept under var/, as `jiashu run` does."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from bot.model.recipe import model_path

ROOT = Path(__file__).parent.parent
VAR = ROOT / "var"


def trained_model() -> Path:
    """The model's path. Trains in a process of its own, so that the tests' process stays small; takes minutes then."""
    path = model_path(ROOT, VAR)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Several test processes: one trains, the others wait and find it done.
    with (path.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.cli", "train"], cwd=ROOT, check=True)
    if not path.exists():
        pytest.fail("the content changed while the model was trained; run the tests again", pytrace=False)
    return path
