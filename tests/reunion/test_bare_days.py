"""Numbers that are days only because a day was asked for. Seen from Sunday, 22 November 2026: 腊月廿六 is 72 days ahead."""

from __future__ import annotations

from datetime import date

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.danger import ActionAnswerDanger
from actions.reunion_changes import ActionChangePlan, ValidateReunionMoveForm
from bot.nlu_keys import DANGER
from bot.reunion.answers import read_when
from bot.reunion.bare_days import near_plan, read_bare_day
from bot.reunion.moving import is_vague
from bot.text.lunar_days import DaySaid
from tests.reunion.conftest import ReunionScene
from tests.reunion.planning import answer

TODAY = date(2026, 11, 22)
BARE = [
    ("二十六吧", date(2027, 2, 2)), ("二十六", date(2027, 2, 2)), ("那就二十八吧", date(2027, 2, 4)), ("廿七", date(2027, 2, 3)),
    ("年二十八", date(2027, 2, 4)), ("三十", date(2027, 2, 5)), ("26", date(2026, 11, 26)), ("大概20左右", date(2026, 12, 20)), ("31", date(2026, 12, 31)),
    ("1", None), ("45", None), ("我26岁", None), ("二十六块", None), ("五", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "day"), BARE)
def test_a_bare_number_is_a_day(words: str, day: date | None) -> None:
    found = read_bare_day(words, TODAY)

    assert (found.start if found else None) == day


def test_far_from_new_year_a_bare_number_is_of_this_month() -> None:
    found = read_bare_day("二十六", date(2027, 6, 1))

    assert found is not None and found.start == date(2027, 6, 26)
    assert (late := read_bare_day("廿六", date(2027, 6, 1))) is not None and late.start == date(2028, 1, 22)


def test_the_third_of_the_next_lunar_month() -> None:
    # It is 十月十四.
    assert [found.start for each in ("下个月初三", "下月初三回") if isinstance(found := read_when(each, TODAY), DaySaid)] == [date(2026, 12, 11)] * 2
    early = read_when("这个月初九", date(2026, 11, 10))
    assert isinstance(early, DaySaid) and early.start == date(2026, 11, 17)
    begins = read_when("下个月初", TODAY)
    assert isinstance(begins, DaySaid) and begins.about


@pytest.mark.parametrize(
    ("words", "start", "day"),
    [
        ("二十八", date(2027, 2, 2), date(2027, 2, 4)),
        ("28", date(2027, 2, 2), date(2027, 1, 28)),
        ("二十八吧", date(2027, 7, 10), date(2027, 6, 28)),
    ],
)
def test_a_plan_moves_to_the_nearest_such_day(words: str, start: date, day: date) -> None:
    found = near_plan(words, start, TODAY)

    assert found is not None and found.start == day


async def test_the_planner_takes_it_and_says_how_it_was_taken(scene: ReunionScene) -> None:
    assert (await answer(scene, "reunion_when", "二十六吧"))["start"] == "2027-02-02"
    assert "腊月廿六" in scene.said[0]["text"] and "回“26号”就改" in scene.said[0]["text"]
    # One question later it is something else.
    assert await answer(scene, "reunion_who", "二十六") is None


@pytest.mark.parametrize("words", ["能不能改到月底", "改到下个月中旬", "改到年后"])
async def test_about_when_is_asked_for_the_day(scene: ReunionScene, words: str) -> None:
    assert is_vague(words)
    scene.has_plan(start=date(2027, 2, 2))

    assert await scene.run(ActionChangePlan(), words, "change_plan") == "" and not scene.followed, "the form asks"
    plan = scene.plan()
    assert plan is not None and plan.start == date(2027, 2, 2)


async def test_the_day_may_be_a_bare_number(scene: ReunionScene) -> None:
    scene.has_plan(start=date(2027, 2, 2))
    latest = {"text": "二十八", "intent": {"name": "tell_details"}, "entities": []}
    slots = {"requested_slot": "reunion_new_day"}
    tracker = Tracker(scene.parent, slots, latest, [], False, None, {"name": "reunion_move_form"}, "action_listen")

    assert await ValidateReunionMoveForm().extract_reunion_new_day(CollectingDispatcher(), tracker, {}) == {"reunion_new_day": "2027-02-04"}


async def _leaves(scene: ReunionScene, words: str, by: str = "classifier") -> tuple[str, list[dict[str, object]]]:
    found = {"script": "parent-suicidal", "by": by}
    latest = {"text": words, "intent": {"name": "danger"}, "entities": [], DANGER: found}
    loop = {"name": scene.form} if scene.form else {}
    tracker = Tracker(scene.parent, dict(scene.slots), latest, [{"event": "user", **latest}], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await ActionAnswerDanger().run(dispatcher, tracker, {})
    return str(dispatcher.messages[0]["text"]), list(events)


async def test_leaving_tonight_is_a_day_where_one_was_asked_for(scene: ReunionScene) -> None:
    scene.form, scene.slots["requested_slot"] = "reunion_form", "reunion_when"
    text, events = await _leaves(scene, "今晚就走")

    assert "11月27号" in text and "12356" in text, "and a hand held out all the same"
    assert [each["name"] for each in events] == ["reunion_when", "reunion_form"]


@pytest.mark.parametrize(
    ("words", "by", "form"),
    [
        ("今晚就走", "classifier", None),
        ("今晚就走", "patterns", "reunion_form"),
        ("今晚就走，孩子拜托你们了", "classifier", "reunion_form"),
    ],
)
async def test_everywhere_else_it_is_heard_as_a_danger(scene: ReunionScene, words: str, by: str, form: str | None) -> None:
    scene.form, scene.slots["requested_slot"] = form, "reunion_when"
    text, _ = await _leaves(scene, words, by)

    assert text.startswith("谢谢您肯告诉我")
