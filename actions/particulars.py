"""What parents ask right after an answer: how to say it, what to do first, an example. Each from the lesson that was given last."""

from __future__ import annotations

from typing import cast

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.danger_over import say_where_it_stands
from actions.lesson_more import tell_more
from bot import services
from bot.content import excerpts
from bot.content.lessons import Lesson


class ActionSayTheWords(Action):
    """具体怎么说: the sentences of the lesson that can be said as they stand."""

    def name(self) -> str:
        return "action_say_the_words"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker)
        if going_on is not None:
            return going_on
        lesson = _last(tracker)
        if lesson is None:
            dispatcher.utter_message(text="您想跟谁说、说哪件事？先用一句话告诉我，我把能照着说的话写给您。")
            return []
        said = excerpts.words_to_say(lesson, _age(tracker))
        if not said:
            # A lesson without words to say or steps: its longer part.
            return tell_more(dispatcher, tracker, lesson)
        lines = "\n".join(f"· “{each}”" for each in said)
        dispatcher.utter_message(text=f"【{lesson.title}】可以照着这样说，挑一句顺口的就行：\n{lines}{_for_the_old(lesson)}")
        return []


class ActionSayWhatToDo(Action):
    """具体怎么做: one thing to begin with, and the steps in short."""

    def name(self) -> str:
        return "action_say_what_to_do"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker)
        if going_on is not None:
            return going_on
        lesson = _last(tracker)
        if lesson is None:
            dispatcher.utter_message(text="您想做的是哪件事？先用一句话告诉我，带上孩子几岁，我一步一步说。")
            return []
        steps = excerpts.steps(lesson, _age(tracker))
        if not steps and not lesson.try_this:
            return tell_more(dispatcher, tracker, lesson)
        first = f"先只做这一件：{lesson.try_this}" if lesson.try_this else ""
        numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
        after = f"做到了，再往下，一天一步就好：\n{numbered}" if first and steps else numbered
        dispatcher.utter_message(text="\n".join(part for part in (f"【{lesson.title}】{first}", after) if part))
        return []


class ActionGiveExample(Action):
    """举个例子: the part of the lesson that tells how it sounds in a family."""

    def name(self) -> str:
        return "action_give_example"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = _last(tracker)
        if lesson is None:
            dispatcher.utter_message(text="您想听哪件事的例子？先用一句话告诉我，我来举。")
            return []
        example = excerpts.example(lesson)
        if not example:
            return tell_more(dispatcher, tracker, lesson)
        dispatcher.utter_message(text=f"比如“{lesson.title}”这件事：\n{example}")
        return []


def _last(tracker: Tracker) -> Lesson | None:
    return services.library().lessons.get(tracker.get_slot("lesson_last") or "")


def _age(tracker: Tracker) -> int | None:
    return cast("int | None", tracker.get_slot("lesson_age"))


def _for_the_old(lesson: Lesson) -> str:
    return "\n要跟家里老人说，回“转给老人”，我写成一条微信。" if lesson.relay else ""
