"""A plan changes: another day, called off, called off by mistake. At any time, also in the middle of something else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import answered_as_question
from actions.journey_told import journey_told
from actions.lessons import gone_on
from actions.plan_changed import meeting_of, moved, offer_to_begin, stays_until
from actions.profile import INTERRUPTIONS
from actions.reunion_talk import (
    ask_to_move,
    call_off,
    cancelled,
    current_plan,
    is_over,
    offer_to_cancel,
    out_of_forms,
    reminds,
    say_plan,
    today,
)
from actions.taps import lesson_taps, tap
from actions.understood import NOT_UNDERSTOOD, first_tap_last, intent, words
from bot import services
from bot.people import parents
from bot.reunion import answers, plans, wording
from bot.reunion.bare_days import near_plan
from bot.reunion.journey import is_unsure
from bot.reunion.moving import (
    is_vague,
    moved_as_before,
    moved_by,
    moves_some_days,
    new_first_day,
    new_last_day,
    stays_some_days,
)
from bot.reunion.plain import corrected_day, is_child_staying, is_unsure_move, only_ticket
from bot.reunion.plans import CHILD_COMES, GO_HOME, Plan
from bot.text.dates import read_day

_NEW_DAY = "reunion_new_day"
_AS_IT_WAS = "as_it_was"
# The answer was about the other end: 待到初六.
_LAST_DAY = "last_day"
_KEEPS = re.compile(r"不改|不用改|不变|照旧|照原来|还是原来|算了")
# Called off by mistake is noticed soon.
_UNDO_WITHIN = timedelta(days=1)


class ActionShowPlan(Action):
    """The plan again, without what is over."""

    def name(self) -> str:
        return "action_show_plan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        plan = await current_plan(tracker)
        if plan is None and "恢复" in words(tracker):
            # 恢复计划 is heard as 我的计划.
            return await ActionRestorePlan().run(dispatcher, tracker, domain)
        if plan is None:
            offer_to_begin(dispatcher)
        else:
            await say_plan(dispatcher, tracker, plan)
        return []


class ActionChangePlan(Action):
    """推迟一周, 改到2月8号: at once. 改时间 alone: ask for the day."""

    def name(self) -> str:
        return "action_change_plan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = await answered_as_question(dispatcher, tracker, domain, at_least=8)
        if aside is not None:
            return [*aside, FollowupAction(tracker.active_loop.get("name") or "action_listen")]
        plan = await current_plan(tracker)
        if plan is None and tracker.active_loop.get("name"):
            # Inside a form there is something to answer; a second offer only confuses.
            dispatcher.utter_message(text=NOT_UNDERSTOOD)
            return [FollowupAction(tracker.active_loop["name"])]
        # 一个星期了, said of a cough, sounds like 推迟一个星期.
        going_on = await gone_on(dispatcher, tracker) if plan is None else None
        if going_on is not None:
            return [*going_on, FollowupAction("action_listen")]
        if plan is None or is_over(plan):
            offer_to_begin(dispatcher, read_day(words(tracker), today()))
            return [FollowupAction(tracker.active_loop.get("name") or "action_listen")]
        back = FollowupAction(tracker.active_loop.get("name") or "action_listen")
        told = await journey_told(dispatcher, tracker, plan)
        if told is not None:
            return [*told, back]
        if await stays_until(dispatcher, tracker, plan):
            return [back]
        if stays_some_days(words(tracker)):
            dispatcher.utter_message(text=f"好。现在记的是{plan.end.month}月{plan.end.day}号分开，改住到哪天？说“住到初八”“多住三天”都行。")
            return [back]
        day = _meant(words(tracker), plan)
        told = await journey_told(dispatcher, tracker, plan) if day is None or is_vague(words(tracker)) else None
        if told is not None:
            return [*told, back]
        if day is None or is_vague(words(tracker)):
            # 能不能改到月底: which day it is to be, the form asks.
            return [*out_of_forms(tracker), SlotSet(_NEW_DAY, None)]
        if day == plan.start:
            dispatcher.utter_message(text=f"好，日子不变：{wording.in_one_line(plan, today())}。")
            return [back]
        if is_unsure_move(words(tracker)) and day >= today():
            ask_to_move(dispatcher, plan, day)
            return [back]
        await moved(dispatcher, tracker, day)
        # Back to the form that this was said in, which asks its question again.
        return [back]


class ValidateReunionMoveForm(FormValidationAction):
    """The new day, in words."""

    def name(self) -> str:
        return "validate_reunion_move_form"

    async def extract_reunion_new_day(self, d: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        if tracker.get_slot("requested_slot") != _NEW_DAY or intent(tracker) in INTERRUPTIONS:
            return {}
        plan = await current_plan(tracker)
        day = _meant(words(tracker), plan, in_the_form=True) if plan else None
        so_many = moved_as_before(words(tracker), _said_before(tracker))
        if plan and so_many:
            day = plan.start + timedelta(days=so_many)
        if plan and new_last_day(words(tracker), plan.start, plan.end):
            return {_NEW_DAY: _LAST_DAY}
        if _KEEPS.search(words(tracker)):
            return {_NEW_DAY: _AS_IT_WAS}
        undecided = answers.read_when(words(tracker), today()) == answers.SKIPPED
        return {_NEW_DAY: day.isoformat()} if day else {_NEW_DAY: answers.SKIPPED} if undecided else {}

    async def validate_reunion_new_day(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        if value in (None, answers.SKIPPED, _AS_IT_WAS, _LAST_DAY) or date.fromisoformat(value) >= today():
            return {_NEW_DAY: value}
        dispatcher.utter_message(text="那天已经过了。您再说一次，改到哪天？")
        return {_NEW_DAY: None}


class ActionMovePlan(Action):
    """The new day is known."""

    def name(self) -> str:
        return "action_move_plan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        value = tracker.get_slot(_NEW_DAY)
        plan = await current_plan(tracker)
        if value == _LAST_DAY and plan:
            await stays_until(dispatcher, tracker, plan)
        elif value == _AS_IT_WAS:
            kept = f"好，日子不变：{wording.in_one_line(plan, today())}。" if plan else "好，不改。"
            dispatcher.utter_message(text=kept)
        elif value == answers.SKIPPED:
            dispatcher.utter_message(text="不急，定了再发“改时间”。先跟孩子照实说一声，日子在变，人一定到。")
        elif value and value != _LAST_DAY:
            await moved(dispatcher, tracker, date.fromisoformat(value))
        return [SlotSet(_NEW_DAY, None)]


class ActionCancelPlan(Action):
    """Called off, without a question back; a tap undoes it."""

    def name(self) -> str:
        return "action_cancel_plan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        child_stays = is_child_staying(words(tracker))
        aside = None if child_stays else await answered_as_question(dispatcher, tracker, domain, at_least=6)
        if aside is not None:
            return aside
        if child_stays and await _is_about_no_visit(dispatcher, tracker):
            return []
        if is_unsure(words(tracker)) and await offer_to_cancel(dispatcher, tracker):
            return []
        now = services.clock().now()
        plan = await services.database().run(cancelled, tracker.sender_id, now, today())
        if plan is None and not await call_off(dispatcher, tracker, None):
            dispatcher.utter_message(text="现在没有团聚计划，不用取消。想排一个，发“团聚计划”。")
        if plan is None:
            return []
        text = f"好，{plan.start.month}月{plan.start.day}号的计划取消了，不再提醒。"
        if plan.start >= today():
            cannot = "你来不成了" if plan.who == CHILD_COMES else "我来不了"
            text += f"\n见不成，今天就告诉孩子，越早他越好受：“说好的那天{cannot}，我心里也难过。咱们另约一天，我写下来。”"
        taps = [tap("点错了，恢复", "/restore_plan"), tap("换个日子", "/start_reunion")]
        dispatcher.utter_message(text=text, buttons=taps)
        return []


class ActionRestorePlan(Action):
    """It was called off by mistake."""

    def name(self) -> str:
        return "action_restore_plan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        since = services.clock().now() - _UNDO_WITHIN
        plan = await services.database().run(plans.restore, tracker.sender_id, since, today())
        if plan is None:
            plan = await current_plan(tracker)
        if plan is None:
            offer_to_begin(dispatcher)
        else:
            await services.database().run(parents.set_meeting, tracker.sender_id, meeting_of(plan))
            reminded = "到日子我提醒您。" if await reminds(tracker.sender_id) else ""
            dispatcher.utter_message(text=f"好，计划还在：{wording.in_one_line(plan, today())}。{reminded}")
        return []


async def _is_about_no_visit(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """娃不来了, where it is the parent that travels, or nobody: the plan is asked about, or the child is thought of."""
    plan = await current_plan(tracker)
    if plan is not None:
        return plan.who == GO_HOME and await offer_to_cancel(dispatcher, tracker)
    if not await call_off(dispatcher, tracker, None):
        text = "孩子来不成，您心里也空吧。今晚打个电话，不问“为什么不来”，先说：“没关系，我去看你，或者咱们视频一起吃饭。”"
        dispatcher.utter_message(text=text, buttons=[*lesson_taps("keeping-the-plan"), tap("另约一天", "/start_reunion")])
    return True


def _said_before(tracker: Tracker) -> str:
    """The words that began the form: 晚几天, 早几天回."""
    said = [str(event.get("text") or "") for event in tracker.events if event.get("event") == "user"]
    return next((each for each in said[-2:-6:-1] if moves_some_days(each)), "")


def _meant(text: str, plan: Plan, in_the_form: bool = False) -> date | None:
    """The new first day: moved by so many days, or another day. A day that is over is returned as it is.

    `in_the_form`: asked for the day, a bare number is one too.
    """
    if text.startswith("/"):
        return None
    only = only_ticket(text) or corrected_day(text)
    bare = near_plan(only or text, plan.start, today()) if in_the_form or only else None
    return bare.start if bare else new_first_day(text, plan.start, today())


async def moved_as_asked(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """好, said to “那就推迟一周？”: whether that was asked, and is done."""
    plan, asked = await current_plan(tracker), first_tap_last(tracker)
    days = moved_by(asked) if asked and not asked.startswith("/") else None
    if plan is None or is_over(plan) or days is None:
        return False
    await moved(dispatcher, tracker, plan.start + timedelta(days=days))
    return True
