"""What parents ask right after an answer: how to say it, what to do first, an example. Each from the lesson that was given last."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.activities import how_to_play
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
        which = "您想跟谁说、说哪件事？先用一句话告诉我，我把能照着说的话写给您。"
        return await _tell(dispatcher, tracker, which, _words_to_say)


class ActionSayWhatToDo(Action):
    """具体怎么做: one thing to begin with, and the steps in short."""

    def name(self) -> str:
        return "action_say_what_to_do"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        going_on = await say_where_it_stands(dispatcher, tracker)
        if going_on is not None or how_to_play(dispatcher, tracker):
            return going_on or []
        which = "您想做的是哪件事？先用一句话告诉我，带上孩子几岁，我一步一步说。"
        return await _tell(dispatcher, tracker, which, _what_to_do)


class ActionGiveExample(Action):
    """举个例子: the part of the lesson that tells how it sounds in a family."""

    def name(self) -> str:
        return "action_give_example"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await _tell(dispatcher, tracker, "您想听哪件事的例子？先用一句话告诉我，我来举。", _example)


async def _tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, which: str, part: Callable[[Lesson, int | None], str]
) -> list[EventType]:
    """Say this part of the last lesson, where it has none its longer text, and without a lesson ask `which`. No lesson in a danger."""
    going_on = await say_where_it_stands(dispatcher, tracker)
    if going_on is not None:
        return going_on
    lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
    if lesson is None:
        dispatcher.utter_message(text=which)
        return []
    text = part(lesson, tracker.get_slot("lesson_age"))
    if not text:
        return tell_more(dispatcher, tracker, lesson)
    dispatcher.utter_message(text=text)
    return []


def _words_to_say(lesson: Lesson, age: int | None) -> str:
    said = excerpts.words_to_say(lesson, age)
    if not said:
        return ""
    lines = "\n".join(f"· “{each}”" for each in said)
    for_the_old = "\n要跟家里老人说，回“转给老人”，我写成一条微信。" if lesson.relay else ""
    return f"【{lesson.title}】可以照着这样说，挑一句顺口的就行：\n{lines}{for_the_old}"


def _what_to_do(lesson: Lesson, age: int | None) -> str:
    steps = excerpts.steps(lesson, age)
    if not steps and not lesson.try_this:
        return ""
    first = f"先只做这一件：{lesson.try_this}" if lesson.try_this else ""
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    after = f"做到了，再往下，一天一步就好：\n{numbered}" if first and steps else numbered
    return "\n".join(part for part in (f"【{lesson.title}】{first}", after) if part)


def _example(lesson: Lesson, age: int | None) -> str:
    example = excerpts.example(lesson)
    return f"比如“{lesson.title}”这件事：\n{example}" if example else ""
