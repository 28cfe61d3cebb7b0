"""Answer a question with a lesson; when not sure, offer the nearest ones; more of it, or others."""

from __future__ import annotations

from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.coach import ask_call_went, told_call_went
from actions.danger import add_what_to_do_now
from actions.danger_over import after_danger, still_listening
from actions.feedback import ActionTakeFeedback, is_complaint, maybe_ask, note_missing, tell_news
from actions.follow_up import asks_how_to_say, continued
from actions.grief import ON_TELLING, after_death, told_of
from actions.hand_over import offer_table
from actions.pages import whole_lesson
from actions.pushed_words import STAYING, reply_to
from actions.quizzes import offer_quiz
from actions.referrals import tells_lost_money
from actions.table_more import in_a_mood, narrowed
from actions.told import answered_first, answered_pushed, stays_away, taken_as_told
from actions.understood import (
    NOT_UNDERSTOOD,
    entity,
    heard_last,
    intent,
    lesson_ranking,
    possible_danger,
    second_question,
    words,
)
from actions.which_child import Meant, age_meant, say_whose
from bot import services
from bot.content.lessons import Lesson
from bot.db import DatabaseError
from bot.people import parents
from bot.people.offer import OFFER
from bot.people.parents import Profile
from bot.reunion.follow_through import YES
from bot.text.plain import squash

log = structlog.get_logger(__name__)

OFFERED = 3
# Rasa's name for "below the threshold"; it has a rule of its own.
_UNSURE = "nlu_fallback"
# Below this probability the answer names two other lessons. On our own sets about one in five answers below 0.4 was wrong,
# and in three of four wrong ones one of the next two lessons was right (docs/understanding.md).
_SURE = 0.5
# After a distress of one's own 他喝多了就这样 is more likely about that than about what children drink, even where that looks likely.
_SURE_AFTER_DISTRESS = 0.7
_ALTERNATIVES = 2
# So many messages back a parent sees an answer without scrolling for long.
_STILL_ON_THE_SCREEN = 4
# A few words without a topic inside a form: say so and let the form ask again, rather than offer lessons at random.
_TOO_SHORT_TO_GUESS = 6


class ActionAnswerLesson(Action):
    """Answer with the likeliest lesson, for the age that was said or that we know."""

    def name(self) -> str:
        return "action_answer_lesson"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        context = await after_what_happened(dispatcher, tracker)
        if context is not None:
            return context
        ranking = lesson_ranking(tracker)
        slugs = [slug for slug, _ in ranking]
        if not slugs:
            dispatcher.utter_message(text="这一课现在找不到了，您再用一句话问我一次。")
            return []
        best = services.library().lessons[slugs[0]]
        if tells_lost_money(words(tracker)) and not tracker.active_loop.get("name"):
            dispatcher.utter_message(response="utter_off_topic_swindle")
            return []
        if "parents" not in best.audience and is_complaint(words(tracker)) and tracker.get_slot("lesson_last"):
            # 说了等于没说: foremen ask so about their meetings, and a parent says so of an answer.
            return await ActionTakeFeedback().run(dispatcher, tracker, domain)
        missing = note_missing(dispatcher, tracker, best.slug, sure=ranking[0][1] >= _SURE)
        if missing:
            return missing
        if await answered_pushed(dispatcher, tracker):
            return []
        # 打了，她哭了 is an answer to what was pushed, and a question besides.
        told = await answered_first(tracker)
        if ranking[0][1] < _SURE_AFTER_DISTRESS and not possible_danger(tracker) and not told and still_listening(dispatcher, tracker):
            return []
        if not possible_danger(tracker):
            if told and ranking[0][1] < _SURE:
                dispatcher.utter_message(text=reply_to(told.expect, YES).text)
                return []
            context = await in_a_mood(dispatcher, tracker) if ranking[0][1] < _SURE else None
            # What words mean that say little alone, by what was spoken of before.
            context = await gone_on(dispatcher, tracker) if context is None and not told else context
            if context is not None:
                return context
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
            return await self._offer(dispatcher, tracker, domain)
        if not intent(tracker).startswith("EXTERNAL_"):
            await self._offer(dispatcher, tracker, domain)
        # No rule says what follows: left so, Rasa would call us again and again until its circuit breaker trips.
        return [UserUtteranceReverted()]

    async def _offer(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        context = await after_what_happened(dispatcher, tracker)
        if context is not None:
            return context
        missing = note_missing(dispatcher, tracker)
        if missing:
            return missing
        went = None if possible_danger(tracker) else await told_call_went(dispatcher, tracker, domain)
        if went is not None:
            return went
        if not possible_danger(tracker) and await taken_as_told(dispatcher, tracker):
            return []
        slugs = [slug for slug, _ in lesson_ranking(tracker)]
        if tracker.active_loop.get("name") and len(squash(words(tracker))) <= _TOO_SHORT_TO_GUESS:
            dispatcher.utter_message(text=NOT_UNDERSTOOD)
            return []
        if not tracker.active_loop.get("name") and not possible_danger(tracker):
            table = await narrowed(dispatcher, tracker)
            if table is not None:
                return table
        if not possible_danger(tracker) and still_listening(dispatcher, tracker):
            return []
        going_on = await gone_on(dispatcher, tracker)
        if going_on is not None:
            return going_on
        if not slugs:
            dispatcher.utter_message(response="utter_ask_how_it_works")
            return []
        await add_what_to_do_now(dispatcher, tracker)
        return offer(dispatcher, slugs)


def offer(dispatcher: CollectingDispatcher, slugs: list[str]) -> list[EventType]:
    """Say that it was not understood, with the nearest lessons to tap."""
    dispatcher.utter_message(text="我没完全听明白，不敢乱答。您想问的是不是下面哪一个？回数字就行；都不是，就换个说法再说一次。", buttons=lesson_buttons(slugs))
    return [SlotSet("lesson_shown", slugs)]


async def answer(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    lesson: Lesson,
    shown: list[str],
    sure: bool = True,
    age: int | None = None,
) -> list[EventType]:
    """Say the lesson's answer, and at most one light offer: others when not sure, else the profile, once.

    `age`: in months, of the child that is meant where the message itself names none.
    """
    profile = await _known(tracker.sender_id)
    more: list[EventType] = []
    meant = age_meant(tracker, lesson, profile) if age is None else Meant(age)
    age = meant.age
    if lesson.reply(age) in heard_last(tracker, _STILL_ON_THE_SCREEN) and not possible_danger(tracker):
        from actions.lesson_more import say_closer

        # Asked again in other words: the same text once more would look as if nobody had listened.
        return await say_closer(dispatcher, tracker, lesson)
    # The title first: a parent sees at once whether the right question was understood.
    dispatcher.utter_message(text=lesson.reply(age))
    say_whose(dispatcher, meant)
    if not possible_danger(tracker) and not tracker.active_loop.get("name"):
        whole_lesson(dispatcher, lesson, tracker.sender_id)
    if possible_danger(tracker):
        await add_what_to_do_now(dispatcher, tracker)
    elif tracker.active_loop.get("name"):
        pass  # the form asks its question again after this
    elif told_of(tracker) or lesson.slug == ON_TELLING:
        pass  # after a death nothing is offered
    elif second := services.library().lessons.get(second_question(tracker) or ""):
        dispatcher.utter_message(text=f"您还问到的这件，先说要紧的：\n{briefly(second)}", buttons=[_more_of(second)])
    elif not sure:
        others = [slug for slug in shown if slug != lesson.slug and same_audience(lesson, slug)]
        if others:
            dispatcher.utter_message(text="您问的要不是这个，回个数字：", buttons=lesson_buttons(others[:_ALTERNATIVES]))
    elif await _says_more(dispatcher, tracker, lesson, age):
        pass
    elif profile and profile.offered_at is None:
        await _offer_profile(dispatcher, tracker.sender_id)
    else:
        more = await maybe_ask(dispatcher, tracker, lesson) or offer_quiz(dispatcher, tracker, lesson)
    given = {"lesson_last": lesson.slug, "lesson_shown": shown, "lesson_age": age, "lesson_told": None}
    return [*(SlotSet(slot, value) for slot, value in given.items()), *more]


async def gone_on(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """Words that say little alone, answered as more of the lesson before; None, and nothing said, when they are not about it."""
    from actions.lesson_more import go_on

    if asks_how_to_say(words(tracker)) and tracker.get_slot("lesson_last") and not tracker.active_loop.get("name"):
        from actions.particulars import ActionSayTheWords

        return list(await ActionSayTheWords().run(dispatcher, tracker, {}))
    about = await continued(tracker)
    if about is None:
        return None
    if not about.given:
        return await answer(dispatcher, tracker, about.lesson, [about.lesson.slug], sure=False)
    return await go_on(dispatcher, tracker, about.lesson)


async def after_what_happened(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """A word after a danger, a question after a death, a visit that cannot be; None, and nothing said, when it is none of them."""
    if tracker.active_loop.get("name"):
        return None
    if await stays_away(dispatcher, tracker):
        return [SlotSet("lesson_last", STAYING.lesson)]
    events = await after_danger(dispatcher, tracker)
    return await after_death(dispatcher, tracker) if events is None else events


async def _says_more(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson, age: int | None) -> bool:
    """What this parent has waited for, or what belongs to this lesson: one of them."""
    if await tell_news(dispatcher, tracker):
        return True
    return offer_table(dispatcher, lesson, age, words(tracker)) or await ask_call_went(dispatcher, tracker.sender_id)


def same_audience(lesson: Lesson, slug: str) -> bool:
    """A parent is not offered what is written for foremen, and the other way round."""
    other = services.library().lessons.get(slug)
    return other is not None and bool(set(lesson.audience) & set(other.audience))


async def _known(parent_key: str) -> Profile | None:
    """What is remembered of the parent; None when the database cannot say: the answer comes all the same."""
    try:
        return await services.database().glance(parents.profile, parent_key)
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


def briefly(lesson: Lesson) -> str:
    """The title and what an answer begins with, before its steps."""
    opening, _, _ = lesson.answer.partition("\n1.")
    return f"【{lesson.title}】{opening.strip()}"


def _more_of(lesson: Lesson) -> dict[str, Any]:
    return _button(f"细说“{lesson.title}”", f'/choose_lesson{{"lesson_slug": "{lesson.slug}"}}')


def lesson_buttons(slugs: list[str]) -> list[dict[str, Any]]:
    """At most three lessons to tap."""
    lessons = services.library().lessons
    return [
        _button(lessons[slug].title, f'/choose_lesson{{"lesson_slug": "{slug}"}}')
        for slug in slugs[:OFFERED]
        if slug in lessons
    ]


def _button(title: str, payload: str) -> dict[str, Any]:
    return {"title": title, "payload": payload}
