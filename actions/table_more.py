"""换一批, 6岁女孩, 那四岁的呢: go on with the table that was drawn from last."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import activities, coach, gifts, milestones, photovoice
from actions.hand_over import TABLE_OF
from actions.table_talk import home_of, lesson_for_age, others_instead, said, shown_last
from actions.understood import NOT_UNDERSTOOD, words
from bot.coach.wanted import Wanted
from bot.text.plain import squash

Tell = Callable[[CollectingDispatcher, Tracker, Wanted, tuple[str, ...]], Awaitable[list[EventType]]]

_TELL: Mapping[str, Tell] = {each.KIND: each.tell for each in (coach, gifts, activities, milestones, photovoice)}
# To a number where nothing can be chosen.
NO_LIST = "这会儿没有要选的号码。想问孩子的什么事，说一句就行。"
# Longer messages are questions of their own, whatever age stands in them.
_LONGEST_DETAIL = 14
_TOO_DEAR = re.compile(r"太贵|贵了|有点贵|便宜|买不起|好贵")
# What a gift of the table costs where no budget was named.
_USUAL_YUAN = 60


class ActionTellNextBatch(Action):
    """The next three of the same."""

    def name(self) -> str:
        return "action_tell_next_batch"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        events = await next_batch(dispatcher, tracker)
        if events is None and tracker.get_slot("lesson_last") and not tracker.active_loop.get("name"):
            # 都不喜欢 after a lesson and the titles under it.
            return await others_instead(dispatcher, tracker, domain)
        if events is None:
            _ask_which(dispatcher, tracker)
        return events or []


class ActionTellDetails(Action):
    """An age, a sex, a budget, a place alone: the same table again, the last lesson for that age, or the likeliest table."""

    def name(self) -> str:
        return "action_tell_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        events = await narrowed(dispatcher, tracker)
        if events is not None:
            return events
        # A bare number is a choice that there is not, rather than an age.
        if tracker.get_slot("lesson_last") and not words(tracker).strip().isdigit():
            return await lesson_for_age(dispatcher, tracker, domain)
        tell = _likely(said(tracker))
        if tell:
            return await tell(dispatcher, tracker, said(tracker), ())
        _ask_which(dispatcher, tracker)
        return []


async def next_batch(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """The next entries of the table that was drawn from last; None when none was, or a lesson came after it."""
    last = shown_last(tracker)
    if last is None or last.kind not in _TELL:
        return None
    return await _TELL[last.kind](dispatcher, tracker, last.wanted, last.keys)


async def cheaper(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """太贵了 after gifts: others for half the money; None when it was not said of gifts."""
    last = shown_last(tracker)
    if last is None or last.kind != gifts.KIND or not _TOO_DEAR.search(words(tracker)):
        return None
    least, most = last.wanted.least, last.wanted.most if last.wanted.most is not None else _USUAL_YUAN
    # 100元以上 has no upper end to halve, and nothing cheaper is found above what was said.
    most = min(most, 2 * least) if least else most
    return await gifts.tell(dispatcher, tracker, replace(last.wanted, least=None, most=most // 2), last.keys)


async def narrowed(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """The table drawn from last, or that of the last lesson, for what this message says; None when there is nothing to narrow."""
    now, last = said(tracker), shown_last(tracker)
    child = (await home_of(tracker.sender_id)).meant(words(tracker)) if now.age is None and last else None
    if child:
        now = Wanted(age=child.age, sex=child.sex).and_then(now)
    if now.says_nothing:
        return await cheaper(dispatcher, tracker)
    if len(squash(words(tracker))) > _LONGEST_DETAIL:
        return None
    # A photo task is the same for every age and purse.
    if last is not None and last.kind in _TELL and last.kind != photovoice.KIND:
        # What was shown a moment ago may fit the new wish as well; said again it would look as if nothing was heard.
        return await _TELL[last.kind](dispatcher, tracker, last.wanted.and_then(now), last.keys)
    # “50块以内的” after the lesson on gifts; an age alone asks for the lesson's answer for that age.
    tell = _TELL.get(TABLE_OF.get(tracker.get_slot("lesson_last") or "", ""))
    if tell is None or now == Wanted(age=now.age):
        return None
    # The age that the lesson was given for is not asked again.
    return await tell(dispatcher, tracker, Wanted(age=tracker.get_slot("lesson_age")).and_then(now), ())


async def in_a_mood(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """Openers for the mood that is told after openers: 他今天被老师批评了 不高兴; None when it is not told, or not after them."""
    last = shown_last(tracker)
    if last is None or last.kind != coach.KIND or not said(tracker).mood or tracker.active_loop.get("name"):
        return None
    return await narrowed(dispatcher, tracker)


def _ask_which(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    if tracker.active_loop.get("name"):
        # The form asks its own question again after this.
        dispatcher.utter_message(text=NOT_UNDERSTOOD)
    elif words(tracker).strip().isdigit():
        dispatcher.utter_message(text=NO_LIST)
    else:
        dispatcher.utter_message(response="utter_table_which")


def _likely(wanted: Wanted) -> Tell | None:
    """The table that a wish is about which names none: a place or a time is for something to do, money for a gift."""
    if wanted.place or wanted.indoors or wanted.minutes:
        return activities.tell
    return gifts.tell if wanted.most is not None else None
