"""What the planner and the changes to a plan share: the plan there is, its message, the form's slots."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.table_talk import age_in_words
from actions.taps import lesson_taps, tap
from actions.understood import words
from bot import services
from bot.people import parents
from bot.people.answers import read_meeting
from bot.people.children import BEIJING
from bot.people.parents import Child, forget_next
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


def ask_to_move(dispatcher: CollectingDispatcher, plan: Plan, day: date) -> None:
    """得晚一个礼拜 is told, not ordered: by how much it would move, and a tap to do it."""
    days = (day - plan.start).days
    amount = f"{'推迟' if days > 0 else '提前'}{_weeks_or_days(abs(days))}"
    text = f"先不急。那就{amount}，{plan.start.month}月{plan.start.day}号改成{day.month}月{day.day}号？要换别的日子，说“改到”加日子。"
    # 好 and 不用 on the wire mean the last two lines (bot/wechat/choices.py).
    taps = [tap(f"对，{amount}", amount), tap("先不改", "/show_plan")]
    dispatcher.utter_message(text=text, buttons=taps)


def _weeks_or_days(days: int) -> str:
    return {7: "一周", 14: "两周"}.get(days, f"{days}天")


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


async def children_of(parent_key: str) -> list[list[str]]:
    """Birth month and what to call each child of the profile: [["2019-05-01", "7岁女孩"], …]."""
    profile = await services.database().read(parents.profile, parent_key)
    return [[each.birth_month.isoformat(), _label(each)] for each in profile.children]


def _label(child: Child) -> str:
    return f"{age_in_words(child.age_months(today()))}{child.sex or '的孩子'}"


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
