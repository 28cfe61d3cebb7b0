"""What the assistant never uses does not take its memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.kept_out import KEPT_OUT

ROOT = Path(__file__).parents[2]
ASSISTANT = """
from bot.kept_out import KEPT_OUT, keep_out
keep_out()
import sys
import bot.assistant.server, bot.text.ngrams, bot.privacy.scrubber
import pypinyin.constants
for name, module in sys.modules.items():
    if name.split(".")[0] in KEPT_OUT and getattr(module, "__file__", None):
        print(name)
print(len(pypinyin.constants.PHRASES_DICT), "phrases")
"""


def test_the_assistant_loads_no_other_channel_no_neural_network_and_no_phrases() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", ASSISTANT], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split("\n")[:-1] == ["0 phrases"]


def test_a_new_parsers_process_imports_nothing_before_it_has_kept_them_out() -> None:
    code = "import sys, bot.assistant.parser_process; print([name for name in sys.modules if name in ('rasa', 'tensorflow')])"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("package", sorted(KEPT_OUT))
def test_rasas_classes_can_be_defined_on_a_placeholder_but_not_used(package: str) -> None:
    code = f"""
from bot.kept_out import KeptOut, keep_out
keep_out()
from {package}.some.module import Thing
class Ours(Thing):
    def __init__(self, name): pass
try:
    Ours("a name")
except KeptOut as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "Ours needs a package that this process keeps out\n"
