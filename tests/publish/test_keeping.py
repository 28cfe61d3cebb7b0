"""Going back on the desk: what was written since is a draft of who wrote it, and the page says beforehand what will happen."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import services
from bot.clock import ManualClock
from bot.content import history
from bot.db import Database
from bot.desk.editing import drafts
from bot.desk.publish.keeping import keeper
from bot.model.current import Current, choose, read_current
from bot.publish import runs
from bot.publish.tree import make_tree
from tests.desk.support import Desk, desk_services, desk_serving

LESSON, OTHER = "lessons/child_safety/crossing-the-road.md", "lessons/remote_communication/asking-about-school.md"


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManualClock]:
    """A project of its own, in git, in which the process stands as `jiashu web` does."""
    shutil.copytree("tests/content/library", tmp_path / "content")
    for name in ("data", "domain", "var/models"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: zh\n")
    for model in ("old.tar.gz", "new.tar.gz"):
        (tmp_path / "var/models" / model).write_text("")
    git = ("git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b")
    for command in (("init", "-q"), ("add", "content"), ("commit", "-qm", "Start")):
        subprocess.run([*git, *command], check=True)
    monkeypatch.chdir(tmp_path)
    turned = ManualClock()
    with desk_services(tmp_path, monkeypatch, turned, CONTENT="content", VAR="var"):
        yield turned


@pytest.fixture
async def desk(clock: ManualClock) -> AsyncIterator[Desk]:
    async with desk_serving(clock) as here:
        yield here


def _written(name: str, by: str, clock: ManualClock) -> str:
    path = Path("content") / name
    text = path.read_text("utf-8").replace("路", "道")
    history.record(Path("content"), {name: text.encode()}, by, "改", clock.now())
    return text


def _live(clock: ManualClock) -> int:
    """A second publishing that answers now; what changed since the first: both lessons."""
    with services.database().session() as session:
        first = runs.begin(session, "王老师", "", 0, clock.now()).id
        runs.end(session, first, runs.READY, [], clock.now())
        make_tree(Path.cwd(), Path("content"), Path("var"), first)
        for name in (LESSON, OTHER):
            _written(name, "王老师", clock)
        run = runs.begin(session, "王老师", "old.tar.gz", first, clock.now()).id
        runs.trained(session, run, "new.tar.gz")
        runs.end(session, run, runs.READY, [], clock.now())
        runs.decide(session, run, runs.LIVE, "李老师", clock.now())
    make_tree(Path.cwd(), Path("content"), Path("var"), run)
    choose(Path("var"), Current("new.tar.gz", run))
    return run


def _draft(database: Database, name: str) -> drafts.Draft | None:
    with database.session(readonly=True) as session:
        return drafts.open_for(session, name)


async def test_the_page_lists_it_and_the_later_text_is_a_draft(desk: Desk, clock: ManualClock) -> None:
    run = _live(clock)
    before = (Path("var/publish/1/content") / LESSON).read_text("utf-8")
    history.record(Path("content"), {LESSON: "后来写的\n".encode()}, "赵老师", "改", clock.now())
    editor = await desk.staff("editor")
    page = f"/desk/publish/{run}"

    asked = (await editor.get(f"{page}/back")).text
    assert f"<li>content/{OTHER}" in asked and f"<li>content/{LESSON}" in asked.partition("又有人改过的")[2]
    assert read_current(Path("var")) == Current("new.tar.gz", run), "asking changes nothing"
    assert (await editor.post(f"{page}/back")).status == 303

    draft = _draft(services.database(), LESSON)
    assert draft and (draft.text, draft.authors, draft.state) == ("后来写的\n", ("赵老师",), "draft")
    assert draft.base == drafts.digest(before) and (Path("content") / LESSON).read_text("utf-8") == before
    shown = (await editor.get(page)).text
    assert "2 个文件改回了上一次的样子" in shown and f"没有丢：content/{LESSON}" in shown
    assert (await editor.get(f"{page}/back")).status == 409


async def test_a_draft_that_somebody_writes_is_not_touched(desk: Desk, clock: ManualClock) -> None:
    run = _live(clock)
    history.record(Path("content"), {LESSON: "后来写的\n".encode()}, "赵老师", "改", clock.now())
    with services.database().session() as session:
        drafts.save(session, LESSON, "正在写的", "", 0, "钱老师", clock.now())
    editor = await desk.staff("editor")
    await editor.get(f"/desk/publish/{run}")

    await editor.post(f"/desk/publish/{run}/back")

    draft = _draft(services.database(), LESSON)
    assert draft and draft.text == "正在写的" and (Path("content") / LESSON).read_text("utf-8") == "后来写的\n"
    assert f"没有动它们，请自己看一看：content/{LESSON}" in (await editor.get(f"/desk/publish/{run}")).text


@pytest.mark.parametrize("name", ["data/nlu/greet.yml", "domain/greet.yml"])
def test_sentences_and_replies_are_kept_too(clock: ManualClock, name: str) -> None:
    history.record(Path(), {name: "后来写的\n".encode()}, "赵老师", "改", clock.now())

    assert keeper(services.database(), "王老师", clock.now())(name, "后来写的\n", "从前\n")

    draft = _draft(services.database(), name)
    assert draft and (draft.text, draft.authors, draft.base) == ("后来写的\n", ("赵老师",), drafts.digest("从前\n"))
    assert not keeper(services.database(), "王老师", clock.now())(name, "又一份\n", ""), "one draft of a file at a time"


@pytest.mark.parametrize("name", ["pictures/new.png", "../config.yml", "lessons/nowhere/x.md", "data/rules/greet.yml", "data/nlu/taught.yml"])
def test_only_what_editors_own_becomes_a_draft(clock: ManualClock, name: str) -> None:
    assert not keeper(services.database(), "王老师", clock.now())(name, "text", "")
