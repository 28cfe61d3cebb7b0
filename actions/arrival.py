"""On the way to the child, or with it at last: a glad word, and what helps at the door."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.asides import answered_as_question
from actions.taps import lesson_taps
from actions.told import together_already
from actions.understood import words

_ON_THE_WAY = re.compile(
    r"快(?:要)?(?:到|见)|马上|就要|就能|路上|(?:火车|高铁|大巴|车|飞机)上|上(?:了)?(?:火)?车|还有.{1,6}(?:站|小时|钟头|公里)|出发|动身|启程|往(?:家|回)"
)


class ActionTellArrival(Action):
    """A plan that was made begins with it; otherwise joy, and how to meet a child that hides."""

    def name(self) -> str:
        return "action_tell_arrival"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        aside = await answered_as_question(dispatcher, tracker, domain)
        if aside is not None:
            return aside
        if await together_already(dispatcher, tracker):
            return []
        response = "utter_on_the_way" if _ON_THE_WAY.search(words(tracker)) else "utter_arrived"
        dispatcher.utter_message(response=response, buttons=lesson_taps("first-day-shyness", "activities-together"))
        return []
