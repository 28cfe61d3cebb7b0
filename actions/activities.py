"""Activities by age, place, budget, time and weather."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.table_talk import Shown, home_of, in_words, numbered, say_and_lead_on, seed, shown_last, wanted_now
from actions.understood import age_said_lately, words
from bot import services
from bot.coach import choose
from bot.coach.wanted import Wanted
from bot.content.tables.activities import PLACES

KIND = "activities"
_PLAYS = re.compile("[玩耍]")
# Which of the three on the screen is meant.
_ORDINALS = (re.compile("第一|头一|①|^1"), re.compile("第二|②|^2|中间"), re.compile("第三|最后|③|^3"))


class ActionFindActivities(Action):
    """Three things to do; without an age three that fit most children, and then the question how old."""

    def name(self) -> str:
        return "action_find_activities"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await tell(dispatcher, tracker, wanted_now(tracker, KIND))


async def tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, shown: tuple[str, ...] = ()
) -> list[EventType]:
    """Say the next activities that were not `shown` yet, with the ages to tap when none is known."""
    home = await home_of(tracker.sender_id)
    wanted = home.completed(wanted, age_said_lately(tracker))
    table = services.shelf().activities
    found = choose.activities(table, wanted, shown, seed(tracker))
    opening = f"{_about(wanted)}，可以玩这几样：" if _about(wanted) else "这几样大多数孩子都玩得来："
    if not found and not shown:
        # Better something for the age than nothing: the place and the money are easier to get round than a child's age.
        found = choose.activities(table, replace(wanted, place=None, most=None, minutes=None), shown, seed(tracker))
        opening = "照您说的没有正好的，差不多的有这几样："
    if not found:
        dispatcher.utter_message(text="合适的都给您看过了。换个地方说一句就行，比如“在村里”“下雨天在家”。")
        return Shown(KIND, wanted).as_events()
    text = f"{opening}\n\n{numbered([activity.told for activity in found])}\n\n玩的时候让他当头儿，他笑了，就再来一遍。"
    say_and_lead_on(dispatcher, text, wanted, home, "/ask_activities")
    return Shown(KIND, wanted, (*shown, *(activity.key for activity in found))).as_events()


def how_to_play(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """具体怎么玩 after activities: the one that is meant, step by step; whether it was said."""
    last = shown_last(tracker)
    if last is None or last.kind != KIND or not last.keys:
        return False
    table = {activity.key: activity for activity in services.shelf().activities}
    # Three at a time are shown; of the last ones there may be fewer.
    batch = last.keys[-(len(last.keys) % choose.BATCH or choose.BATCH) :]
    meant = next((number for number, ordinal in enumerate(_ORDINALS) if ordinal.search(words(tracker))), 0)
    activity = table.get(batch[min(meant, len(batch) - 1)])
    if activity is None:
        return False
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(activity.steps, 1))
    careful = f"\n当心：{activity.safety}" if activity.safety else ""
    dispatcher.utter_message(text=f"【{activity.name}】先备好：{activity.need}。一步一步来：\n{steps}{careful}\n想听另一样，回“第二个怎么玩”；想换，回“换一批”。")
    return True


class ActionTellHowItWorks(Action):
    """怎么玩: after activities how to play, otherwise what we are and how to ask."""

    def name(self) -> str:
        return "action_tell_how_it_works"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not (_PLAYS.search(words(tracker)) and how_to_play(dispatcher, tracker)):
            dispatcher.utter_message(response="utter_ask_how_it_works")
        return []


def _about(wanted: Wanted) -> str:
    place = f"{'' if wanted.place == 'phone' else '在'}{PLACES[wanted.place]}" if wanted.place else ""
    time = f"{wanted.minutes}分钟" if wanted.minutes else ""
    weather = "出不了门" if wanted.indoors else ""
    return "，".join(part for part in (in_words(wanted), place, time, weather) if part)
