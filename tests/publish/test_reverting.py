"""Going back in the files: what was published is undone in one commit, and what somebody wrote since is never lost."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.content import history
from bot.db import Database
from bot.logs import misses, tables
from bot.model.current import Current, choose
from bot.publish import live, reverting, runs
from bot.publish.reverting import Reverted
from bot.publish.tree import keep_installed, make_tree, tree_of
from tests.databases import make_tables

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=timezone.utc)
LESSON, CAMPAIGN, SCRIPT = "content/lessons/child_safety/crossing-the-road.md", "content/campaigns/mid_autumn.yml", "content/safety/fell-into-water.yml"
ADDED, PICTURE, NLU = "content/lessons/child_safety/new.md", "content/pictures/new.png", "data/nlu/greet.yml"


class Place:
    """A project in git with the small library, published twice: the second time everything that is named above was changed."""

    def __init__(self, root: Path, database: Database) -> None:
        self.root, self.database = root, database
        self.content, self.var = root / "content", root / "var"
        shutil.copytree("tests/content/library", self.content)
        for name in ("data/nlu", "domain", "var/models"):
            (root / name).mkdir(parents=True)
        (root / NLU).write_text("nlu: []\n")
        (root / "config.yml").write_text("language: zh\n")
        for model in ("old.tar.gz", "new.tar.gz"):
            (self.var / "models" / model).write_text("")
        (root / ".gitignore").write_text("/var\n")
        self.git("init", "-q")
        self.git("add", ".")
        self.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Start")
        self.kept: list[tuple[str, str, str]] = []

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def text(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str, by: str = "王老师") -> None:
        history.record(self.root, {name: text.encode()}, by, "改", NOW)

    def publish(self) -> int:
        """A run that goes live; its copies are of the files as they are."""
        with self.database.session() as session:
            before = (runs.latest(session, 1) or [None])[0]
            chosen = ("new.tar.gz", before.id) if before else ("old.tar.gz", 0)
            run = runs.begin(session, "王老师", *chosen, NOW)
            runs.trained(session, run.id, "new.tar.gz")
            runs.end(session, run.id, runs.READY, [], NOW)
        tree = make_tree(self.root, self.content, self.var, run.id)
        (tree / "examples.json").write_text("[]")
        live.approve(self.database, self.root, self.content, self.var, run.id, "李老师", NOW)
        return run.id

    def back(self, run: int, drafts: bool = True) -> Reverted:
        def keep(*given: str) -> bool:
            self.kept += [given] if drafts else []
            return drafts

        at = NOW + timedelta(hours=1)
        return live.roll_back(self.database, self.root, self.content, self.var, run, keep, "李老师", at)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    database = Database(f"sqlite:///{tmp_path}/publish.db")
    make_tables(database)
    (tmp_path / "project").mkdir()
    return Place(tmp_path / "project", database)


def _changed(place: Place) -> dict[str, str]:
    """Publish, change what is named above, publish again; returns the old texts."""
    place.publish()
    old = {name: place.text(name) for name in (LESSON, CAMPAIGN, NLU)}
    for name in old:
        place.write(name, old[name] + "# 新的\n")
    place.write(ADDED, "new")
    place.write(PICTURE, "picture")
    return old


def test_all_that_was_published_is_undone_in_one_commit(place: Place) -> None:
    old = _changed(place)
    run = place.publish()

    done = place.back(run)

    assert set(done.back) == {LESSON, CAMPAIGN, NLU, ADDED, PICTURE} and not (done.drafts or done.left or done.trouble)
    assert {name: place.text(name) for name in old} == old and not (place.root / ADDED).exists()
    assert place.git("log", "-1", "--format=%an %s").strip() == f"李老师 退回第 {run} 次发布"
    assert len(place.git("show", "--name-only", "--format=", "HEAD").split()) == 5
    assert place.git("status", "--porcelain") == ""
    with place.database.session() as session:
        assert (runs.get(session, run) or pytest.fail("gone")).report["back"]["back"] == list(done.back)


@pytest.mark.parametrize("name", [LESSON, NLU])
def test_a_later_edit_becomes_a_draft_and_other_files_stay(place: Place, name: str) -> None:
    old = _changed(place)
    run = place.publish()
    place.write(name, "后来写的")
    place.write(SCRIPT, place.text(SCRIPT) + "# 和这次发布没有关系\n")

    done = place.back(run)

    assert place.kept == [(name.removeprefix("content/"), "后来写的", old[name])] and done.drafts == (name,)
    assert place.text(name) == old[name] and place.text(SCRIPT).endswith("没有关系\n")


@pytest.mark.parametrize("name", [LESSON, NLU])
def test_what_cannot_be_a_draft_stays_as_it_is_and_is_named(place: Place, name: str) -> None:
    _changed(place)
    run = place.publish()
    place.write(name, "后来写的")

    done = place.back(run, drafts=False)

    assert done.left == (name,) and place.text(name) == "后来写的" and name not in done.back


def test_an_edit_that_was_never_committed_is_a_later_edit_too(place: Place) -> None:
    _changed(place)
    run = place.publish()
    (place.root / LESSON).write_text("没有定稿的", "utf-8")

    assert place.back(run, drafts=False).left == (LESSON,) and place.text(LESSON) == "没有定稿的"


def test_without_git_parents_hear_the_old_answers_all_the_same(place: Place) -> None:
    _changed(place)
    run = place.publish()
    shutil.rmtree(place.root / ".git")
    before = place.text(LESSON)

    done = place.back(run)

    assert "git" in done.trouble and place.text(LESSON) == before
    with place.database.session() as session:
        assert (runs.get(session, run) or pytest.fail("gone")).state == runs.BACK


def test_the_first_publishing_goes_back_to_what_was_installed(place: Place) -> None:
    keep_installed(place.root, place.content, place.var, "old.tar.gz", lambda *_: "old.tar.gz")
    before = place.text(LESSON)
    place.write(LESSON, before + "# 新的\n")
    keep_installed(place.root, place.content, place.var, "old.tar.gz", lambda *_: "old.tar.gz")
    assert (tree_of(place.var, 0) / LESSON).read_text("utf-8") == before, "a copy of the same model stays"
    run = place.publish()

    assert place.back(run).back == (LESSON,) and place.text(LESSON) == before


def test_without_a_copy_of_before_it_says_so(place: Place) -> None:
    run = place.publish()

    assert "没有留副本" in place.back(run).trouble


def test_only_what_answers_now_is_taken_back(place: Place) -> None:
    run = place.publish()
    choose(place.var, Current("other.tar.gz", 0))

    with pytest.raises(runs.RunError, match="已经不是"):
        place.back(run)


def test_what_was_learned_waits_again_and_nobody_is_told_any_more(place: Place) -> None:
    with place.database.session() as session:
        example = misses.propose_example(session, None, "过马路娃儿老是乱跑", "lesson/crossing-the-road", "陈老师", NOW)
        misses.confirm_example(session, example.id, "陈老师")
        wish = misses.ask_for_lesson(session, "过马路", "王老师", "陈老师", NOW)
        misses.assign_lesson(session, wish, "crossing-the-road")
        parent = {"ref": "r", "parent_key": "p", "name": "家长 A", "book": "{}", "first_at": NOW, "last_at": NOW}
        parent_id = session.execute(tables.parents.insert().values(**parent)).inserted_primary_key[0]
        for at, lesson in ((NOW, "crossing-the-road"), (NOW - timedelta(days=9), "asking-about-school")):
            session.execute(tables.notices.insert().values(parent_id=parent_id, question="问", lesson=lesson, at=at))
    run = place.publish()
    (tree_of(place.var, run) / "examples.json").write_text(f"[{example.id}]")
    with place.database.session() as session:
        misses.examples_published(session, [example.id], NOW)
        misses.lesson_published(session, "crossing-the-road", NOW)
        assert not misses.requests_in(session)

    place.back(run)

    with place.database.session() as session:
        assert [each.id for each in misses.examples_in(session, "confirmed")] == [example.id]
        assert [each.id for each in misses.requests_in(session)] == [wish]
        assert [row.lesson for row in session.execute(tables.notices.select())] == ["asking-about-school"]


def test_a_plan_changes_nothing(place: Place) -> None:
    _changed(place)
    run_id = place.publish()
    with place.database.session() as session:
        run = runs.get(session, run_id)
    assert run is not None
    place.write(LESSON, "后来写的")

    planned = reverting.plan(place.root, place.content, place.var, run)

    assert set(planned.later) == {LESSON} and planned.back[ADDED] is None and place.text(ADDED) == "new"
