"""What a person decides about a run: it goes live, it is dropped, or all goes back to what was before."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import structlog

from bot.content.documents import ContentError
from bot.content.history import HistoryError
from bot.content.library import load_library
from bot.db import Database
from bot.logs import misses
from bot.logs.shapes import Example
from bot.model.current import Current, choose, read_current
from bot.publish import recording, reverting, runs, second
from bot.publish.examples import with_examples
from bot.publish.tree import INSTALLED, tree_of

log = structlog.get_logger(__name__)


def approve(database: Database, root: Path, content: Path, var: Path, run_id: int, by: str, now: datetime) -> None:
    """Let the candidate answer; new examples go into the files, and those who asked in vain hear of it.

    Raises:
        RunError: it does not wait for approval, its model is gone, another one answers than when it began, it changes safety files and
            `by` began it, or the choice cannot be written.
    """
    with database.session() as session:
        run = runs.get(session, run_id)
        if run is None or not (var / "models" / run.model).is_file():
            raise runs.RunError("这次发布的模型已经不在了，请再发布一次。")
        second.check(var, run, by)
        runs.decide(session, run_id, runs.LIVE, by, now)
        # Whoever rolled back since did not want what this one was made of, and was compared with.
        answers = read_current(var)
        if (answers.run if answers else INSTALLED) != run.before_run:
            raise runs.RunError("这一次开始以后，回答家长的换成了别的一版（有人退回过），学的、比的都对不上了。请再发布一次。")
        current = Current(run.model, run_id)
        _choose(var, current)
    _settle(database, root, content, tree_of(var, run_id), by, now)
    # Once more: whoever reads the files for himself (pages, the desk) finds the examples in them now.
    _tell_again(var, current)


def roll_back(
    database: Database, root: Path, content: Path, var: Path, run_id: int, keep: reverting.Keep, by: str, now: datetime
) -> reverting.Reverted:
    """Let what was before answer again, and make the files what they were; `keep` makes a draft of what was changed in one since.

    Raises:
        RunError: it is not live, not the newest, the model before is gone, or the choice cannot be written.
    """
    with database.session() as session:
        run = runs.get(session, run_id)
        if run is None or not run.before_model or not (var / "models" / run.before_model).is_file():
            raise runs.RunError("上一个模型已经不在了，没法退回。请把课文改回去，再发布一次。")
        if any(each.id > run_id and each.state == runs.LIVE for each in runs.latest(session)):
            raise runs.RunError("后来又发布过了，请先退回最近的那一次。")
        if read_current(var) != Current(run.model, run_id):
            raise runs.RunError("现在回答家长的已经不是这一次发布的了，没有可退的。")
        runs.decide(session, run_id, runs.BACK, by, now)
        if run.decided_at:
            misses.unpublished(session, run.decided_at)
        before = Current(run.before_model, run.before_run)
        # Parents first; git may take a moment, or not work at all.
        _choose(var, before)
    done = _put_back(root, content, var, run, keep, by, now)
    with database.session() as session:
        runs.note(session, run_id, {"back": asdict(done)})
    _tell_again(var, before)
    return done


def _choose(var: Path, current: Current) -> None:
    """Inside the transaction that decides: on a full disk nothing is decided either, and it can be done once more.

    Raises:
        RunError: it cannot be written.
    """
    try:
        choose(var, current)
    except OSError as error:
        raise runs.RunError(f"文件写不进去（{error.strerror}），所以家长那里没有变化。请管理员看看磁盘和权限，再做一次。") from error


def _tell_again(var: Path, current: Current) -> None:
    try:
        choose(var, current)
    except OSError as error:
        # It is chosen already; those who only read files see the last of them a little later.
        log.error("publish.not_told", run=current.run, error=type(error).__name__)


def _put_back(root: Path, content: Path, var: Path, run: runs.Run, keep: reverting.Keep, by: str, now: datetime) -> reverting.Reverted:
    try:
        planned = reverting.plan(root, content, var, run)
        if not planned.known:
            return reverting.Reverted(trouble="上一次的文件没有留副本")
        return reverting.carry_out(planned, root, content, keep, by, f"退回第 {run.id} 次发布", now)
    except (OSError, HistoryError) as error:
        log.error("publish.not_put_back", run=run.id, error=type(error).__name__)
        return reverting.Reverted(trouble=str(error) if isinstance(error, HistoryError) else "文件写不进去")


def _settle(database: Database, root: Path, content: Path, tree: Path, by: str, now: datetime) -> None:
    try:
        ids = set(json.loads((tree / "examples.json").read_text()))
        with database.session(readonly=True) as session:
            learned = [each for each in misses.examples_in(session, "confirmed") if each.id in ids]
        placed = _write(root, content, learned, by, now)
        lessons = set(load_library(tree / "content").lessons)
    except (OSError, HistoryError, ContentError) as error:
        # They are learned all the same, and stay “confirmed”: the next publishing writes them.
        log.error("publish.examples", error=type(error).__name__)
        return
    with database.session() as session:
        misses.examples_published(session, [each.id for each in placed], now)
        for wanted in misses.requests_in(session, "open"):
            if wanted.lesson in lessons:
                misses.lesson_published(session, wanted.lesson, now)


def _write(root: Path, content: Path, learned: list[Example], by: str, now: datetime) -> list[Example]:
    changed, placed = with_examples(root, content, learned)
    subject = "发布：加上没答上的问法"
    for folder in (content, root / "data"):
        inside = {path.relative_to(folder).as_posix(): text.encode() for path, text in changed.items() if folder in path.parents}
        if inside:
            recording.record(folder, inside, by, subject, now)
    return placed
