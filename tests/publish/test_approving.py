"""A run that waits is approved, chosen, taken back; what it added is written where it belongs."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.content.library import load_library
from bot.db import Database
from bot.logs import misses
from bot.logs.shapes import Example
from bot.model.current import Current, read_current
from bot.publish import live, runs
from bot.publish.examples import with_examples
from bot.publish.pipeline import carry_out
from bot.publish.tree import forget_old, make_tree, tree_of
from tests.publish.support import LIBRARY, NOW, Steps, begin, get


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project of its own, in git, with the small library and two models."""
    shutil.copytree(LIBRARY, tmp_path / "content")
    for name in ("data", "domain", "var/models"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: zh\n")
    for model in ("old.tar.gz", "new.tar.gz"):
        (tmp_path / "var/models" / model).write_text("")
    git = ("git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "content", "data"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Start"], check=True)
    return tmp_path


def _ready(database: Database, place: Path, confirmed: Sequence[int] = ()) -> int:
    run_id = begin(database, read_current(place / "var") or Current("old.tar.gz", 0))
    tree = make_tree(place, place / "content", place / "var", run_id)
    (tree / "examples.json").write_text(str(list(confirmed)))
    carry_out(database, ManualClock(), run_id, Steps())
    return run_id


def _approve(database: Database, place: Path, run_id: int) -> None:
    live.approve(database, place, place / "content", place / "var", run_id, "李老师", NOW)


def _roll_back(database: Database, place: Path, run_id: int) -> None:
    keep = lambda *_: pytest.fail("nothing was changed since")  # noqa: E731
    live.roll_back(database, place, place / "content", place / "var", run_id, keep, "李老师", NOW)


def test_approved_it_is_chosen_and_taken_back_with_one_step(database: Database, place: Path) -> None:
    run_id = _ready(database, place)
    assert read_current(place / "var") is None

    _approve(database, place, run_id)
    assert read_current(place / "var") == Current("new.tar.gz", run_id)
    assert (get(database, run_id).state, get(database, run_id).decided_by) == (runs.LIVE, "李老师")

    _roll_back(database, place, run_id)
    assert read_current(place / "var") == Current("old.tar.gz", 0)
    assert get(database, run_id).state == runs.BACK


def test_a_model_that_is_gone_is_not_chosen(database: Database, place: Path) -> None:
    run_id = _ready(database, place)
    (place / "var/models/new.tar.gz").unlink()

    with pytest.raises(runs.RunError, match="不在了"):
        _approve(database, place, run_id)
    assert read_current(place / "var") is None and get(database, run_id).state == runs.READY


def test_it_is_approved_once_and_the_newest_goes_back_first(database: Database, place: Path) -> None:
    first = _ready(database, place)
    _approve(database, place, first)
    with pytest.raises(runs.RunError):
        _approve(database, place, first)
    second = _ready(database, place)
    _approve(database, place, second)

    with pytest.raises(runs.RunError, match="最近的"):
        _roll_back(database, place, first)
    assert read_current(place / "var") == Current("new.tar.gz", second)


def test_what_waited_while_somebody_rolled_back_is_not_approved(database: Database, place: Path) -> None:
    first = _ready(database, place)
    _approve(database, place, first)
    second = _ready(database, place)
    _roll_back(database, place, first)

    with pytest.raises(runs.RunError, match="再发布一次"):
        _approve(database, place, second)
    assert read_current(place / "var") == Current("old.tar.gz", 0) and get(database, second).state == runs.READY


def test_on_a_full_disk_nothing_is_decided(database: Database, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = _ready(database, place)
    with monkeypatch.context() as full:
        full.setattr("bot.model.current.os.replace", _no_room)
        with pytest.raises(runs.RunError, match="磁盘"):
            _approve(database, place, run_id)
    assert get(database, run_id).state == runs.READY and read_current(place / "var") is None

    _approve(database, place, run_id)
    with monkeypatch.context() as full:
        full.setattr("bot.model.current.os.replace", _no_room)
        with pytest.raises(runs.RunError, match="磁盘"):
            _roll_back(database, place, run_id)
    assert get(database, run_id).state == runs.LIVE
    _roll_back(database, place, run_id)
    assert read_current(place / "var") == Current("old.tar.gz", 0)


def _no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_confirmed_example_becomes_a_question_of_its_lesson(database: Database, place: Path) -> None:
    with database.session() as session:
        example = misses.propose_example(session, None, "过马路娃儿老是乱跑咋个办", "lesson/crossing-the-road", "李老师", NOW)
        misses.confirm_example(session, example.id, "李老师")
    run_id = _ready(database, place, [example.id])

    _approve(database, place, run_id)

    assert "过马路娃儿老是乱跑咋个办" in load_library(place / "content").lessons["crossing-the-road"].questions
    said = subprocess.run(["git", "-C", str(place), "log", "-1", "--format=%an %s"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "李老师 发布：加上没答上的问法", "in the words in which editors read the history"
    with database.session() as session:
        assert [each.id for each in misses.examples_in(session, "published")] == [example.id]


def _example(number: int, text: str, target: str) -> Example:
    return Example(number, text, target, "confirmed", "a", "b", NOW)


def test_examples_of_an_intent_go_to_its_sentences(place: Path) -> None:
    nlu = place / "data/nlu/greet.yml"
    nlu.parent.mkdir()
    nlu.write_text("version: '3.1'\n# ours\nnlu:\n- intent: greet\n  examples: |\n    - 在吗\n    - 你好\n\n- intent: thank\n  examples: |\n    - 谢谢\n")
    wanted = [("在不在嘛", "greet"), ("在吗", "greet"), ("多谢[了](x)", "thank"), ("什么", "nobody"), ("问", "lesson/nothing")]

    changed, placed = with_examples(place, place / "content", [_example(n, *each) for n, each in enumerate(wanted)])

    assert [each.id for each in placed] == [0, 1, 2]
    assert changed == {
        nlu: "version: '3.1'\n# ours\nnlu:\n- intent: greet\n  examples: |\n    - 在吗\n    - 你好\n    - 在不在嘛\n\n"
        "- intent: thank\n  examples: |\n    - 谢谢\n    - 多谢了x\n"
    }


def test_an_example_that_cannot_be_written_holds_no_publishing_up(place: Path) -> None:
    assert with_examples(place, place / "content", [_example(1, "2026-02-30", "lesson/crossing-the-road")]) == ({}, [])


def test_copies_that_are_needed_stay(place: Path) -> None:
    for number in range(1, 11):
        make_tree(place, place / "content", place / "var", number)

    forget_old(place / "var", {2, 10})

    assert sorted(int(each.name) for each in (place / "var/publish").iterdir()) == [2, 5, 6, 7, 8, 9, 10]
    assert (tree_of(place / "var", 10) / "content/lessons").is_dir()
