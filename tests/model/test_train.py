"""What whoever types `make run` sees of a training."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFIG = """
recipe: default.v1
language: zh
assistant_id: small
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
"""
DOMAIN = """
version: "3.1"
intents: [greet]
responses: {utter_greet: [{text: 您好}]}
"""
DATA = """
version: "3.1"
nlu: [{intent: greet, examples: "- 你好\\n- 在吗\\n"}]
rules: [{rule: greet, steps: [{intent: greet}, {action: utter_greet}]}]
"""


# As `jiashu train` does it, in a folder of its own.
TRAIN = """
from pathlib import Path
from bot.commands.process import prepare, say
prepare()
from bot.model.train import train
train(Path("var/models/small.tar.gz").absolute(), say)
"""


def test_of_a_training_only_our_own_lines_are_seen(tmp_path: Path, root: Path) -> None:
    for place, text in (("config.yml", CONFIG), ("domain/domain.yml", DOMAIN), ("data/data.yml", DATA)):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", TRAIN],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert (tmp_path / "var/models/small.tar.gz").exists()
    begun, *components, ended = done.stdout.splitlines()
    assert begun.startswith("training the model") and ended.startswith("trained in")
    assert components and all(line.startswith("  … ") for line in components)
