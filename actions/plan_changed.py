"""A plan is changed: another first or last day, another traveller; each said back whole."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reunion_talk import reminds, today
from actions.taps import tap
from actions.understood import words
from bot import services
from bot.people import parents
from bot.people.parents import Meeting
from bot.reunion import plans, wording
from bot.reunion.moving import new_last_day
from bot.reunion.plans import CHILD_COMES, Plan
from bot.text.lunar_days import DaySaid

_NO_PLAN = "现在还没有团聚计划。几句话就能排好，要不要现在排？"


async def stays_until(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan) -> bool:
    """多待两天, 待到初六: the plan ends on another day and begins as it did; whether that was said."""
    last = None if words(tracker).startswith("/") else new_last_day(words(tracker), plan.start, plan.end)
    return last is not None and await parts_on(dispatcher, tracker, last)


async def parts_on(dispatcher: CollectingDispatcher, tracker: Tracker, last: date) -> bool:
    """The plan ends on that day; whether there is one that can."""
    changed = await services.database().run(plans.stay_until, tracker.sender_id, last, today())
    if changed is None:
        return False
    reminded = "提醒跟着改。" if await reminds(tracker.sender_id) else ""
    text = f"改好了：{wording.in_one_line(changed, today())}。{reminded}\n哪天分开，早点告诉孩子，他心里有数。"
    dispatcher.utter_message(text=text, buttons=[tap("看整个计划", "/show_plan")])
    return True


async def travels_by(dispatcher: CollectingDispatcher, tracker: Tracker, way: str) -> None:
    """Another one travels, on the day that was planned."""
    plan = await services.database().run(plans.travel, tracker.sender_id, way, today())
    if plan is None:
        offer_to_begin(dispatcher)
        return
    reminded = "提醒跟着改。" if await reminds(tracker.sender_id) else ""
    coming = "路上谁陪着、哪里接，今天就跟家里说定。" if way == CHILD_COMES else "换您动身，票早点看。"
    text = f"改好了：{wording.in_one_line(plan, today())}。{reminded}\n{coming}"
    dispatcher.utter_message(text=text, buttons=[tap("看整个计划", "/show_plan")])


async def moved(dispatcher: CollectingDispatcher, tracker: Tracker, day: date) -> None:
    """The plan begins on that day."""
    if day < today():
        dispatcher.utter_message(text=f"{day.month}月{day.day}号已经过了。改到哪天？发“改到”加日子，比如“改到下周六”。")
        return
    plan = await services.database().run(plans.move, tracker.sender_id, day, today())
    if plan is None:
        offer_to_begin(dispatcher)
        return
    await services.database().run(parents.set_meeting, tracker.sender_id, meeting_of(plan))
    reminded = "提醒跟着挪。" if await reminds(tracker.sender_id) else ""
    promise = "我等着你" if plan.who == CHILD_COMES else "我一定到"
    text = (
        f"改好了：{wording.in_one_line(plan, today())}。{reminded}\n"
        f"今天就告诉孩子：“现在是{plan.start.month}月{plan.start.day}号，{promise}。”"
    )
    dispatcher.utter_message(text=text, buttons=[tap("看整个计划", "/show_plan")])


def meeting_of(plan: Plan) -> Meeting:
    """The next time together, as the profile keeps it."""
    return Meeting(f"{plan.start.month}月{plan.start.day}号", plan.start)


def offer_to_begin(dispatcher: CollectingDispatcher, day: DaySaid | None = None) -> None:
    """There is no plan to change: one can be made."""
    # A day that was said is not asked for again.
    begin = f"{day.start.month}月{day.start.day}号见面，帮我排团聚计划" if day and not day.past else "/start_reunion"
    dispatcher.utter_message(text=_NO_PLAN, buttons=[tap("现在排", begin), tap("先不用", "/deny")])
