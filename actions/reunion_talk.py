"""What the planner and the changes to a plan share: the plan there is, its message, the form's slots."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.taps import lesson_taps, tap
from actions.understood import words
from bot import services
from bot.people import parents
from bot.people.answers import read_meeting
from bot.people.children import BEIJING
from bot.people.parents import forget_next
from bot.reunion import plans, wording
from bot.reunion.plans import GO_HOME, Plan

# In the order in which they are asked; validate_reunion_form leaves some out.
SLOTS = ("reunion_when", "reunion_who", "reunion_child", "reunion_days", "reunion_budget", "reunion_promise")


async def current_plan(tracker: Tracker) -> Plan | None:
    """The parent's plan, if there is one."""
    return await services.database().read(plans.current, tracker.sender_id, today())


async def say_plan(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan) -> None:
    """The plan in one message, with what can be prepared now to tap."""
    text = wording.in_one_message(plan, today(), await reminds(tracker.sender_id))
    of_age = _age_when_they_meet(plan)
    taps = [tap("挑样礼物", f"/ask_gifts{of_age}"), tap("一起玩什么", f"/ask_activities{of_age}")]
    dispatcher.utter_message(text=text, buttons=taps)


async def offer_to_cancel(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """取消 alone, with a plan ahead, may mean the plan: ask; whether it was asked."""
    plan = await current_plan(tracker)
    if plan is None or is_over(plan):
        return False
    day = f"{plan.start.month}月{plan.start.day}号"
    taps = [tap("取消计划", "/cancel_plan"), tap("不取消", "/show_plan")]
    dispatcher.utter_message(text=f"您要取消的是{day}的团聚计划吗？", buttons=taps)
    return True


async def call_off(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan | None) -> bool:
    """Who cannot go must not be counted down to it: the plan is called off, or the next meeting forgotten; whether there was one."""
    if plan and plan.who == GO_HOME and plan.start > today():
        await services.database().run(cancelled, tracker.sender_id, services.clock().now(), today())
        day = f"{plan.start.month}月{plan.start.day}号"
        # Undone with a tap when it was not meant so.
        taps = [tap("点错了，恢复", "/restore_plan"), tap("换个日子", "/start_reunion")]
        dispatcher.utter_message(text=f"{day}的团聚计划我先取消了，不再提醒。", buttons=taps)
        return True
    if plan:
        return False
    named = read_meeting(words(tracker), today())
    meeting = await services.database().run(forget_next, tracker.sender_id, today(), named.on if named else None)
    if meeting is None:
        return False
    text = f"先前记的“下次见面：{meeting.said}”，我轻轻划掉了，不再数着日子提醒您。哪天有了新日子，说一声，我再记上。"
    dispatcher.utter_message(text=text, buttons=[*lesson_taps("keeping-the-plan"), tap("另约一天", "/start_reunion")])
    return True


def cancelled(session: Session, parent_key: str, now: datetime, day: date) -> Plan | None:
    """The plan that was called off, if there was one; a meeting left in the profile would be counted down to all the same."""
    plan = plans.cancel(session, parent_key, now, day)
    if plan is not None:
        parents.forget_meeting(session, parent_key, plan.start)
    return plan


async def reminds(parent_key: str) -> bool:
    """Whether the parent wants to be reminded of a reunion."""
    profile = await services.database().read(parents.profile, parent_key)
    return profile.reminders_stopped_at is None and "reunion" not in profile.preferences.stopped_kinds


def _age_when_they_meet(plan: Plan) -> str:
    """For a tap: the age of the one child that is met; "" where several are, or none is known."""
    born = plan.child_birth
    if born is None:
        return ""
    months = (plan.start.year - born.year) * 12 + plan.start.month - born.month
    return json.dumps({"table_age": str(max(0, months))})


def is_over(plan: Plan) -> bool:
    """Whether they have parted."""
    return plan.end < today()


def day_of(when: Any) -> date | None:
    """The first day in the slot `reunion_when`."""
    return date.fromisoformat(when["start"]) if isinstance(when, dict) else None


def emptied() -> list[EventType]:
    """The form's slots, empty."""
    return [SlotSet(slot, None) for slot in (*SLOTS, "reunion_children")]


def out_of_forms(tracker: Tracker) -> list[EventType]:
    """Out of whatever form was open: only one thing is asked at a time."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)] if tracker.active_loop.get("name") else []


def today() -> date:
    """The day in China."""
    return services.clock().now().astimezone(BEIJING).date()
