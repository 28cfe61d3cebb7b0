"""Danger first: the script's reply at once, out of whatever was going on, and a flag for staff.

Where it is doubtful whether somebody is in danger, the question is answered and the script follows under the answer.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.hindered import say_what_to_do
from actions.in_the_middle import in_the_middle
from actions.leaving import day_of_leaving
from actions.taps import tap
from actions.understood import age_said, danger_found, heard_last, lesson_ranking, possible_danger, words
from bot import services
from bot.content.safety import SafetyScript
from bot.db import DatabaseError
from bot.logs.flags import log, raise_flag
from bot.text.plain import squash

# The slot with the script that was said last, and when.
LAST = "danger_last"
# Distress of somebody who may go on talking. After these few words get an ear, not a lesson.
LISTENS = {
    "parent-suicidal": "utter_listen_despair",
    "child-suicidal-or-self-harming": "utter_listen_child_despair",
    "parent-may-harm-child": "utter_listen_anger",
    "domestic-violence": "utter_listen_violence",
}
# How each danger is prevented. Who is hit at home is not given a lesson.
LESSONS = {
    "bite": "dog-bites-and-rabies",
    "burn": "scalds-and-burns",
    "carbon-monoxide": "carbon-monoxide",
    "child-suicidal-or-self-harming": "self-harm-signs",
    "choking": "choking",
    "drowning": "drowning",
    "electric-shock": "electric-shock",
    "fire": "fire-at-home",
    "head-injury": "falls-windows-balconies",
    "heat-stroke": "heat-and-sun",
    "hitting-by-caregiver-or-teacher": "hitting-at-home-or-school",
    "missing-child": "strangers-and-being-taken",
    "parent-may-harm-child": "anger",
    "parent-suicidal": "when-it-is-too-much",
    "poisoning": "medicines-and-pesticides",
    "runaway": "running-away",
    "seizure-or-unconscious": "when-to-go-to-hospital",
    "severe-bleeding": "safety-round-by-phone",
    "sexual-abuse": "body-safety",
    "sick-infant-danger-signs": "when-to-go-to-hospital",
    "traffic-accident": "walking-to-school",
    "trafficking": "strangers-and-being-taken",
}
_SURE = 0.5
_BY_MODEL = "classifier"
_GOING_ON, _SHORT = timedelta(hours=1), 12
# 孩子昨天没了 is a child that cannot be found, or one that has died: the first must not wait, the second must not be sent to the police alone.
_OF_SOMEBODY_GONE = ("missing-child", "runaway")
_MAY_BE_DEAD = re.compile(
    r"(?:我|我家|俺|我们)?(?:的)?(?:孩子|娃|娃儿|宝宝|崽|儿子|女儿|闺女|孙子|孙女|小的|大的)(?:就|已经|是|今天|昨天|昨晚|前天|今早|上周|上个?月|去年|刚|那天)*(?:没|不在|走|没有)(?:了|咯|啦)"
)


class ActionAnswerDanger(Action):
    """Say who to call and what to do first. Nothing may come before it, and nothing that fails may stop it."""

    def name(self) -> str:
        return "action_answer_danger"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        leaving = _day_of_leaving(dispatcher, tracker)
        if leaving is not None:
            return leaving
        script, found_by = danger_found(tracker) or ("", "")
        known = services.library().safety.get(script) or next(iter(services.library().safety.values()))
        if await _hindered(dispatcher, tracker, known):
            return []
        going_on = await _only_sounds_so(dispatcher, tracker, known) if found_by == _BY_MODEL else None
        if going_on is not None:
            return going_on
        text = known.answer_for(age_said(tracker))
        if text not in heard_last(tracker):
            events = await say_script(dispatcher, tracker, known, found_by)
            if known.slug in _OF_SOMEBODY_GONE and _MAY_BE_DEAD.fullmatch(squash(words(tracker))):
                dispatcher.utter_message(text="我怕听错了您的话。", buttons=[tap("孩子去世了", "/tell_child_death")])
            return events
        # More was told of the same: who to call stands above, and again here; the steps are not said twice in a row.
        events = await say_script(dispatcher, tracker, known, found_by, instead=text.splitlines()[0])
        dispatcher.utter_message(response=LISTENS.get(known.slug, "utter_danger_goes_on"))
        return events


async def say_script(
    dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript, found_by: str, instead: str = ""
) -> list[EventType]:
    """Say a script (or `instead` of its words), out of any form; what is said next may be about it, and no longer about a lesson of before."""
    dispatcher.utter_message(text=instead or script.answer_for(age_said(tracker)))
    # Lets the channel use the last message of WeChat's allowance for this reply.
    dispatcher.utter_message(json_message={"urgent": True})
    await _flag(tracker, script.slug, found_by)
    told = {"script": script.slug, "at": services.clock().now().isoformat()}
    slots = {"requested_slot": None, LAST: told, "lesson_last": _lesson_on(script, tracker), "lesson_age": None, "lesson_told": None}
    return [ActiveLoop(None), *(SlotSet(slot, value) for slot, value in slots.items())]


async def _hindered(dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript) -> bool:
    """What is in the way of help; False, and nothing said, where nothing is, and whenever this fails."""
    try:
        return await _is_in_the_way(dispatcher, tracker, script)
    except Exception as error:  # noqa: BLE001 - whatever fails there, the script is said
        log.error("safety.hindered_failed", script=script.slug, error=type(error).__name__)
        return False


async def _is_in_the_way(dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript) -> bool:
    """救护车还没来 a moment after a script is about that danger, and no accident with a car."""
    told, said = tracker.get_slot(LAST), squash(words(tracker))
    if not isinstance(told, dict) or told.get("over") or len(said) > _SHORT:
        return False
    before = services.library().safety.get(str(told.get("script")))
    lately = services.clock().now() - datetime.fromisoformat(str(told["at"])) <= _GOING_ON
    if before is None or not lately or not say_what_to_do(dispatcher, said, before):
        return False
    await _flag(tracker, script.slug, "possible")
    return True


def _day_of_leaving(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """今晚就走 in the planner; None, and nothing said, whenever this fails."""
    try:
        return day_of_leaving(dispatcher, tracker)
    except Exception as error:  # noqa: BLE001 - whatever fails there, the script is said
        log.error("safety.leaving_failed", error=type(error).__name__)
        return None


async def _only_sounds_so(dispatcher: CollectingDispatcher, tracker: Tracker, script: SafetyScript) -> list[EventType] | None:
    """A few words in the middle of a talk; None, and nothing said, where it is a danger, and whenever this fails."""
    try:
        events = await in_the_middle(dispatcher, tracker, script)
    except Exception as error:  # noqa: BLE001 - whatever fails there, the script is said
        log.error("safety.middle_failed", script=script.slug, error=type(error).__name__)
        return None
    if events is not None:
        await _flag(tracker, script.slug, "possible")
    return events


def _lesson_on(script: SafetyScript, tracker: Tracker) -> str | None:
    """The lesson that “两岁” and, when it is over, “还有呢” are about."""
    slug, sure = next(iter(lesson_ranking(tracker)), ("", 0.0))
    return slug if sure >= _SURE else LESSONS.get(script.slug)


async def add_what_to_do_now(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Under an answer: what to do if it is happening now. Says nothing where no danger is thought of."""
    script = services.library().safety.get(possible_danger(tracker) or "")
    if script is None:
        return
    dispatcher.utter_message(text=f"要是这事正在发生，先看这里：\n{script.answer_for(age_said(tracker))}")
    await _flag(tracker, script.slug, "possible")


async def _flag(tracker: Tracker, script: str, found_by: str) -> None:
    try:
        await services.database().run(raise_flag, tracker.sender_id, script, found_by, services.clock().now())
    except DatabaseError as error:
        log.error("safety.flag_not_kept", script=script, reason=str(error))
    except Exception as error:  # noqa: BLE001
        # A bug of ours, or of a driver: the answer to the danger must not go with it.
        log.error("safety.flag_not_kept", script=script, error=type(error).__name__)
