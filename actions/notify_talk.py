"""What is said back about when messages come: at which hours, not on which days, and that nothing begins again by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.taps import tap
from bot.people import summary
from bot.people.preferences import Preferences
from bot.people.wishes import HoursWished

USUAL = "我只在早上八点半到晚上九点半之间发"
_OTHER_WORK = "换活、没活的时候，心里最不踏实，您先顾好自己。给孩子的电话照旧打，一句“我换了个地方，一样天天想你”就够。"
_MESSAGES = re.compile(r"发|推|消息|提醒|通知")


def ask_to_rest(dispatcher: CollectingDispatcher) -> None:
    """一个月后再发: nothing begins again by itself; said honestly, with what can be had."""
    taps = [tap("先都停下", "/stop_reminders"), tap("少收几类", "/stop_kind"), tap("照旧发", "/show_notifications")]
    text = "只停几天、到日子自己再发，我还做不到。先都停下，哪天想收了，发一句“恢复提醒”就接上。您看行不行？"
    dispatcher.utter_message(text=text, buttons=taps)


def say_of_weekends(dispatcher: CollectingDispatcher, said: str) -> None:
    """Days of the week cannot be chosen: said honestly. Who names no messages may mean calls."""
    calls = "" if _MESSAGES.search(said) else "周末才有空也不要紧：周末打一个长一点的电话，平时发条二十秒的语音就够。\n"
    text = f"{calls}我发的消息，还做不到只挑周末发，一天最多一条，攒到周末一起看就行。嫌多，点一个："
    taps = [tap("少收几类", "/stop_kind"), tap("改在晚上发", "晚上七点以后再发"), tap("都别发", "/stop_reminders")]
    dispatcher.utter_message(text=text, buttons=taps)


def hours_in_words(hours: HoursWished) -> str:
    """What was kept of the hours, and how to say it anew."""
    said = summary.hours_in_words(replace(Preferences(), not_before=hours.not_before, not_after=hours.not_after))
    if not said:
        return f"好，{USUAL}，夜里不吵您。想改，比如发“晚上八点以后再发”。"
    return f"好，记下了：{said}。说错了就再说一遍，比如“早上十点以后再发”“随时都行”。"


def ask_shift_after_change(dispatcher: CollectingDispatcher) -> None:
    """我换厂了, 厂子倒闭了: a word for the parent first, then which shift it is now."""
    dispatcher.utter_message(text=_OTHER_WORK)
    dispatcher.utter_message(response="utter_notifications_ask_shift")
