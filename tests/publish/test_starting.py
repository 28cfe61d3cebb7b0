"""The process that carries a run out: one at a time, waited for, and missed when it is gone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.db import Database
from bot.model.current import Current, Serving, choose, read_current, tell
from bot.publish import runs, starting
from tests.publish.support import NOW, get


class Program:
    """Stands in for the process that is started: it holds the lock until it ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[Any] = []
        start = subprocess.Popen

        def popen(command: Sequence[str], **options: Any) -> Any:
            assert command[-3:-1] == ("publish", "run")
            child = start([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, pass_fds=options["pass_fds"])
            self.begun.append(child)
            return child

        monkeypatch.setattr(subprocess, "Popen", popen)

    def end(self) -> None:
        for child in self.begun:
            child.stdin.close()
            child.wait()


def test_one_that_has_just_ended_is_waited_for(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(monkeypatch)
    run = starting.start(database, tmp_path, "王老师", NOW)
    with database.session() as session:
        runs.end(session, run.id, runs.READY, [], NOW)
    ending = threading.Timer(0.3, program.begun[0].stdin.close)
    ending.start()

    assert starting.start(database, tmp_path, "李老师", NOW).id == run.id + 1
    ending.join()
    program.end()


def test_what_was_installed_goes_on_answering_after_a_restart_whatever_becomes_of_the_first_run(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(tmp_path, Serving("old.tar.gz"))
    (tmp_path / "publish/0/content").mkdir(parents=True)
    program = Program(monkeypatch)
    starting.start(database, tmp_path, "王老师", NOW)
    program.end()

    assert read_current(tmp_path) == Current("old.tar.gz", 0), "a refused run's model is that of the present files"


def test_without_a_copy_of_what_was_installed_nothing_is_chosen(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(tmp_path, Serving("old.tar.gz"))
    program = Program(monkeypatch)
    run = starting.start(database, tmp_path, "王老师", NOW)
    program.end()

    assert read_current(tmp_path) is None and run.before_model == "old.tar.gz"


def test_a_run_whose_process_is_gone_has_failed(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(tmp_path, Current("old.tar.gz", 4))
    program = Program(monkeypatch)
    run = starting.start(database, tmp_path, "王老师", NOW)
    assert (run.before_model, run.before_run) == ("old.tar.gz", 4)

    with database.session() as session:
        starting.mend(session, tmp_path, NOW)
    with pytest.raises(runs.RunError):
        starting.start(database, tmp_path, "李老师", NOW)
    assert get(database, run.id).state == runs.RUNNING

    program.end()
    with database.session() as session:
        starting.mend(session, tmp_path, NOW)
    assert (get(database, run.id).state, get(database, run.id).report["reasons"]) == (runs.FAILED, [starting.INTERRUPTED])
    assert starting.start(database, tmp_path, "李老师", NOW).id == run.id + 1
    program.end()
