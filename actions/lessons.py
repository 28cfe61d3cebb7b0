"""Answer a question with a lesson; when not sure, offer the nearest ones; more of it, or others."""

from __future__ import annotations

from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.understood import age_said, entity, intent, lesson_ranking, words
from bot import services
from bot.content.lessons import Lesson
from bot.db import DatabaseError
from bot.people import parents
from bot.people.children import age_for
from bot.people.offer import OFFER
from bot.people.parents import Profile
from bot.text.plain import squash

log = structlog.get_logger(__name__)

_OFFERED = 3
# Rasa's name for "below the threshold"; it has a rule of its own.
_UNSURE = "nlu_fallback"
# Below this probability the answer names two other lessons. On our own sets about one in five answers below 0.4 was wrong,
# and in three of four wrong ones one of the next two lessons was right (docs/understanding.md).
_SURE = 0.5
_ALTERNATIVES = 2
# A few words without a topic inside a form: say so and let the form ask again, rather than offer lessons at random.
_TOO_SHORT_TO_GUESS = 6


class ActionAnswerLesson(Action):
    """Answer with the likeliest lesson, for the age that was said or that we know."""

    def name(self) -> str:
        return "action_answer_lesson"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        ranking = lesson_ranking(tracker)
        slugs = [slug for slug, _ in ranking]
        best = services.library().lessons[slugs[0]]
        return await answer(dispatcher, tracker, best, slugs, sure=ranking[0][1] >= _SURE)


class ActionChooseLesson(Action):
    """Answer with the lesson that the parent picked from an offer."""

    def name(self) -> str:
        return "action_choose_lesson"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = services.library().lessons.get(entity(tracker, "lesson_slug") or "")
        if lesson is None:
            dispatcher.utter_message(text="这一课现在找不到了，您再用一句话问我一次。")
            return []
        return await answer(dispatcher, tracker, lesson, tracker.get_slot("lesson_shown") or [])


class ActionOfferLessons(Action):
    """Not sure: say so and offer the three nearest lessons. Also what Rasa falls back to where no rule covers an intent."""

    def name(self) -> str:
        return "action_offer_lessons"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if intent(tracker) == _UNSURE:
            return await self._offer(dispatcher, tracker)
        if not intent(tracker).startswith("EXTERNAL_"):
            await self._offer(dispatcher, tracker)
        # No rule says what follows: left so, Rasa would call us again and again until its circuit breaker trips.
        return [UserUtteranceReverted()]

    async def _offer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        slugs = [slug for slug, _ in lesson_ranking(tracker)]
        if tracker.active_loop.get("name") and len(squash(words(tracker))) <= _TOO_SHORT_TO_GUESS:
            dispatcher.utter_message(text="这句我没看懂。")
            return []
        if not slugs:
            dispatcher.utter_message(response="utter_ask_how_it_works")
            return []
        dispatcher.utter_message(text="我没完全听明白，不敢乱答。您想问的是不是下面哪一个？回数字就行；都不是，就换个说法再说一次。", buttons=_buttons(slugs))
        return [SlotSet("lesson_shown", slugs)]


class ActionOfferOthers(Action):
    """不是这个: offer the next nearest lessons to the last question."""

    def name(self) -> str:
        return "action_offer_others"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        last = tracker.get_slot("lesson_last")
        others = [slug for slug in tracker.get_slot("lesson_shown") or [] if slug != last]
        if not others:
            dispatcher.utter_message(text="那您换个说法，再跟我说一次，带上孩子几岁、出了什么事。")
            return []
        dispatcher.utter_message(text="那您看看是不是这些：", buttons=_buttons(others))
        return [SlotSet("lesson_shown", others[_OFFERED:])]


class ActionAnswerOtherAge(Action):
    """那三岁呢: the lesson that was given last, for the age that was said."""

    def name(self) -> str:
        return "action_answer_other_age"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
        if lesson is None:
            dispatcher.utter_message(text="这么大的孩子，您想问哪件事？说一句，我来答。")
            return []
        return await answer(dispatcher, tracker, lesson, tracker.get_slot("lesson_shown") or [])


class ActionShowMore(Action):
    """还有呢: the longer part of the lesson that was given last."""

    def name(self) -> str:
        return "action_show_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
        if lesson is None:
            dispatcher.utter_message(text="您想接着听哪件事？再说一句，我来讲。")
            return []
        dispatcher.utter_message(text=lesson.body.replace("## ", "▪ "))
        if lesson.try_this:
            dispatcher.utter_message(text=f"这周可以试试：{lesson.try_this}")
        return []


async def answer(
    dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson, shown: list[str], sure: bool = True
) -> list[EventType]:
    """Say the lesson's answer, and at most one light offer: others when not sure, else the profile, once."""
    profile = await _known(tracker.sender_id)
    age = age_said(tracker)
    if age is None and profile:
        age = age_for(lesson.ages, profile, services.clock().now())
    # The title first: a parent sees at once whether the right question was understood.
    dispatcher.utter_message(text=lesson.reply(age))
    if tracker.active_loop.get("name"):
        pass  # the form asks its question again after this
    elif not sure:
        others = [slug for slug in shown if slug != lesson.slug and _same_audience(lesson, slug)]
        dispatcher.utter_message(text="您问的要不是这个，回个数字：", buttons=_buttons(others[:_ALTERNATIVES]))
    elif profile and profile.offered_at is None:
        await _offer_profile(dispatcher, tracker.sender_id)
    return [SlotSet("lesson_last", lesson.slug), SlotSet("lesson_shown", shown)]


def _same_audience(lesson: Lesson, slug: str) -> bool:
    """A parent is not offered what is written for foremen, and the other way round."""
    other = services.library().lessons.get(slug)
    return other is not None and bool(set(lesson.audience) & set(other.audience))


async def _known(parent_key: str) -> Profile | None:
    """What is remembered of the parent; None when the database cannot say: the answer comes all the same."""
    try:
        return await services.database().read(parents.profile, parent_key)
    except DatabaseError as error:
        log.error("lessons.profile_unreadable", reason=error.reason)
        return None


async def _offer_profile(dispatcher: CollectingDispatcher, parent_key: str) -> None:
    try:
        first = await services.database().run(parents.mark_offered, parent_key, services.clock().now())
    except DatabaseError as error:
        log.error("lessons.offer_not_kept", reason=error.reason)
        return
    if first:
        buttons = [_button(choice.title, choice.payload) for choice in OFFER.choices]
        dispatcher.utter_message(text=OFFER.text, buttons=buttons)


def _buttons(slugs: list[str]) -> list[dict[str, Any]]:
    lessons = services.library().lessons
    return [
        _button(lessons[slug].title, f'/choose_lesson{{"lesson_slug": "{slug}"}}')
        for slug in slugs[:_OFFERED]
        if slug in lessons
    ]


def _button(title: str, payload: str) -> dict[str, Any]:
    return {"title": title, "payload": payload}
