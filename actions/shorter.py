"""短一点: the card for the grandparents in two sentences, a lesson as the one thing to begin with."""

from __future__ import annotations

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.danger_over import say_where_it_stands
from actions.understood import NOT_UNDERSTOOD, heard_last
from bot import services
from bot.content import excerpts
from bot.content.lessons import Lesson

_SENTENCE = re.compile(r".+?[。！？][”）]?|.+$", re.DOTALL)
# What grandparents remember of a card that is read to them: who is meant and the first thing to do.
_SENTENCES = 2


class ActionSayShorter(Action):
    """What was said last, in one breath."""

    def name(self) -> str:
        return "action_say_shorter"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker)
        if going_on is not None:
            return going_on
        lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
        if lesson is None:
            in_form = bool(tracker.active_loop.get("name"))
            dispatcher.utter_message(text=NOT_UNDERSTOOD if in_form else "好，我尽量短。您想问的是哪件事？说一句就行。")
        elif lesson.relay and lesson.relay in heard_last(tracker):
            dispatcher.utter_message(text=shorter_card(lesson))
            dispatcher.utter_message(text="短的这段，长按“转发”就行。剩下的，老人做到了再说。")
        else:
            dispatcher.utter_message(text=_in_one_thing(lesson, tracker.get_slot("lesson_age")))
        return []


def shorter_card(lesson: Lesson) -> str:
    """The first two sentences of the card for the grandparents."""
    return "".join(_SENTENCE.findall(lesson.relay)[:_SENTENCES])


def _in_one_thing(lesson: Lesson, age: int | None) -> str:
    first = lesson.try_this or next(iter(excerpts.steps(lesson, age)), "")
    if not first:
        return f"【{lesson.title}】{_SENTENCE.findall(lesson.answer_for(age))[0]}"
    return f"【{lesson.title}】短一点说，就这一件：{first}"
