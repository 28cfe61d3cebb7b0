"""转给奶奶: the relay card of the lesson that was given last, worded for whoever looks after the child."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.told import SENT, is_sent
from actions.understood import words
from bot import services
from bot.content.lessons import Lesson
from bot.pages import links

_STEP = re.compile(r"^\s*\d+[.．、]\s*(.+)$", re.MULTILINE)
_HOW = "长按上面那段，点“转发”，选老人就行。"


class ActionForwardLesson(Action):
    """The card as a message of its own, so that nothing else is forwarded with it; without a card the steps, to be read out."""

    def name(self) -> str:
        return "action_forward_lesson"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
        if is_sent(words(tracker)):
            # 已经发给他了 sounds like 发给他.
            dispatcher.utter_message(text=SENT)
        elif lesson is None:
            dispatcher.utter_message(response="utter_relay_which")
        elif lesson.relay:
            dispatcher.utter_message(text=lesson.relay)
            dispatcher.utter_message(text=_forwarding(lesson))
        else:
            dispatcher.utter_message(text=_steps(lesson))
        return []


def _forwarding(lesson: Lesson) -> str:
    address = links.relay(lesson.slug)
    return f"{_HOW}\n大字的一页，发给老人也行：{address}" if address else _HOW


def _steps(lesson: Lesson) -> str:
    steps = _STEP.findall(lesson.answer)
    if not steps:
        return f"“{lesson.title}”没有专门写给老人的话。您挑一句最要紧的，打电话慢慢说给他们听。"
    listed = "\n\n".join(f"第{number}步\n{step}" for number, step in enumerate(steps, 1))
    return f"“{lesson.title}”没有专门写给老人的话。这几步，您打电话一步一步念给他们听：\n\n{listed}"
