"""What the tests of publishing share: steps that can be made to fail, and runs over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

from bot.clock import ManualClock
from bot.db import Database
from bot.model.current import Current
from bot.publish import runs
from bot.publish.gate import Figures, Wrong
from bot.publish.pipeline import Say, carry_out

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests/content/library"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=timezone.utc)
INSTALLED = Current("old.tar.gz", 0)
OLD = Figures("s", {"in scope, at once": (90, 100, 0.9), "crisis": (50, 50, 0.99)}, {"a": Wrong("in_scope", "一", "二")})


class Steps:
    """Tools of which each step can be made to fail, and which note what was done."""

    def __init__(self, new: Figures = OLD) -> None:
        self.new = new
        self.done: list[str] = []
        self.errors: list[str] = []
        self.trouble: dict[str, Callable[[], object]] = {}
        self.badly: list[str] = []
        self.hasty: set[str] = set()
        self.edited: set[str] = set()
        self.said = {True: ["甲", "丙", "丁"], False: ["甲", "乙", "丁"]}

    def _do(self, name: str) -> None:
        self.done.append(name)
        self.trouble.get(name, lambda: None)()

    def prepare(self) -> list[str]:
        self._do("prepare")
        return ["娃儿不肯喊我"]

    def lint(self) -> list[str]:
        self._do("lint")
        return self.errors

    def train(self, say: Say) -> str:
        self._do("train")
        say("Normalizer")
        return "new.tar.gz"

    def evaluate(self, new: bool, say: Say) -> Figures | None:
        self._do("evaluate")
        return self.new if new else OLD

    def again(self, new: bool, names: Collection[str], say: Say) -> Mapping[str, Wrong]:
        self._do("again")
        return {name: each for name, each in (self.new if new else OLD).wrong.items() if name in names and name not in self.hasty}

    def changed(self) -> Collection[str]:
        return self.edited

    def dangers(self, say: Say) -> tuple[int, list[str]]:
        self._do("dangers")
        return 2, self.badly

    def questions(self) -> list[tuple[str, int]]:
        return [("问一", 9), ("问二", 4), ("问三", 1)]

    def answers(self, new: bool, texts: Sequence[str], say: Say) -> list[str] | None:
        self._do("answers")
        return self.said[new]


def begin(database: Database, before: Current = INSTALLED) -> int:
    with database.session() as session:
        return runs.begin(session, "王老师", before.model, before.run, NOW).id


def carried_out(database: Database, tools: Steps) -> runs.Run:
    run_id = begin(database)
    carry_out(database, ManualClock(), run_id, tools)
    return get(database, run_id)


def get(database: Database, run_id: int) -> runs.Run:
    with database.session() as session:
        run = runs.get(session, run_id)
    assert run is not None
    return run
