"""What a turn came to, read from Rasa's events."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUtteranceReverted

from bot.clock import ManualClock
from bot.logs import outcomes
from bot.logs.heard import Heard, turns_in
from tests.logs.support import ALICE, BOB, LESSON, answered, dicts, endangered, missed, scored, user

NOW = ManualClock().now()
LISTEN = ActionExecuted("action_listen")
OTHERS = BotUttered("回个数字：", data={"buttons": [{"title": "挑食", "payload": '/choose_lesson{"lesson_slug": "picky"}'}]})


def heard(events: list[Any], parent: str = ALICE) -> Heard:
    (only,) = turns_in(parent, dicts(events), NOW)
    return only


FORM = [
    user("2019年5月", intent="nlu_fallback"), ActionExecuted("profile_form"),
    SlotSet("profile_birth", ["2019-05-01", False]), SlotSet("requested_slot", "profile_sex"), BotUttered("男孩还是女孩？"), LISTEN,
]  # fmt: skip
INSIDE_THE_FORM = [
    user("暑假怎么防溺水"), ActionExecuted("action_answer_lesson"), BotUttered("【防溺水】"), SlotSet("lesson_last", "drowning"),
    ActionExecuted("profile_form"), SlotSet("requested_slot", "profile_birth"), BotUttered("孩子多大了？"), LISTEN,
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "outcome", "answered_with"),
    [
        (answered("发烧怎么办"), outcomes.ANSWERED, LESSON),
        (answered("发烧怎么办", more=[OTHERS]), outcomes.ALTERNATIVES, LESSON),
        (missed("那个那个"), outcomes.FALLBACK, "action_offer_lessons"),
        ([user("不是这个", intent="not_what_i_meant"), ActionExecuted("action_offer_others"), LISTEN], outcomes.REJECTED, "action_offer_others"),
        (endangered("孩子卡住了"), outcomes.DANGER, "choking"),
        ([user("你好", intent="greet"), ActionExecuted("utter_greet"), LISTEN], outcomes.SMALL_TALK, "utter_greet"),
        ([user("你好", intent="greet"), ActionExecuted("utter_greet"), ActionExecuted("action_ask_call_went"), LISTEN], outcomes.SMALL_TALK, "utter_greet"),
        ([user("火车票", intent="off_topic"), ActionExecuted("utter_off_topic"), LISTEN], outcomes.OFF_TOPIC, "utter_off_topic"),
        ([user("/EXTERNAL_image", intent="EXTERNAL_image", kind="image"), ActionExecuted("utter_image")], outcomes.EVENT, "utter_image"),
        ([user("/EXTERNAL_unfollow", intent="EXTERNAL_unfollow", kind="unfollow"), UserUtteranceReverted()], outcomes.EVENT, ""),
        ([user("停止提醒", intent="stop_reminders"), ActionExecuted("action_stop_reminders")], outcomes.TASK, "action_stop_reminders"),
        (scored(0), outcomes.FEEDBACK, "action_take_feedback"),
        ([user("没说怎么退烧"), ActionExecuted("action_answer_lesson"), SlotSet("feedback_awaited", None), LISTEN], outcomes.MISSING, "action_answer_lesson"),
        (FORM, outcomes.FORM, "profile_form"),
        (INSIDE_THE_FORM, outcomes.ANSWERED, "drowning"),
    ],
)
def test_it_knows_what_a_turn_came_to(events: list[Any], outcome: str, answered_with: str) -> None:
    turn = heard(events)

    assert (turn.outcome, turn.answered_with) == (outcome, answered_with)


def test_it_keeps_what_was_understood() -> None:
    turn = heard(answered("五岁发烧", entities=[{"entity": "child_age", "value": 60}]))

    assert (turn.intent, turn.confidence, turn.age_months) == ("lesson", 0.9, 60)
    assert turn.ranking == ((LESSON, 0.9), ("sleep-regression", 0.05), ("picky-eater", 0.02))


def test_the_age_that_was_used_counts_more_than_none_said() -> None:
    assert heard(answered("发烧", more=[SlotSet("lesson_age", 8)])).age_months == 8


def test_replies_hold_their_buttons_as_lines() -> None:
    assert heard(missed("那个")).replies == ("您想问的是不是下面哪一个？\n1. 孩子发烧",)


def test_a_score_names_its_lesson() -> None:
    turn = heard(scored(50))

    assert (turn.lesson_scored, turn.score) == (LESSON, 50)


def test_several_turns_are_told_apart_and_what_came_before_is_left_out() -> None:
    events = [SlotSet("x", 1), LISTEN, *answered("一"), *missed("二")]

    assert [turn.text for turn in turns_in(ALICE, dicts(events), NOW)] == ["一", "二"]


def test_the_key_is_the_messages_own_and_names_nobody() -> None:
    one = [heard(answered("一", message_id="m:7:palice")), heard(answered("改了字", message_id="m:7:palice"))]

    assert one[0].key == one[1].key != heard(answered("一", message_id="m:7:palice"), BOB).key
    assert "alice" not in one[0].key


@pytest.mark.parametrize("action", ["action_show_my_data", "action_export_my_data", "action_give_certificate"])
def test_the_parents_own_data_is_not_an_answer_to_keep(action: str) -> None:
    assert heard([user("我的资料"), ActionExecuted(action), BotUttered("女孩，2个月，四川"), LISTEN]).replies == ()


def test_a_tap_is_kept_as_what_it_stands_for() -> None:
    tapped = user(
        f'/choose_lesson{{"lesson_slug": "{LESSON}"}}', intent="choose_lesson", kind="choice",
        entities=[{"entity": "lesson_slug", "value": LESSON}],
    )  # fmt: skip

    assert heard([tapped, ActionExecuted("action_choose_lesson"), LISTEN]).text == f"/choose_lesson {LESSON}"
