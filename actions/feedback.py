"""有用吗? A light line after a sure answer, seldom; a tap or a word takes it; what was missing goes to the review. And news of lessons."""

from __future__ import annotations

import json
import re

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.coach import ActionTellCallWent, call_was_asked
from actions.taps import tap
from actions.told import answered_pushed
from actions.understood import entity, words
from bot import services
from bot.content.lessons import Lesson
from bot.db import DatabaseError
from bot.logs import feedback, news
from bot.text.plain import squash

log = structlog.get_logger(__name__)

ASKED, AWAITED = "feedback_asked", "feedback_awaited"
QUESTION = "这个回答对您有用吗？点一下就行："
CHOICES = (("很有用", 100), ("有一点", 50), ("没帮上", 0))

# Read in this order: 一半没用 holds 没用, which holds 用, and 有一点用 holds 有用's sense.
_WORDS = (
    (50, re.compile("一半.*一半|有些.*有些|有的.*有的")),
    (
        0,
        re.compile(
            "没[什啥得有多]?么?[帮用]|没一句|没新鲜|冇用|不管用|用不上|不灵|不好使|不好|不满意|不行|行不通|不咋|不实在|看不[懂下明]|没[说答讲]到"
            "|等于[没冇白][说讲问]|跟没说|白问|白费|浪费|太[空笼长虚官啰]|[废空套]话|虚头巴脑|老一套|大道理|作用不大|不解决|没解决|不接地气|骗小孩|失望|差评|太差"
        ),
    ),
    (50, re.compile("一点|有点|一般|还行|还可以|凑合|马马虎虎|差不多")),
    (100, re.compile("有用|管用|用得[上着]|好使|真灵|帮[到大助]|有帮助|解决|满意|可以|[很挺蛮真得个]好|明白|道理|学到")),
)  # fmt: skip
_SHORT = 8
_RESPONSES = {100: "utter_feedback_very", 50: "utter_feedback_partly", 0: "utter_feedback_not", None: "utter_feedback_unclear"}


class ActionTakeFeedback(Action):
    """Keep the parent's word on an answer; when it did not help, ask in one sentence what was missing."""

    def name(self) -> str:
        return "action_take_feedback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if entity(tracker, "feedback_lesson") is None and await call_was_asked(tracker):
            return await ActionTellCallWent().run(dispatcher, tracker, domain)
        if entity(tracker, "feedback_score") is None and await answered_pushed(dispatcher, tracker):
            return []
        others = await _cheaper(dispatcher, tracker)
        if others is not None:
            return others
        # "说得太绕": not a second score, but the answer to what was missing.
        missing = [] if entity(tracker, "feedback_score") else note_missing(dispatcher, tracker)
        if missing:
            return missing
        lesson = entity(tracker, "feedback_lesson") or _asked_about(tracker)
        score = score_meant(entity(tracker, "feedback_score"), words(tracker))
        if lesson and score is not None:
            await _keep(tracker.sender_id, lesson, score)
        dispatcher.utter_message(response=_RESPONSES[score])
        awaited = lesson or tracker.get_slot("lesson_last")
        return [SlotSet(AWAITED, awaited)] if score == 0 and awaited else []


async def _cheaper(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    # Here and not above: tables lead to lessons, which ask for feedback.
    from actions.table_more import cheaper

    return None if entity(tracker, "feedback_score") else await cheaper(dispatcher, tracker)


async def maybe_ask(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: Lesson) -> list[EventType]:
    """Ask whether the answer was useful, where it is time to; no events: it was not asked.

    To be called as the one light offer after a sure answer, never with another offer, in a form or beside a danger.
    """
    database, now = services.database(), services.clock().now()
    try:
        if not await database.glance(feedback.may_ask, tracker.sender_id, lesson.slug, now):
            return []
        key = services.settings().secret_key
        if not await database.run(feedback.ask, tracker.sender_id, lesson.slug, now, key):
            return []
    except DatabaseError as error:
        log.error("feedback.not_kept", reason=error.reason)
        return []
    dispatcher.utter_message(text=QUESTION, buttons=[tap(title, _payload(lesson.slug, score)) for title, score in CHOICES])
    return [SlotSet(ASKED, lesson.slug)]


def note_missing(dispatcher: CollectingDispatcher, tracker: Tracker, lesson: str = "", sure: bool = False) -> list[EventType]:
    """Take these words as what was missing, if that was just asked; no events: they are a question like any other.

    `lesson`, `sure`: what the words would be answered with. A clear question about something else is answered, not filed away. The
    words themselves go the way of all words: the record keeps them, anonymised, and the review finds them there.
    """
    awaited = _awaited(tracker)
    if not awaited or (sure and lesson != awaited):
        return []
    dispatcher.utter_message(response="utter_feedback_noted")
    return [SlotSet(AWAITED, None)]


async def tell_news(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Tell a parent, once, that what was asked in vain has an answer now; False: there is no news."""
    database = services.database()
    try:
        found = await database.glance(news.due_news, tracker.sender_id)
        lesson = services.library().lessons.get(found.lesson) if found else None
        if found is None or lesson is None:
            return False
        if not await database.run(news.told, tracker.sender_id, found.lesson, services.clock().now()):
            return False
    except DatabaseError as error:
        log.error("feedback.news_not_told", reason=error.reason)
        return False
    asked = f"您上次问的“{found.question}”" if found.question else "您上次问的那件事"
    payload = f"/choose_lesson{json.dumps({'lesson_slug': lesson.slug})}"
    dispatcher.utter_message(text=f"{asked}，现在有答案了：", buttons=[tap(lesson.title, payload)])
    return True


def score_meant(tapped: str | None, said: str) -> int | None:
    """100, 50 or 0: the choice that was tapped, or what the words come to; None: they say nothing clear."""
    if tapped in ("100", "50", "0"):
        return int(tapped)
    squashed = squash(said)
    return next((score for score, pattern in _WORDS if pattern.search(squashed)), None)


def is_complaint(said: str) -> bool:
    """Whether a few words, and nothing else, say that something was of no use."""
    return len(squash(said)) <= _SHORT and score_meant(None, said) == 0


async def _keep(parent_key: str, lesson: str, score: int) -> None:
    try:
        await services.database().run(feedback.take, parent_key, lesson, score, services.clock().now())
    except DatabaseError as error:
        log.error("feedback.not_kept", reason=error.reason)


def _asked_about(tracker: Tracker) -> str:
    """The lesson that was asked about last, unless another came after it: then a word is about that one, which nobody counts."""
    asked, last = tracker.get_slot(ASKED) or "", tracker.get_slot("lesson_last")
    return asked if last in (None, asked) else ""


def _awaited(tracker: Tracker) -> str:
    """The lesson that did not help, if the question what was missing was put in the turn just before this one."""
    spoken = [number for number, event in enumerate(tracker.events) if event.get("event") == "user"]
    between = tracker.events[spoken[-2] : spoken[-1]] if len(spoken) > 1 else []
    # A new session sets all slots again, hours later.
    if any(event.get("event") == "session_started" for event in between):
        return ""
    said = [event.get("value") for event in between if event.get("event") == "slot" and event.get("name") == AWAITED]
    return str(said[-1] or "") if said else ""


def _payload(lesson: str, score: int) -> str:
    return f"/give_feedback{json.dumps({'feedback_lesson': lesson, 'feedback_score': str(score)})}"
