"""Publishing on the desk: begun, watched, decided; what a run found is shown as it is, and nothing of it as code."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import services
from bot.clock import ManualClock
from bot.model.current import Current, Serving, choose, read_current, tell
from bot.publish import runs
from bot.publish.tree import tree_of
from tests.desk.support import CAST, Desk

NEW = {"sets": "s", "kinds": {"crisis": [50, 50, 0.99], "in scope, at once": [91, 100, 0.9]}, "wrong": {}}
OLD = {"sets": "s", "kinds": {"crisis": [50, 50, 0.99], "in scope, at once": [90, 100, 0.9]}, "wrong": {}}
CHANGED = {"text": "娃儿<b>不说话</b>", "times": 7, "old": "旧的<script>window.hit=1</script>", "new": "新的回答"}


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Stands in for the process of a run: it waits until its input ends."""
    begun: list[Any] = []
    start = subprocess.Popen

    def popen(command: Sequence[str], **options: Any) -> Any:
        assert command[-3:-1] == ("publish", "run")
        child = start([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, pass_fds=options["pass_fds"])
        begun.append(child)
        return child

    monkeypatch.setattr(subprocess, "Popen", popen)
    yield begun
    for child in begun:
        child.stdin.close()
        child.wait()


def ready_run(tmp_path: Path, state: str = runs.READY, reasons: Sequence[str] = (), by: str = "王老师") -> int:
    """A run that has done its steps, with its models and its copy."""
    (tmp_path / "models").mkdir(exist_ok=True)
    for name in ("old.tar.gz", "new.tar.gz"):
        (tmp_path / "models" / name).write_text("")
    with services.database().session() as session:
        run_id = runs.begin(session, by, "old.tar.gz", 0, services.clock().now()).id
        step = "evaluate" if reasons else "replay"
        found: dict[str, Any] = {"added": ["娃儿不肯喊我"], "new": NEW, "old": OLD}
        runs.report(session, run_id, step, "", found if reasons else {**found, "asked": 20, "changed": [CHANGED]})
        runs.trained(session, run_id, "new.tar.gz")
        runs.end(session, run_id, state, reasons, services.clock().now())
    tree_of(tmp_path, run_id).mkdir(parents=True)
    (tree_of(tmp_path, run_id) / "examples.json").write_text("[]")
    return run_id


async def test_an_editor_begins_watches_and_stops_a_run(desk: Desk, program: list[Any]) -> None:
    editor = await desk.staff("editor")
    assert "还没有发布过" in (await editor.get("/desk/publish")).text

    begun = await editor.post("/desk/publish", sure="yes")
    shown = await editor.get(begun.location)
    again = await editor.post("/desk/publish", sure="yes")

    assert begun.status == 303 and len(program) == 1
    assert "检查课文" in shown.text and "停掉" in shown.text and "data-live" in shown.text
    assert again.status == 409 and "已经有一次发布" in again.text
    assert "一次只能做一个" in (await editor.get("/desk/publish")).text
    with services.database().session() as session:
        runs.report(session, 1, "train", "NgramFeaturizer")
    (tree_of(services.settings().var_path, 1)).mkdir(parents=True)
    (tree_of(services.settings().var_path, 1) / "config.yml").write_text(Path("config.yml").read_text("utf-8"), "utf-8")
    training = (await editor.get("/desk/publish/1/fresh")).text
    assert "8 步里做完了 3 步" in training and "<progress" in training and "NgramFeaturizer" not in training
    with services.database().session() as session:
        runs.report(session, 1, "evaluate", "100/2000")
    assert "2000 个里做完了 100 个" in (await editor.get("/desk/publish/1/fresh")).text
    await editor.post("/desk/publish/1/cancel")
    assert "正在停" in (await editor.get("/desk/publish/1/fresh")).text


async def test_on_a_full_disk_nothing_begins_and_it_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = await desk.staff("editor")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bot.publish.starting.subprocess.Popen", full)
    refused = await editor.post("/desk/publish", sure="yes")
    assert refused.status == 503 and "写不进文件" in refused.text
    shown = (await editor.get("/desk/publish")).text
    assert "没做成" in shown and "开始发布" in shown, "it does not stand in the way of the next one"


async def test_a_run_whose_process_is_gone_says_so(desk: Desk, program: list[Any]) -> None:
    editor = await desk.staff("editor")
    await editor.post("/desk/publish", sure="yes")
    program[0].stdin.close()
    program[0].wait()

    shown = await editor.get("/desk/publish/1")

    assert "没做成" in shown.text and "中断了" in shown.text
    assert "开始发布" in (await editor.get("/desk/publish")).text
    program.clear()


async def test_every_answer_that_changes_is_shown_before_it_is_approved(desk: Desk, clock: ManualClock, tmp_path: Path) -> None:
    editor, run_id = await desk.staff("editor"), ready_run(tmp_path)

    shown = (await editor.get(f"/desk/publish/{run_id}")).text

    for words in ("100 道对 90 道", "100 道对 91 道", "娃儿不肯喊我", "新的回答", "问过 7 次", "有 1 种的回答会变", "上线"):
        assert words in shown
    assert "<script>window" not in shown and "&lt;script&gt;window.hit" in shown and "<b>不说话" not in shown


async def test_approved_it_goes_live_and_comes_back(desk: Desk, clock: ManualClock, tmp_path: Path) -> None:
    editor, run_id = await desk.staff("editor"), ready_run(tmp_path)
    page = f"/desk/publish/{run_id}"
    await editor.get(page)

    assert (await editor.post(f"{page}/approve")).status == 303
    wanted = Current("new.tar.gz", run_id)
    assert read_current(tmp_path) == wanted
    assert "助手没有在运行" in (await editor.get(page)).text
    tell(tmp_path, Serving("old.tar.gz"))
    assert "助手正在换上" in (await editor.get(page)).text
    tell(tmp_path, Serving("old.tar.gz", wanted, "模型坏了"))
    assert "没有换上" in (await editor.get(page)).text
    tell(tmp_path, Serving("new.tar.gz", wanted))
    assert "换上" not in (await editor.get(page)).text
    assert (await editor.post(f"{page}/approve")).status == 409

    assert (await editor.post(f"{page}/back")).status == 303
    assert read_current(tmp_path) == Current("old.tar.gz", 0)
    assert "上线后退回了" in (await editor.get("/desk/publish")).text


async def test_a_changed_safety_script_goes_live_by_a_second_colleague(desk: Desk, clock: ManualClock, tmp_path: Path) -> None:
    run_id = ready_run(tmp_path, by=CAST["editor"])
    script = tree_of(tmp_path, run_id) / "content/safety/fell-into-water.yml"
    script.parent.mkdir(parents=True)
    script.write_text("")
    editor, charlie, here = await desk.staff("editor"), await desk.staff("admin"), f"/desk/publish/{run_id}"

    page = (await editor.get(here)).text
    assert "改了急事的文案：</b>孩子掉进水里" in page and "在等另一位同事来上线" in page and f"{here}/approve" not in page
    refused = await editor.post(f"{here}/approve")
    assert refused.status == 409 and "要两个人点头" in refused.text and read_current(tmp_path) is None

    assert f"{here}/approve" in (await charlie.get(here)).text
    assert (await charlie.post(f"{here}/approve")).status == 303 and read_current(tmp_path) == Current("new.tar.gz", run_id)


async def test_a_refused_run_says_why_and_cannot_be_approved(desk: Desk, clock: ManualClock, tmp_path: Path) -> None:
    editor = await desk.staff("editor")
    reason = "急事“娃娃烫到手了”原来答得对，现在答成了“小孩不吃饭”。"
    run_id = ready_run(tmp_path, runs.REFUSED, [reason])
    page = f"/desk/publish/{run_id}"

    shown = (await editor.get(page)).text
    answer = await editor.post(f"{page}/approve")

    assert reason in shown and "没通过" in shown and f"{page}/approve" not in shown
    assert answer.status == 409 and read_current(tmp_path) is None


async def test_it_can_be_dropped(desk: Desk, clock: ManualClock, tmp_path: Path) -> None:
    editor, run_id = await desk.staff("editor"), ready_run(tmp_path)
    choose(tmp_path, Current("old.tar.gz", 0))
    await editor.get(f"/desk/publish/{run_id}")

    await editor.post(f"/desk/publish/{run_id}/drop")

    assert read_current(tmp_path) == Current("old.tar.gz", 0)
    assert "没有上线" in (await editor.get(f"/desk/publish/{run_id}")).text
