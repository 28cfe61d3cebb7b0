"""The steps done for real: each in a process of its own, in the run's copy, so that memory and files of this one stay as they are."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from bot.clock import Clock
from bot.content.lint.run import check
from bot.db import Database
from bot.evaluation.cases import Case, EvaluationError, read_cases
from bot.logs import misses, replay
from bot.model.recipe import model_path
from bot.publish import dangers, lifeline, runs
from bot.publish.examples import with_examples
from bot.publish.gate import Figures, Wrong
from bot.publish.pipeline import Say, StepError
from bot.publish.runs import Run
from bot.publish.tree import forget_old, lessons_changed, make_tree, tree_of
from bot.reminders.hours import BEIJING
from bot.settings import Settings

MONTH = timedelta(days=30)
# A few minutes of asking; the most frequent come first.
_QUESTIONS = 500
_SETS = "tests/evaluation"
# A few cases, each of which decides: forty at once, on a busy machine, were answered by the patterns alone, the second time as the first.
_CALMLY = ("--at-once", "2")


class RealTools:
    """Tools of one run. `root`: the project's folder."""

    def __init__(self, root: Path, settings: Settings, database: Database, clock: Clock, run: Run) -> None:
        self._root = root
        self._settings = settings
        self._var = settings.var_path.resolve()
        self._database = database
        self._clock = clock
        self._run = run
        self._tree = tree_of(self._var, run.id)
        self._model = ""

    def prepare(self) -> list[str]:
        make_tree(self._root, self._settings.content_path, self._var, self._run.id)
        with self._database.session(readonly=True) as session:
            # Until this one is live, rolling back goes from what answers now to what was before that.
            answers = runs.get(session, self._run.before_run)
            back = {answers.before_run} if answers else set()
            forget_old(self._var, {self._run.id, self._run.before_run, *back})
            confirmed = misses.examples_in(session, "confirmed")
        changed, placed = with_examples(self._tree, self._tree / "content", confirmed)
        for path, text in changed.items():
            path.write_text(text, encoding="utf-8")
        (self._tree / "examples.json").write_text(json.dumps([each.id for each in placed]))
        return [each.text for each in placed]

    def lint(self) -> list[str]:
        # By the same clock as what editors wrote: beside the simulator that one can be turned.
        report = check(self._tree / "content", self._clock.now().astimezone(BEIJING).date())
        return [f"{each.path.relative_to(self._tree)} 第 {each.line} 行：{each.message}" for each in report.errors]

    def train(self, say: Say) -> str:
        path = model_path(self._tree, self._var, self._tree / "content")
        if not path.exists():
            self._child(("train", "--aside"), self._tree, say)
        if not path.exists():
            raise StepError("训练完了，却没有找到模型。请再发布一次；还是不行，请管理员看日志。")
        self._model = path.name
        return path.name

    def evaluate(self, new: bool, say: Say) -> Figures | None:
        sets = _hash(self._root / _SETS)
        model, place = self._side(new)
        if not new and (kept := self._kept(sets)):
            return kept
        if not model:
            return None
        out = self._tree / f"figures-{'new' if new else 'old'}.json"
        self._child(("evaluate", "--model", model, "--json", str(out)), place, say)
        return self._figures(json.loads(out.read_text(encoding="utf-8")), sets)

    def again(self, new: bool, names: Collection[str], say: Say) -> Mapping[str, Wrong]:
        model, place = self._side(new)
        asked, out = self._tree / "again.jsonl", self._tree / "again.json"
        lines = [line for path in sorted((self._root / _SETS).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines() if line.strip()]
        asked.write_text("".join(f"{line}\n" for line in lines if json.loads(line)["id"] in names), "utf-8")
        self._child(("evaluate", *_CALMLY, "--model", model, "--json", str(out), str(asked)), place, say)
        return self._figures(json.loads(out.read_text("utf-8")), "").wrong

    def changed(self) -> Collection[str]:
        before = self._side(False)[1]
        content = self._settings.content_path if before == self._root else before / "content"
        return lessons_changed(self._tree / "content", content)

    def dangers(self, say: Say) -> tuple[int, list[str]]:
        asked, out = self._tree / "dangers.jsonl", self._tree / "dangers.json"
        count = dangers.write_cases(self._tree / "content", asked)
        if not count:
            return 0, []
        self._child(("evaluate", *_CALMLY, "--model", self._model, "--json", str(out), str(asked)), self._tree, say)
        failures = json.loads(out.read_text(encoding="utf-8"))["failures"]
        return count, dangers.reasons(self._tree / "content", asked, failures)

    def questions(self) -> list[tuple[str, int]]:
        with self._database.session(readonly=True) as session:
            asked = replay.asked_since(session, self._clock.now() - MONTH, _QUESTIONS)
        return [(each.text, each.times) for each in asked if each.text]

    def answers(self, new: bool, texts: Sequence[str], say: Say) -> list[str] | None:
        model, place = self._side(new)
        if not model:
            return None
        asked, out = self._tree / "asked.json", self._tree / f"answers-{'new' if new else 'old'}.json"
        asked.write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
        self._child(("publish", "answers", "--model", model, str(asked), str(out)), place, say)
        answers: list[str] = json.loads(out.read_text(encoding="utf-8"))
        return answers

    def _side(self, new: bool) -> tuple[str, Path]:
        """Model and folder of the candidate, or of what answers now; an empty name: there is none."""
        if new:
            return self._model, self._tree
        there = (self._var / "models" / self._run.before_model).is_file()
        before = tree_of(self._var, self._run.before_run)
        return self._run.before_model if there else "", before if before.exists() else self._root

    def _kept(self, sets: str) -> Figures | None:
        """What the run that answers now got, if the questions are still the same."""
        with self._database.session(readonly=True) as session:
            before = runs.get(session, self._run.before_run)
        if before is None or before.model != self._run.before_model or not before.report.get("new"):
            return None
        figures = Figures.from_json(before.report["new"])
        return figures if figures.sets == sets else None

    def _figures(self, data: dict[str, Any], sets: str) -> Figures:
        try:
            cases = {case.id: case for case in read_cases(sorted((self._root / _SETS).glob("*.jsonl")))}
        except EvaluationError as error:
            raise StepError(f"固定的题读不出来：{error}") from error
        kinds = {name: (rate["passed"], rate["total"], rate["goal"]) for name, rate in data["rates"]["kind"].items()}
        titles = dangers.called(self._tree / "content")
        wrong = {each["id"]: _wrong(each, cases.get(each["id"]), titles) for each in data["failures"]}
        return Figures(sets, kinds, wrong)

    def _child(self, arguments: Sequence[str], place: Path, say: Say) -> None:
        """Run `jiashu …` in `place`; its lines are progress.

        Raises:
            StepError: it failed; with its last words.
        """
        content = place / "content" if place != self._root else self._settings.content_path
        environment = {**os.environ, "JIASHU_CONTENT": str(content.resolve()), "JIASHU_VAR": str(self._var)}
        process = lifeline.start(arguments, place, environment)
        lines: Queue[str] = Queue()
        trouble: Queue[str] = Queue()
        readers = [_reading(process.stdout, lines), _reading(process.stderr, trouble)]
        try:
            while process.poll() is None:
                say(_told(_next(lines)))
        finally:
            lifeline.stop(process)
            for reader in readers:
                reader.join(timeout=5)
        if process.returncode:
            said = list(trouble.queue) or list(lines.queue) or ["什么也没说"]
            raise StepError(f"“{arguments[0]}”没有做成：{said[-1]}")


def _wrong(failure: Mapping[str, Any], case: Case | None, titles: Mapping[str, str]) -> Wrong:
    reply, text, about = failure["reply"], case.text if case else "", case.topic if case else ""
    return Wrong(failure["kind"], text, titles.get(reply, reply), failure["tap"] > 0, about)


def _reading(stream: Any, lines: Queue[str]) -> Thread:
    def read() -> None:
        for line in stream:
            if line.strip():
                lines.put(line.strip(" …\n"))

    thread = Thread(target=read, daemon=True)
    thread.start()
    return thread


def _next(lines: Queue[str]) -> str:
    """The newest line, or "" after a second without one."""
    said = ""
    with suppress(Empty):
        said = lines.get(timeout=1)
        while True:
            said = lines.get_nowait()
    return said


def _told(line: str) -> str:
    """A line of a command as progress for the page: “100/2000”, or the part of the model that is at work; nothing of all others."""
    if found := re.search(r"(\d+) of (\d+)", line):
        return f"{found[1]}/{found[2]}"
    return line.rpartition(".")[2] if re.fullmatch(r"[\w.]*[A-Z]\w+", line) else ""


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
