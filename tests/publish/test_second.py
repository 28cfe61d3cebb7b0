"""A changed safety file goes live by a second person, whatever way it was changed."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.db import Database
from bot.model.current import Current, read_current
from bot.publish import live, runs, second
from bot.publish.tree import make_tree, tree_of

LIBRARY = Path(__file__).parents[1] / "content/library"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)
SCRIPT, HOTLINES, LESSON = "safety/fell-into-water.yml", "hotlines.yml", "lessons/child_safety/crossing-the-road.md"


class House:
    """A project with a run that waits, begun by 王老师; copy 0 is what answers."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.var = root, root / "content", root / "var"
        shutil.copytree(LIBRARY, self.content)
        for name in ("data", "domain", "var/models"):
            (root / name).mkdir(parents=True)
        (root / "config.yml").write_text("language: zh\n")
        (self.var / "models/new.tar.gz").write_text("")
        self.database = Database(f"sqlite:///{root}/runs.db")
        self.database.upgrade()
        make_tree(root, self.content, self.var, 0)

    def ready(self) -> runs.Run:
        with self.database.session() as session:
            run = runs.begin(session, "王老师", "old.tar.gz", 0, NOW)
            runs.trained(session, run.id, "new.tar.gz")
            runs.end(session, run.id, runs.READY, [], NOW)
        (make_tree(self.root, self.content, self.var, run.id) / "examples.json").write_text("[]")
        return run

    def approve(self, run: runs.Run, by: str) -> None:
        live.approve(self.database, self.root, self.content, self.var, run.id, by, NOW)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def _write(house: House, name: str) -> None:
    path = house.content / name
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("name", [SCRIPT, HOTLINES])
def test_whoever_began_it_does_not_let_a_safety_file_go_live(house: House, name: str) -> None:
    _write(house, name)
    run = house.ready()
    assert second.safety_changed(house.var, run) == (name,)

    with pytest.raises(runs.RunError, match="请另一位同事"):
        house.approve(run, "王老师")
    assert read_current(house.var) is None
    house.approve(run, "李老师")
    assert read_current(house.var) == Current("new.tar.gz", run.id)


def test_a_script_that_is_taken_away_or_new_counts(house: House) -> None:
    (house.content / SCRIPT).rename(house.content / "safety/fell-into-a-well.yml")

    assert second.safety_changed(house.var, house.ready()) == ("safety/fell-into-a-well.yml", SCRIPT)


def test_lessons_alone_go_live_by_one_person(house: House) -> None:
    _write(house, LESSON)
    run = house.ready()

    house.approve(run, "王老师")
    assert read_current(house.var) == Current("new.tar.gz", run.id)


def test_without_a_copy_to_compare_with_it_needs_two(house: House) -> None:
    shutil.rmtree(tree_of(house.var, 0))

    assert second.needs_another(house.var, house.ready(), "王老师")
