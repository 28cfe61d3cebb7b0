"""News of a journey that is planned: done where it is plain, asked about where it is not. 厂里不放人 is no lesson, and no order either."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.plan_changed import moved, parts_on, travels_by
from actions.pushed_words import STAYING, say_reply
from actions.reunion_talk import ask_to_move, call_off, is_over, offer_to_cancel, today
from actions.taps import lesson_taps, tap
from actions.told import answered_pushed
from actions.understood import words
from bot.reunion import wording
from bot.reunion.journey import DAYS, HELD, KEEP, MOVE, OFF, OTHER_DAY, PERHAPS_OFF, WAY, Told, told
from bot.reunion.plans import CHILD_COMES, Plan


async def journey_told(
    dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan, orders: bool = True
) -> list[EventType] | None:
    """Answer what was told of `plan`; None, and nothing said, when nothing was, or only that another day is to be asked for.

    `orders`: whether another day is read here too.
    """
    said = words(tracker)
    if said.startswith("/") or is_over(plan):
        return None
    heard = told(said, plan, today())
    if heard is None or heard.what == OTHER_DAY or (not orders and heard.what == MOVE):
        return None
    if heard.what == KEEP:
        dispatcher.utter_message(text=f"好，日子不变：{wording.in_one_line(plan, today())}。")
        return []
    if heard.what == HELD:
        return await _held(dispatcher, tracker)
    if heard.what in (OFF, PERHAPS_OFF):
        return await _off(dispatcher, tracker, plan, heard)
    await _changed(dispatcher, tracker, plan, heard)
    return []


async def _changed(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan, heard: Told) -> None:
    if heard.what == WAY:
        await (travels_by(dispatcher, tracker, heard.way) if heard.sure else _ask_who(dispatcher, heard.way))
    elif heard.day is None:
        return
    elif heard.what == DAYS:
        await (parts_on(dispatcher, tracker, heard.day) if heard.sure else _ask_how_long(dispatcher, heard))
    elif heard.sure or heard.day < today():
        await moved(dispatcher, tracker, heard.day)
    else:
        ask_to_move(dispatcher, plan, heard.day)


async def _off(dispatcher: CollectingDispatcher, tracker: Tracker, plan: Plan, heard: Told) -> list[EventType]:
    """可能不回了 is asked about, and so is 不来了 of a child; who cannot go is not counted down to it."""
    if heard.what == PERHAPS_OFF or plan.who == CHILD_COMES:
        await offer_to_cancel(dispatcher, tracker)
        return []
    say_reply(dispatcher, STAYING)
    await call_off(dispatcher, tracker, plan)
    return []


async def _held(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """厂里不放人, 没抢到票: whether it is put off or called off nobody said."""
    if await answered_pushed(dispatcher, tracker):
        return []
    ticket = lesson_taps("train-tickets") if "票" in words(tracker) else []
    taps = [*ticket, tap("推迟一周", "推迟一周"), tap("改到别的日子", "/change_plan"), tap("取消计划", "/cancel_plan"), tap("先不改", "/show_plan")]
    dispatcher.utter_message(text="盼了这么久，难免着急。计划先不动，您看怎么办？", buttons=taps)
    return []


async def _ask_who(dispatcher: CollectingDispatcher, way: str) -> None:
    comes = way == CHILD_COMES
    taps = [tap("对", "换成孩子过来" if comes else "改成我回去"), tap("不是，照旧", "/show_plan")]
    dispatcher.utter_message(text=f"这回改成{'孩子来您这儿' if comes else '您回家'}，是吗？", buttons=taps)


async def _ask_how_long(dispatcher: CollectingDispatcher, heard: Told) -> None:
    if heard.day is None:
        return
    day = f"{heard.day.month}月{heard.day.day}号"
    dispatcher.utter_message(text=f"那就{day}分开，是吗？", buttons=[tap("对", f"住到{day}"), tap("不是，照旧", "/show_plan")])
