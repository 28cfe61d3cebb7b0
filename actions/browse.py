"""By form and by audience, as in the menu: all lessons, comics, those for young workers and for foremen, this week's tip."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.comics import offer_comics
from actions.pages import card, link_line, whole_lesson
from actions.understood import words
from bot import services
from bot.content.lessons import SERIES, Lesson
from bot.content.weekly import tip_of_the_week
from bot.db import DatabaseError
from bot.pages import links
from bot.people import parents
from bot.people.children import age_for

_ANY_AGE = (0, 216)
# 我不是班长, 没当组长: one who leads nobody.
_IS_NONE = re.compile("不是|没当|没做|不带[班人]|不当")


class ActionBrowseLessons(Action):
    """What there is, by subject."""

    def name(self) -> str:
        return "action_browse_lessons"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lessons = services.library().lessons.values()
        counts = {name: sum(each.series == series for each in lessons) for series, name in SERIES.items()}
        listed = "\n".join(f"· {name}：{count}课" for name, count in counts.items() if count)
        dispatcher.utter_message(text=f"课文按事情分成这几组：\n{listed}\n不用一课一课翻，想知道什么，直接问我一句。")
        card(dispatcher, "所有课文", "按事情分好了，也可以搜", links.page("all"))
        return []


class ActionBrowseComics(Action):
    """Three comics to choose from, and where there are pages the card of all."""

    def name(self) -> str:
        return "action_browse_comics"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not services.comics():
            dispatcher.utter_message(text="漫画还没有画好。事情照样能说清楚，您直接问我一句，比如“怎么防溺水”。")
            return []
        events = offer_comics(dispatcher, tracker)
        card(dispatcher, "漫画", "几幅画，讲明白一件事", links.page("comics"))
        return events


class ActionBrowseYoungWorkers(Action):
    """The lessons for young workers, to tap."""

    def name(self) -> str:
        return "action_browse_young_workers"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return _offered(dispatcher, "young_workers", "写给年轻工友的，想看哪个，回个数字：")


class ActionBrowseLineManagers(Action):
    """The lessons for foremen, to tap."""

    def name(self) -> str:
        return "action_browse_line_managers"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if _IS_NONE.search(words(tracker)):
            return _offered(dispatcher, "young_workers", "明白，您不带班。这些是写给工友自己的，想看哪个，回个数字；想问别的，直接说：")
        return _offered(dispatcher, "line_managers", "写给班组长的，想看哪个，回个数字：")


class ActionTellTip(Action):
    """每周一招: one small thing to try this week, for the child's age where it is known."""

    def name(self) -> str:
        return "action_tell_tip"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        age = await _age(tracker.sender_id)
        lesson = tip_of_the_week(services.library().lessons, age, services.clock().now())
        if lesson is None:
            dispatcher.utter_message(text="这周的小招还没备好。孩子的事，您直接问我就行。")
            return []
        dispatcher.utter_message(text=f"这周试一招（{lesson.title}）：\n{lesson.try_this}")
        whole_lesson(dispatcher, lesson, tracker.sender_id)
        return [SlotSet("lesson_last", lesson.slug), SlotSet("lesson_shown", []), SlotSet("lesson_age", age)]


def _offered(dispatcher: CollectingDispatcher, audience: str, text: str) -> list[EventType]:
    lessons = [each for each in services.library().lessons.values() if audience in each.audience]
    lessons.sort(key=lambda each: (each.series, each.order, each.slug))
    dispatcher.utter_message(text=text, buttons=[_button(lesson) for lesson in lessons])
    link_line(dispatcher, "在网页上看", links.page(f"for/{audience}"))
    return []


def _button(lesson: Lesson) -> dict[str, Any]:
    return {"title": lesson.title, "payload": f'/choose_lesson{{"lesson_slug": "{lesson.slug}"}}'}


async def _age(parent_key: str) -> int | None:
    try:
        known = await services.database().read(parents.profile, parent_key)
    except DatabaseError:
        return None  # the tip comes all the same, only not for an age
    return age_for(_ANY_AGE, known, services.clock().now())
