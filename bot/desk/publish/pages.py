"""Publishing on the desk. The work is done by bot.publish, in a process of its own; here it is begun, watched and decided."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.orm import Session

from bot import services
from bot.desk import labels
from bot.desk.access import EDIT, Page
from bot.desk.errors import DeskError
from bot.desk.publish import keeping
from bot.desk.web import NOTICES, field, now, redirect, render
from bot.logs import misses
from bot.model.current import Current, read_current, read_serving
from bot.publish import live, reverting, runs, second, starting
from bot.publish.gate import KINDS
from bot.publish.tree import tree_of

T = TypeVar("T")

STATES = {
    runs.RUNNING: ("在做", ""),
    runs.READY: ("等人决定", "amber"),
    runs.LIVE: ("上线了", "green"),
    runs.REFUSED: ("没通过", "red"),
    runs.FAILED: ("没做成", "red"),
    runs.CANCELLED: ("停掉了", ""),
    runs.DROPPED: ("没有上线", ""),
    runs.BACK: ("上线后退回了", ""),
}
STEPS = {
    "lint": ("检查课文", "有没有写错、写漏的地方"),
    "train": ("学一遍", "把新的问法和课文学进去，要几分钟"),
    "evaluate": ("做固定的题", "和现在的比，急事一道也不能答错"),
    "replay": ("再问一遍上个月的问题", "看哪些回答会变"),
}
NOTICES.update(
    run_begun="开始了。可以去做别的，回头再来看。",
    run_cancelled="记下了：停下来要几秒钟。",
    run_live="批准了。换上要几秒到一分钟，换好以前这里会说。",
    run_dropped="这次不上线，家长那里没有变化。",
    run_back="退回上一次了。换回去要几秒到一分钟。",
)


async def index(request: Request) -> HTTPResponse:
    """What answers now, what waits to be learned, and all runs."""
    found, waiting = await services.database().run(_everything, services.settings().var_path)
    return render(
        request,
        "publish/list.html",
        title="发布",
        runs=found,
        busy=next((run for run in found if run.state == runs.RUNNING), None),
        waiting=waiting,
        states=STATES,
        serving=_serving(),
    )


async def begin(request: Request) -> HTTPResponse:
    """A new run."""
    if field(request, "sure", 5) != "yes":
        raise DeskError(400)
    var = services.settings().var_path
    run = await _in_thread(lambda: starting.start(services.database(), var, request.ctx.staff.name, now()))
    request.ctx.subject = str(run.id)
    return redirect(f"/desk/publish/{run.id}", "run_begun")


async def show(request: Request, run_id: int) -> HTTPResponse:
    """One run."""
    return render(request, "publish/show.html", title=f"第 {run_id} 次发布", **await _told(request, run_id))


async def fresh(request: Request, run_id: int) -> HTTPResponse:
    """The moving part of that page."""
    return render(request, "publish/run.html", title="", **await _told(request, run_id))


async def cancel(_request: Request, run_id: int) -> HTTPResponse:
    """Stop it."""
    await _decided(lambda session: runs.cancel(session, run_id))
    return redirect(f"/desk/publish/{run_id}", "run_cancelled")


async def approve(request: Request, run_id: int) -> HTTPResponse:
    """Let it go live."""
    by = request.ctx.staff.name
    root, content, var = _places()
    await _in_thread(lambda: live.approve(services.database(), root, content, var, run_id, by, now()))
    return redirect(f"/desk/publish/{run_id}", "run_live")


async def drop(request: Request, run_id: int) -> HTTPResponse:
    """It does not go live."""
    await _decided(lambda session: runs.decide(session, run_id, runs.DROPPED, request.ctx.staff.name, now()))
    return redirect(f"/desk/publish/{run_id}", "run_dropped")


async def ask_back(request: Request, run_id: int) -> HTTPResponse:
    """What going back would do to the files, before anybody does it."""
    run = await services.database().run(_one, run_id, services.settings().var_path)
    if run is None:
        raise DeskError(404, "没有这次发布。")
    if run.state != runs.LIVE:
        raise DeskError(409, "这次发布没有在用，没有可退的。")
    root, content, var = _places()
    planned = await _in_thread(lambda: reverting.plan(root, content, var, run))
    return render(request, "publish/back.html", title=f"退回第 {run_id} 次发布", run=run, planned=planned)


async def back(request: Request, run_id: int) -> HTTPResponse:
    """What was before answers again, and stands in the files again."""
    by, at = request.ctx.staff.name, now()
    root, content, var = _places()
    database = services.database()
    keep = keeping.keeper(database, by, at)
    await _in_thread(lambda: live.roll_back(database, root, content, var, run_id, keep, by, at))
    return redirect(f"/desk/publish/{run_id}", "run_back")


def _places() -> tuple[Path, Path, Path]:
    """The project's folder, that of its content, and var."""
    settings = services.settings()
    return Path.cwd(), settings.content_path, settings.var_path


def _everything(session: Session, var: Path) -> tuple[list[runs.Run], int]:
    starting.mend(session, var, now())
    return runs.latest(session), len(misses.examples_in(session, "confirmed"))


async def _told(request: Request, run_id: int) -> dict[str, Any]:
    run = await services.database().run(_one, run_id, services.settings().var_path)
    if run is None:
        raise DeskError(404, "没有这次发布。")
    var, waits = services.settings().var_path, run.state == runs.READY
    return {
        "run": run,
        "states": STATES,
        "steps": STEPS,
        "order": runs.STEPS,
        "kinds": _kinds(run),
        "swap": _swap(run),
        "bar": _bar(run),
        "safety": [_script(name) for name in second.safety_changed(var, run)] if waits else [],
        "second": waits and second.needs_another(var, run, request.ctx.staff.name),
    }


def _script(name: str) -> str:
    return "热线电话" if name == "hotlines.yml" else labels.script(Path(name).stem)


def _one(session: Session, run_id: int, var: Path) -> runs.Run | None:
    run = runs.get(session, run_id)
    if run and run.state == runs.RUNNING:
        starting.mend(session, var, now())
        run = runs.get(session, run_id)
    return run


def _kinds(run: runs.Run) -> list[tuple[str, str, str]]:
    """Name, before, now: of the fixed sets."""
    new, old = run.report.get("new") or {}, run.report.get("old") or {}
    was = old.get("kinds", {})
    return [(KINDS.get(name, name), _rate(was.get(name)), _rate(rate)) for name, rate in new.get("kinds", {}).items()]


def _bar(run: runs.Run) -> tuple[int, int] | None:
    """How many of how many are done in the present step, where that is known."""
    if run.step == "train":
        parts = _parts(tree_of(services.settings().var_path, run.id) / "config.yml")
        return (parts.index(run.progress), len(parts)) if run.progress in parts else None
    done, slash, all_of_them = run.progress.partition("/")
    return (int(done), int(all_of_them)) if slash and done.isdigit() and all_of_them.isdigit() else None


def _parts(config: Path) -> list[str]:
    """What is trained one after another, as the progress names it."""
    try:
        return re.findall(r"^  - name: (?:[\w.]*\.)?(\w+)$", config.read_text("utf-8").partition("\npipeline:")[2], re.MULTILINE)
    except OSError:
        return []


def _rate(rate: list[int] | None) -> str:
    return f"{rate[1]} 道对 {rate[0]} 道" if rate else "—"


def _swap(run: runs.Run) -> str:
    """What is to be said about the exchange, when it is this run's: nothing once it is done."""
    wanted = {runs.LIVE: Current(run.model, run.id), runs.BACK: Current(run.before_model, run.before_run)}.get(run.state)
    var = services.settings().var_path
    if wanted is None or read_current(var) != wanted:
        return ""
    said = read_serving(var)
    if said is None:
        return "助手没有在运行，下次启动就用这一版。"
    if said.wanted == wanted:
        return f"没有换上，家长那里还是原来的：{said.trouble}" if said.trouble else ""
    return "助手正在换上……"


def _serving() -> str:
    current = read_current(services.settings().var_path)
    if current is None or not current.run:
        return "现在回答家长的，是安装时学好的那一版。"
    return f"现在回答家长的，是第 {current.run} 次发布的。"


async def _decided(work: Callable[[Session], T]) -> T:
    try:
        return await services.database().run(work)
    except runs.RunError as error:
        raise DeskError(409, str(error)) from error


async def _in_thread(work: Callable[[], T]) -> T:
    try:
        return await asyncio.get_running_loop().run_in_executor(None, work)
    except runs.RunError as error:
        raise DeskError(409, str(error)) from error
    except OSError as error:
        raise DeskError(503, f"机器上写不进文件（{error.strerror}），没有做成，家长那里没有变化。请告诉管理员。") from error


PAGES = (
    Page("GET", "/publish", EDIT, index, "发布", group="内容"),
    Page("POST", "/publish", EDIT, begin, "开始发布"),
    Page("GET", "/publish/<run_id:int>", EDIT, show, "看一次发布"),
    Page("GET", "/publish/<run_id:int>/fresh", EDIT, fresh, "看发布的进度", polled=True),
    Page("POST", "/publish/<run_id:int>/cancel", EDIT, cancel, "停掉发布"),
    Page("POST", "/publish/<run_id:int>/approve", EDIT, approve, "批准上线"),
    Page("POST", "/publish/<run_id:int>/drop", EDIT, drop, "不上线"),
    Page("GET", "/publish/<run_id:int>/back", EDIT, ask_back, "退回上一次"),
    Page("POST", "/publish/<run_id:int>/back", EDIT, back, "退回上一次"),
)
