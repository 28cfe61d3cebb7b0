"""The steps of one run, in order; what they need is given to them, so that they can be tried without training."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

import structlog

from bot.clock import Clock
from bot.db import Database
from bot.publish import asking, runs
from bot.publish.gate import Figures, Wrong, lost, reasons_against

log = structlog.get_logger(__name__)

Say = Callable[[str], None]


class Cancelled(Exception):
    """A person wants it to stop."""


class Refused(Exception):
    """It must not go live."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


class StepError(Exception):
    """A step could not be done; the message says why, in Chinese."""


class Tools(Protocol):
    """What the steps are done with. `say` tells how far it is, and raises Cancelled; long work calls it often, with "" for no news."""

    def prepare(self) -> list[str]:
        """Make the copy to work on; what was added to it from confirmed examples, in words."""

    def lint(self) -> list[str]:
        """The errors in it, in words."""

    def train(self, say: Say) -> str:
        """The name of the model."""

    def evaluate(self, new: bool, say: Say) -> Figures | None:
        """Figures of the candidate, or of what answers now (None: nothing does)."""

    def again(self, new: bool, names: Collection[str], say: Say) -> Mapping[str, Wrong]:
        """Which of these cases of the sets are answered badly when they are asked once more."""

    def changed(self) -> Collection[str]:
        """Slugs and titles of the lessons that are other than in what answers now."""

    def dangers(self, say: Say) -> tuple[int, list[str]]:
        """How many sentences of their own the dangers have, and what the candidate answers badly of them, in words."""

    def questions(self) -> list[tuple[str, int]]:
        """What parents asked in the last month, and how often."""

    def answers(self, new: bool, texts: Sequence[str], say: Say) -> list[str] | None:
        """What a stranger is answered."""


def carry_out(database: Database, clock: Clock, run_id: int, tools: Tools) -> None:
    """All steps. However it ends, the run's state and reasons say so."""
    keeper = _Keeper(database, run_id)
    state, reasons = runs.READY, []
    try:
        _steps(keeper, tools)
    except Cancelled:
        state = runs.CANCELLED
    except Refused as refused:
        state, reasons = runs.REFUSED, refused.reasons
    except StepError as error:
        state, reasons = runs.FAILED, [str(error)]
    except Exception as error:  # noqa: BLE001 - the page must not say “running” for ever
        log.error("publish.failed", run=run_id, error=type(error).__name__)
        state, reasons = runs.FAILED, [f"程序出错了（{type(error).__name__}），请告诉管理员看日志。"]
    with database.session() as session:
        runs.end(session, run_id, state, reasons, clock.now())
    log.info("publish.ended", run=run_id, state=state)


def _steps(keeper: _Keeper, tools: Tools) -> None:
    keeper.step("lint")
    keeper.found(added=tools.prepare())
    if errors := tools.lint():
        raise Refused(errors)
    keeper.step("train")
    keeper.model(tools.train(keeper.say))
    keeper.step("evaluate")
    new = tools.evaluate(True, keeper.say)
    old = tools.evaluate(False, keeper.say)
    if new and old and old.sets == new.sets:
        new, old = _calmly(new, old, tools, keeper.say)
        new = new.heir_of(old)
    keeper.found(new=new and new.as_json(), old=old and old.as_json())
    if new is None:
        raise StepError("固定的题没有做成。")
    reasons = reasons_against(new, old, tools.changed())
    if not reasons:
        if old and old.sets == new.sets:
            keeper.found(lost=[[each.text, each.reply] for each in lost(new, old)])
        count, reasons = tools.dangers(keeper.say)
        keeper.found(dangers=count)
    if reasons:
        raise Refused(reasons)
    keeper.step("replay")
    keeper.found(**_replayed(tools, keeper.say))


def _calmly(new: Figures, old: Figures, tools: Tools, say: Say) -> tuple[Figures, Figures]:
    """What only one of the two got wrong, asked of both once more. On a busy machine the pipeline comes too late for some message, and the
    patterns alone answer; and some answers are drawn by lot: a model that is as good as before was refused for such false alarms.
    """
    names = asking.different(new, old)
    if not names:
        return new, old
    return asking.settled(names, new, tools.again(True, names, say), old, tools.again(False, names, say))


def _replayed(tools: Tools, say: Say) -> dict[str, Any]:
    asked = tools.questions()
    texts = [text for text, _ in asked]
    old = tools.answers(False, texts, say) if texts else None
    new = tools.answers(True, texts, say) if texts else None
    if old is None or new is None:
        return {"asked": len(texts), "changed": []}
    triples = zip(asked, old, new, strict=True)
    changed = [{"text": text, "times": times, "old": was, "new": now} for (text, times), was, now in triples if was != now]
    return {"asked": len(texts), "changed": changed}


class _Keeper:
    """Writes down how far the run is."""

    def __init__(self, database: Database, run_id: int) -> None:
        self._database = database
        self._run_id = run_id
        self._step = "lint"
        self._said = ""

    def step(self, name: str) -> None:
        self._step, self._said = name, ""
        self.say("")

    def say(self, line: str) -> None:
        self._said = line or self._said
        self._report({})

    def found(self, **what: Any) -> None:
        self._report(what)

    def model(self, name: str) -> None:
        with self._database.session() as session:
            runs.trained(session, self._run_id, name)

    def _report(self, what: dict[str, Any]) -> None:
        with self._database.session() as session:
            stop = runs.report(session, self._run_id, self._step, self._said, what)
        if stop:
            raise Cancelled
