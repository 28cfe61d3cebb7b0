"""Train a model with Rasa, show how far it is, keep it under its fingerprint."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from bot.model.current import read_current
from bot.model.errors import TrainingError
from bot.model.quicker import quicker
from bot.model.recipe import model_path

# Models kept beside the newest: enough to go back one publish.
_KEPT = 3


def ensure_model(root: Path, var: Path, say: Callable[[str], None], content: Path | None = None) -> Path:
    """The model for the present files: the kept one, or a newly trained one. Training reads JIASHU_CONTENT: `content` is that folder.

    Raises:
        ContentError: a content file is broken (file:line).
        TrainingError: Rasa could not train.
    """
    path = model_path(root, var, content)
    if path.exists():
        say(f"model {path.name} is ready")
        return path
    return train(path, say)


def train(path: Path, say: Callable[[str], None], config: str = "config.yml") -> Path:
    """Train with the files of the working directory and put the model at `path`."""
    from rasa.model_training import train as rasa_train

    started = time.monotonic()
    say("training the model (once; kept until content or code changes)")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    progress = _Progress(say)
    steps = logging.getLogger("rasa.engine.training.hooks")
    steps.setLevel(logging.INFO)
    steps.propagate = False
    steps.addHandler(progress)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.mkdir(parents=True, exist_ok=True)
    try:
        with quicker():
            result = rasa_train(
                domain="domain",
                config=config,
                training_files=["data"],
                output=str(draft),
                fixed_model_name="model",
                force_training=True,
            )
        if not result.model:
            raise TrainingError("Rasa made no model; run `jiashu check` and `rasa data validate --domain domain`")
        # Moved into place in one step: a model that is there is a whole one, even if the machine stops in between.
        os.replace(result.model, path)
    finally:
        steps.removeHandler(progress)
        _remove(draft)
    _forget_old(path)
    say(f"trained in {time.monotonic() - started:.0f} s")
    return path


class _Progress(logging.Handler):
    """Turns Rasa's "Starting to train component 'X'." into one short line."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage().split("'")
        if len(words) >= 2 and "Starting to train" in words[0]:
            self._say(f"  … {words[1]}")


def _forget_old(path: Path) -> None:
    models = sorted(path.parent.glob("*.tar.gz"), key=lambda each: each.stat().st_mtime, reverse=True)
    chosen = read_current(path.parent.parent)
    for old in models[_KEPT + 1 :]:
        # However old it is: the assistant would not start again without it.
        if chosen is None or old.name != chosen.model:
            old.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)
    folder.rmdir()
