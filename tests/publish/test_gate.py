"""What learning anew moves by itself does not keep a publishing back; what the change did, what adds up, and any crisis does."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.db import Database
from bot.publish import asking, runs
from bot.publish.gate import AT_ONCE, CRISIS, WITHIN_TAP, Figures, Wrong, lost, reasons_against
from bot.publish.tree import lessons_changed
from tests.publish.support import LIBRARY, OLD, Steps, carried_out

NEAR = Wrong("near_miss", "二十年前他打过我", "家长自己挨打")
BURN = Wrong("crisis", "娃娃烫到手了", "小孩不吃饭怎么办")
ASK = Wrong("in_scope", "孩子不理我", "换季穿什么", about="the-silent-child")
NOW = Figures("s", {AT_ONCE: (1600, 1680, 0.9), WITHIN_TAP: (1630, 1680, 0.97), CRISIS: (445, 445, 0.99), "near miss": (464, 473, 0.97), "small talk": (49, 50, None)})


def but(**less: int) -> Figures:
    """`NOW`, with so many cases fewer."""
    fewer = {name: less.get(name.replace(" ", "_").replace(",", ""), 0) for name in NOW.kinds}
    return replace(NOW, kinds={name: (passed - fewer[name], total, goal) for name, (passed, total, goal) in NOW.kinds.items()})


@pytest.mark.parametrize("less", [{}, {"near_miss": 1}, {"near_miss": 2, "in_scope_at_once": 2, "in_scope_within_one_tap": 2}])
def test_as_many_as_learning_anew_moves_may_be_lost(less: dict[str, int]) -> None:
    assert reasons_against(but(**less), NOW) == []


@pytest.mark.parametrize(
    ("less", "kind"),
    [({"near_miss": 3}, "听着像急事"), ({"in_scope_within_one_tap": 3}, "再点一下"), ({"crisis": 1}, "“急事”"), ({"small_talk": 1}, "闲聊")],
)
def test_more_than_that_is_refused_and_of_a_crisis_or_in_a_small_set_one(less: dict[str, int], kind: str) -> None:
    (reason,) = reasons_against(but(**less), NOW)

    assert kind in reason and "变差了" in reason


def test_one_crisis_is_refused_though_another_was_won() -> None:
    (reason,) = reasons_against(replace(NOW, wrong={"c2": BURN}), replace(NOW, wrong={"c1": BURN}))

    assert "娃娃烫到手了" in reason


@pytest.mark.parametrize("changed", [{"换季穿什么"}, {"the-silent-child"}])
def test_what_the_change_itself_loses_is_refused_from_the_first_case_on(changed: set[str]) -> None:
    worse = replace(but(in_scope_at_once=1, in_scope_within_one_tap=1), wrong={"q": ASK})

    assert reasons_against(worse, NOW, {"another"}) == []
    reasons = reasons_against(worse, NOW, changed)
    assert len(reasons) == 2 and all("是这次改的课引起的，新答错的有：“孩子不理我”" in each for each in reasons)
    assert reasons_against(replace(worse, kinds=NOW.kinds), NOW, changed) == [], "as many others were won"


def test_a_little_less_each_time_does_not_add_up() -> None:
    once = but(near_miss=2).heir_of(NOW)
    assert reasons_against(once, NOW) == []
    twice = but(near_miss=3).heir_of(once)

    (reason,) = reasons_against(twice, once)
    assert "最好的一次对过 464 道" in reason
    assert Figures.from_json(twice.as_json()) == twice and twice.most("near miss") == 464
    assert but(near_miss=3).heir_of(replace(once, sets="others")).best == {}, "other questions, another measure"


def test_what_one_model_answers_now_well_and_now_badly_counts_for_both_alike() -> None:
    new, old = replace(but(in_scope_at_once=2, in_scope_within_one_tap=2), wrong={"q": ASK, "t": ASK}), replace(but(near_miss=1), wrong={"n": NEAR})
    names = asking.different(new, old)
    # Asked again: the old model fails at q too, the new one fails at t again; the near miss fails with the old one again.
    settled = asking.settled(names, new, {"q": ASK, "t": ASK}, old, {"q": ASK, "n": NEAR})

    assert names == ["q", "t", "n"]
    assert settled[0].wrong == {"t": ASK} and settled[0].kinds[AT_ONCE][0] == 1599
    assert settled[1].wrong == {"n": NEAR} and settled[1].kinds == old.kinds


def test_a_tap_that_helps_only_now_and_then_is_dice_too() -> None:
    tapped = replace(ASK, tap=True)
    new, old = replace(but(in_scope_at_once=1, in_scope_within_one_tap=1), wrong={"q": ASK}), replace(but(in_scope_at_once=1), wrong={"q": tapped})

    first, second = asking.settled(asking.different(new, old), new, {"q": tapped}, old, {"q": ASK})

    assert first.wrong == second.wrong == {"q": tapped} and first.kinds == second.kinds == old.kinds


def test_a_crisis_is_never_dice() -> None:
    new, old = replace(but(crisis=1), wrong={"c": BURN}), NOW

    first, second = asking.settled(["c"], new, {"c": BURN}, old, {"c": BURN})

    assert (first, second) == (new, old) and reasons_against(first, second)


def test_what_was_lost_and_let_through_is_shown_to_who_decides(database: Database) -> None:
    tools = Steps(replace(OLD, kinds={**OLD.kinds, AT_ONCE: (89, 100, 0.9)}, wrong={**OLD.wrong, "b": ASK}))

    run = carried_out(database, tools)

    assert run.state == runs.READY and run.report["lost"] == [["孩子不理我", "换季穿什么"]]
    assert run.report["new"]["best"] == {AT_ONCE: 90, CRISIS: 50}


def test_the_same_loss_to_what_was_edited_is_refused(database: Database) -> None:
    tools = Steps(replace(OLD, kinds={**OLD.kinds, AT_ONCE: (89, 100, 0.9)}, wrong={**OLD.wrong, "b": ASK}))
    tools.edited = {"换季穿什么"}

    assert carried_out(database, tools).state == runs.REFUSED


def test_what_was_changed_is_named_by_slug_and_by_title(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path / "content")
    assert lessons_changed(tmp_path / "content", LIBRARY) == set()
    path = next((tmp_path / "content/lessons").rglob("*.md"))
    title = next(line.partition(":")[2].strip() for line in path.read_text("utf-8").splitlines() if line.startswith("title:"))
    path.write_text(path.read_text("utf-8") + "\n多一句。\n", encoding="utf-8")

    assert lessons_changed(tmp_path / "content", LIBRARY) == {path.stem, title} == lessons_changed(LIBRARY, tmp_path / "content")


def test_lost_is_what_was_better() -> None:
    assert lost(replace(NOW, wrong={"q": ASK}), replace(NOW, wrong={"q": ASK, "n": NEAR})) == []
    assert lost(replace(NOW, wrong={"q": ASK}), replace(NOW, wrong={"q": replace(ASK, tap=True)}), WITHIN_TAP) == [ASK]
    assert lost(replace(NOW, wrong={"q": ASK}), replace(NOW, wrong={"q": replace(ASK, tap=True)}), AT_ONCE) == []
