"""What the model heard, thought over once more: an order needs a word that orders, and in a talk a few words are rather about that talk.

发了 她回个哦 once stopped all messages, and 午饭呢 after a question about the holidays was met with 您好呀.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu_keys import DANGER, POSSIBLE_DANGER
from bot.text.plain import squash

Parsed = dict[str, Any]
_UNSURE = "nlu_fallback"
_STOPS = re.compile(r"别|不|莫|甭|勿|唔|冇|停|取消|退|关|烦|吵|扰|少|免|够|止|断|拒|删|没必要|td|stop|闭嘴|安静|歇|屏蔽|拉黑|消失|走开|滚", re.IGNORECASE)
_AGAIN = re.compile(r"可以|恢复|继续|接着|重新|照")
# An order that takes something from the parent, or brings what was stopped, and the words of which one at least must stand in it.
_ORDERS = {
    "stop_reminders": _STOPS,
    "stop_kind": _STOPS,
    "resume_reminders": re.compile(r"恢复|开|重|接|续|照|要|发|收|又|再|想|回来|来|可以|行|好|解|取消|复|返"),
    "erase_my_data": re.compile(r"删|清|抹|注销|销|忘|去掉|擦|除|毁|不留|别留|别存|不要存|撤"),
}
# What a few words after an answer are mistaken for: 仰着头对不 (sorry), 那涂啥 (who are you), 好几天了 (another day for the plan).
_MISHEARD = ("greet", "say_sorry", "ask_who_are_you", "ask_if_robot", "ask_how_it_works", "insult", "change_plan", "share_joy")
# Of a journey something is said of going, or of a day: 我腊月二十六回家 begins a plan also after a question about fever.
_JOURNEY = re.compile(r"改|推|延|晚|早|提前|票|回|走|来|到家|号|月|周|初|星期|礼拜")
_SURE = 0.75
_LONGEST = 12
# Set by what answers: a lesson, and the script of a danger. 没意思 真的 after 我不想活了 is no excuse for anything.
_ANSWERS = ("lesson_last", "danger_last")
# So many messages back an answer is still what both are talking about (as in actions/follow_up.py).
_MESSAGES = 3


def with_its_word(parsed: Parsed) -> Parsed:
    """`parsed`, its intent not understood where it is an order without a word that orders."""
    text = str(parsed.get("text") or "")
    needed = _ORDERS.get(_name(parsed))
    if needed is None or text.startswith("/") or needed.search(text):
        return parsed
    # 又可以发了 is heard as its contrary, which the action knows (take_wish in actions/notifications.py).
    return parsed if _AGAIN.search(text) else _not_understood(parsed)


async def in_the_talk(parsed: Parsed, parent_key: str, trackers: TrackerStore) -> Parsed:
    """`parsed`, its intent not understood where a few words sound a little like small talk and a lesson, or a danger's script, was given a moment ago.

    What is not understood is looked at together with the question before it (actions/follow_up.py), and asked back.
    """
    text = str(parsed.get("text") or "")
    if _name(parsed) not in _MISHEARD or parsed["intent"].get("confidence", 0.0) >= _SURE or len(squash(text)) > _LONGEST:
        return parsed
    if _name(parsed) == "change_plan" and _JOURNEY.search(text):
        return parsed
    if text.startswith("/") or parsed.get(DANGER) or parsed.get(POSSIBLE_DANGER):
        return parsed
    tracker = await trackers.retrieve(parent_key)
    return _not_understood(parsed) if tracker is not None and _has_just_answered(tracker) else parsed


def _has_just_answered(tracker: DialogueStateTracker) -> bool:
    """Whether a lesson or a danger's script was given within the last messages, and no form is asking."""
    if tracker.active_loop_name:
        return False
    messages = 0
    for event in reversed(tracker.events):
        if isinstance(event, SlotSet) and event.key in _ANSWERS and event.value:
            return True
        messages += isinstance(event, UserUttered)
        if messages > _MESSAGES:
            break
    return False


def _name(parsed: Parsed) -> str:
    return str((parsed.get("intent") or {}).get("name"))


def _not_understood(parsed: Parsed) -> Parsed:
    return {**parsed, "intent": {"name": _UNSURE, "confidence": 1.0}}
