"""Gifts by age, sex and budget."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.table_talk import (
    Shown,
    home_of,
    in_words,
    lesson_instead,
    numbered,
    only_a_question,
    say_and_lead_on,
    seed,
    wanted_now,
)
from actions.understood import age_said_lately
from bot import services
from bot.coach import choose
from bot.coach.wanted import Wanted

KIND = "gifts"
_UNDER_THREE = 36


class ActionFindGifts(Action):
    """Three gifts; without an age three that fit most children, and then the question how old."""

    def name(self) -> str:
        return "action_find_gifts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if only_a_question(tracker):
            return await lesson_instead(dispatcher, tracker, domain)
        return await tell(dispatcher, tracker, wanted_now(tracker, KIND))


async def tell(
    dispatcher: CollectingDispatcher, tracker: Tracker, wanted: Wanted, shown: tuple[str, ...] = ()
) -> list[EventType]:
    """Say the next gifts that were not `shown` yet, with the ages to tap when none is known."""
    home = await home_of(tracker.sender_id)
    wanted = home.completed(wanted, age_said_lately(tracker))
    table = services.shelf().gifts
    found = choose.gifts(table, wanted, shown, seed(tracker))
    if not found:
        return _nothing(dispatcher, wanted, shown)
    about = in_words(wanted)
    opening = f"{about}，可以看看这几样：" if about else "这几样大多数孩子都合适："
    text = f"{opening}\n\n{numbered([gift.told for gift in found])}\n\n{_advice(wanted.age)}"
    say_and_lead_on(dispatcher, text, wanted, home, "/ask_gifts")
    return Shown(KIND, wanted, (*shown, *(gift.key for gift in found))).as_events()


def _advice(age: int | None) -> str:
    if age is not None and age < _UNDER_THREE:
        return "认准3C标志。小零件、纽扣电池、小磁铁、长绳，三岁前都不要。"
    return "买前先问他一句“最近爱玩啥”。玩具认3C标志，家里有小的，小零件收高处。"


def _nothing(dispatcher: CollectingDispatcher, wanted: Wanted, shown: tuple[str, ...]) -> list[EventType]:
    if shown:
        text = "这个年纪、这个价钱的，都给您看过了。换个价钱说一句就行，比如“100块以内”。"
    else:
        text = "这个价钱里我没有正好合适的。不花钱也有好的：一封信、一本照片小本子。换个价钱再说一句，比如“50块以内”。"
    dispatcher.utter_message(text=text)
    return Shown(KIND, wanted).as_events()
