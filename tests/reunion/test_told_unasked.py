"""What a parent tells without being asked: it counts for the plan that is near, and is not asked for afterwards."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from actions.lessons import ActionOfferLessons
from actions.pushed import ActionTakeReport
from bot.reunion.follow_through import Counts
from tests.reunion.conftest import TODAY, ReunionScene


async def test_told_unasked_it_counts_for_the_plan(scene: ReunionScene) -> None:
    scene.has_plan()
    await scene.run(ActionTakeReport(), "票买到了", "report_done")

    assert scene.counts() == {"ticket_done": Counts(yes=1)}


@pytest.mark.parametrize(
    ("words", "intent", "left_out", "still"),
    [
        ("票买好了", "report_done", {"tickets_16"}, {"gifts_12", "caregiver_6"}),
        ("礼物买好了", "report_done", {"gifts_12"}, {"tickets_16"}),
        ("跟奶奶通过气了", "report_done", {"caregiver_6"}, {"tickets_16", "gifts_12"}),
        ("票没抢到", "report_not_yet", set(), {"tickets_16", "gifts_12"}),
    ],
)
async def test_what_was_told_unasked_is_not_asked_for(
    scene: ReunionScene, words: str, intent: str, left_out: set[str], still: set[str]
) -> None:
    scene.has_plan()
    await scene.run(ActionTakeReport(), words, intent)

    steps = scene.steps("reunion")
    assert not left_out & steps and still <= steps
    # Another time together begins with nothing done.
    scene.turn(30 + 5 * 30)
    scene.has_plan(date(2027, 7, 1))
    assert {"tickets_16", "gifts_12", "caregiver_6"} <= scene.steps("reunion")


async def test_without_a_plan_it_counts_for_the_festival_that_is_near(scene: ReunionScene) -> None:
    scene.clock.set(datetime(2027, 1, 15, 4, tzinfo=timezone.utc))
    assert "tickets_15" in scene.steps("spring_festival")
    await scene.run(ActionTakeReport(), "票买好了", "report_done")

    assert "tickets_15" not in scene.steps("spring_festival")


@pytest.mark.parametrize("words", ["已经到家了", "我提前回到家了", "见到孩子了"])
async def test_home_already_ends_the_countdown(scene: ReunionScene, words: str) -> None:
    scene.has_plan(date(2026, 12, 1))
    text = await scene.run(ActionOfferLessons(), words, "nlu_fallback")
    plan = scene.plan()

    assert "计划从今天算起，12月5号分开" in text
    assert plan is not None and (plan.start, plan.end) == (TODAY, date(2026, 12, 5))
    assert not {"changes_3", "first_day_1", "caregiver_6"} & scene.steps("reunion") and "together" in scene.steps("reunion")


async def test_home_long_before_is_another_visit(scene: ReunionScene) -> None:
    scene.has_plan()
    scene.lesson = "first-day-shyness"
    assert "不敢乱答" in await scene.run(ActionOfferLessons(), "见到孩子了", "nlu_fallback")
    plan = scene.plan()

    assert plan is not None and plan.start == date(2027, 2, 4)
