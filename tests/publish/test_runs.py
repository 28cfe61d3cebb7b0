"""A run from its first step to live and back, with steps that cost nothing; and the gate that refuses what is worse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.clock import ManualClock
from bot.db import Database
from bot.publish import runs
from bot.publish.gate import Figures, Wrong, reasons_against
from bot.publish.pipeline import StepError, carry_out
from tests.publish.support import NOW, OLD, Steps, begin, carried_out, get

BURN = Wrong("crisis", "娃娃烫到手了", "小孩不吃饭怎么办")
LOST = Wrong("in_scope", "孩子不理我", "换季穿什么")


def test_a_good_candidate_waits_with_every_answer_that_changes(database: Database) -> None:
    run = carried_out(database, Steps())

    assert (run.state, run.model) == (runs.READY, "new.tar.gz")
    assert run.report["changed"] == [{"text": "问二", "times": 4, "old": "乙", "new": "丙"}]
    assert run.report["asked"] == 3 and run.report["added"] == ["娃儿不肯喊我"]
    assert Figures.from_json(run.report["new"]) == OLD.heir_of(OLD)


def test_broken_content_is_not_trained(database: Database) -> None:
    tools = Steps()
    tools.errors = ["content/lessons/a.md 第 3 行：少了标题"]

    run = carried_out(database, tools)

    assert (run.state, run.report["reasons"], tools.done) == (runs.REFUSED, tools.errors, ["prepare", "lint"])


def test_what_worsens_the_fixed_sets_is_refused_and_not_replayed(database: Database) -> None:
    worse = replace(OLD, kinds={**OLD.kinds, "crisis": (49, 50, 0.99)}, wrong={**OLD.wrong, "c1": BURN})
    tools = Steps(worse)

    run = carried_out(database, tools)

    assert run.state == runs.REFUSED and "answers" not in tools.done
    assert any("娃娃烫到手了" in reason for reason in run.report["reasons"])
    with database.session() as session, pytest.raises(runs.RunError):
        runs.decide(session, run.id, runs.LIVE, "王老师", NOW)


def test_what_only_one_of_the_two_got_wrong_is_asked_once_more(database: Database) -> None:
    """On a busy machine an answer may come from the patterns alone: that is no reason against a model."""
    tap = replace(LOST, tap=True)
    hasty = Figures("s", {"in scope, at once": (88, 100, 0.9), "in scope, within one tap": (95, 100, 0.97), "crisis": (49, 50, 0.99)}, {**OLD.wrong, "c1": BURN, "q1": LOST, "q2": tap})
    tools = Steps(hasty)
    tools.hasty = {"c1", "q1", "q2"}

    run = carried_out(database, tools)

    assert run.state == runs.READY and tools.done.count("again") == 2, "once of each of the two"
    assert run.report["new"]["kinds"] == {"in scope, at once": [90, 100, 0.9], "in scope, within one tap": [96, 100, 0.97], "crisis": [50, 50, 0.99]}
    assert Figures.from_json(run.report["new"]).wrong == OLD.wrong


@pytest.mark.parametrize("step", ["prepare", "train", "evaluate", "answers"])
def test_a_step_that_fails_ends_the_run_with_a_sentence(database: Database, step: str) -> None:
    def fail() -> None:
        raise StepError("磁盘满了")

    tools = Steps()
    tools.trouble[step] = fail

    run = carried_out(database, tools)

    assert (run.state, run.report["reasons"]) == (runs.FAILED, ["磁盘满了"])


def test_a_step_that_breaks_in_an_unforeseen_way_ends_the_run_too(database: Database) -> None:
    tools = Steps()
    nothing: dict[str, str] = {}
    tools.trouble["train"] = lambda: nothing["a parent's words"]

    run = carried_out(database, tools)

    assert run.state == runs.FAILED and "KeyError" in run.report["reasons"][0] and "words" not in run.report["reasons"][0]


def test_a_person_can_stop_it(database: Database) -> None:
    tools = Steps()

    def stop() -> None:
        with database.session() as session:
            runs.cancel(session, 1)

    tools.trouble["train"] = stop

    run = carried_out(database, tools)

    assert run.state == runs.CANCELLED and tools.done[-1] == "train"


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (OLD, []),
        (replace(OLD, kinds={**OLD.kinds, "in scope, at once": (95, 100, 0.9)}), []),
        (replace(OLD, kinds={**OLD.kinds, "in scope, at once": (88, 100, 0.9)}, wrong={**OLD.wrong, "b": LOST}), ["孩子不理我"]),
        # As many as before, but another one: of a crisis none may be lost.
        (replace(OLD, wrong={"c1": BURN}), ["娃娃烫到手了"]),
        (replace(OLD, kinds={"in scope, at once": (90, 100, 0.9)}), ["急事"]),
        (replace(OLD, kinds={}), ["一道也没有做成"]),
    ],
)
def test_the_gate_compares_with_what_answers_now(new: Figures, words: list[str]) -> None:
    reasons = reasons_against(new, OLD)

    assert len(reasons) == len(words) and all(word in reason for word, reason in zip(words, reasons, strict=True))


@pytest.mark.parametrize("old", [None, replace(OLD, sets="other questions")])
def test_without_anything_to_compare_with_the_goals_decide(old: Figures | None) -> None:
    assert reasons_against(OLD, old) == []
    (reason,) = reasons_against(replace(OLD, kinds={"crisis": (49, 50, 0.99)}), old)
    assert "49" in reason and "99%" in reason


def test_only_one_runs_at_a_time_and_a_waiting_one_gives_way(database: Database) -> None:
    first = begin(database)
    with pytest.raises(runs.RunError):
        begin(database)
    carry_out(database, ManualClock(), first, Steps())

    begin(database)

    assert get(database, first).state == runs.DROPPED
