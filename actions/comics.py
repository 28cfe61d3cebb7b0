"""Comics in the talk: three to choose from; where there are pages as a card, where there are none told in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.pages import card
from actions.taps import about, tap
from actions.understood import entity
from bot import services
from bot.content.comics import Comic
from bot.pages import links

_OFFERED = 3


class ActionOpenComic(Action):
    """The comic that was tapped."""

    def name(self) -> str:
        return "action_open_comic"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        comic = services.comics().get(entity(tracker, "comic_slug") or "")
        if comic is None:
            dispatcher.utter_message(text="这组漫画现在找不到了，发“看漫画”再挑一个。")
            return []
        if links.comic(comic.slug):
            dispatcher.utter_message(text=f"【漫画：{comic.title}】\n{comic.summary}")
            card(dispatcher, comic.title, comic.summary, links.comic(comic.slug))
        else:
            dispatcher.utter_message(text=told(comic))
        return about(comic.lesson)


def offer_comics(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Three comics to tap that were not offered lately; from the beginning when all were."""
    shown = tracker.get_slot("comic_shown") or []
    every = _in_turn(tracker.sender_id, services.comics().values())
    fresh = [comic for comic in every if comic.slug not in shown] or every
    taps = [tap(comic.title, f'/open_comic{{"comic_slug": "{comic.slug}"}}') for comic in fresh[:_OFFERED]]
    more = "。看完再发“看漫画”，还有别的" if len(every) > _OFFERED else ""
    dispatcher.utter_message(text=f"想看哪一组？回数字就行{more}。", buttons=taps)
    offered = [comic.slug for comic in fresh[:_OFFERED]]
    return [SlotSet("comic_shown", [*(shown if fresh is not every else []), *offered])]


def told(comic: Comic) -> str:
    """A comic in words, panel by panel."""
    panels = []
    for number, panel in enumerate(comic.panels, 1):
        said = "".join(f"\n“{each}”" for each in panel.says)
        note = f"\n（{panel.note}）" if panel.note else ""
        panels.append(f"{number}. {panel.alt}{said}{note}")
    return f"【漫画：{comic.title}】\n" + "\n".join(panels)


def _in_turn(parent_key: str, comics: Iterable[Comic]) -> list[Comic]:
    """An order of the parent's own, the same each time."""
    return sorted(comics, key=lambda comic: hashlib.sha256(f"{parent_key}/{comic.slug}".encode()).hexdigest())
