"""What makes the environment: the locks, the scripts, the workflow of `make`."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.ground.tree import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
SCRIPTS = [".ci/setup", ".ci/jiashu", ".ci/run"]


def test_both_locks_hold_the_same_versions() -> None:
    run, dev = (dict(PIN.findall((ROOT / name).read_text())) for name in ("requirements.lock", "requirements-dev.lock"))

    assert len(run) > 100
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_a_hash_for_everything_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()

    for block in re.split(r"\n(?=[a-z0-9])", text):
        if PIN.match(block):
            assert "--hash=sha256:" in block, block.splitlines()[0]
    assert "://" not in text


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    lists = {"requirements.lock": r"^dependencies = \[\n(.*?)^\]", "requirements-dev.lock": r"^dev = \[\n(.*?)^\]"}

    for lock, pattern in lists.items():
        (asked,) = re.findall(pattern, project, re.MULTILINE | re.DOTALL)
        names = {name.lower() for name in re.findall(r'^ +"([A-Za-z0-9-]+)', asked, re.MULTILINE)}
        assert names - dict(PIN.findall((ROOT / lock).read_text())).keys() == set(), "run: make lock"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_are_sound(script: str) -> None:
    path = ROOT / script
    shell = path.read_text().splitlines()[0].removeprefix("#!").split()[-1].rsplit("/", 1)[-1]

    assert os.access(path, os.X_OK)
    subprocess.run([shell, "-n", str(path)], check=True)


def test_make_lets_python_keep_its_bytecode() -> None:
    target = 'shown: ; @echo "<$$PYTHONDONTWRITEBYTECODE>"'
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(["make", f"--eval={target}", "shown"], cwd=ROOT, env=environment, capture_output=True, check=True, text=True)

    assert run.stdout == "<>\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder where `jiashu` prints two settings in place of doing something."""
    tool = tmp_path / "bin/jiashu"
    tool.parent.mkdir()
    tool.write_text((ROOT / ".ci/jiashu").read_text())
    tool.chmod(0o755)
    python = tmp_path / "bin/python"
    python.write_text('#!/bin/sh\necho "$JIASHU_PORT|$JIASHU_STAFF_CONTACT|$*"\n')
    python.chmod(0o755)
    return tmp_path


def said(checkout: Path, **environment: str) -> str:
    env = {"PATH": os.environ["PATH"], **environment}
    run = subprocess.run(["bin/jiashu", "run", "a b"], cwd=checkout, env=env, capture_output=True, check=True, text=True)
    return run.stdout.strip()


def test_jiashu_reads_the_env_file(checkout: Path) -> None:
    (checkout / ".env").write_text("# a comment\n\nJIASHU_PORT=6000\nJIASHU_STAFF_CONTACT='周一 到 $周五'\n")

    assert said(checkout) == "6000|周一 到 $周五|-m bot.cli run a b"


def test_the_environment_goes_before_the_env_file(checkout: Path) -> None:
    (checkout / ".env").write_text("JIASHU_PORT=6000\n")

    assert said(checkout, JIASHU_PORT="7000", JIASHU_STAFF_CONTACT="it's 'us'") == "7000|it's 'us'|-m bot.cli run a b"


def test_jiashu_needs_no_env_file(checkout: Path) -> None:
    assert said(checkout) == "||-m bot.cli run a b"


def test_a_wrong_python_is_refused_in_one_line(tmp_path: Path) -> None:
    setup = tmp_path / ".ci/setup"
    setup.parent.mkdir()
    setup.write_text((ROOT / ".ci/setup").read_text())
    setup.chmod(0o755)

    run = subprocess.run([setup, "run"], env={"PATH": os.environ["PATH"], "PYTHON": "false"}, capture_output=True, text=True)

    assert run.returncode == 1
    assert re.fullmatch(r"setup: Python 3\.11 or 3\.10 is needed.*\n", run.stderr)
    assert not (tmp_path / ".venv").exists()
