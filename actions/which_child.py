"""How old is the child a question is about? What the message says, then what we know of the family, then what was said a moment ago."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.table_talk import Home, age_in_words
from actions.understood import age_said, age_said_lately, words
from bot import services
from bot.content.lessons import Lesson
from bot.people.children import BEIJING, age_for
from bot.people.parents import Profile


@dataclass(frozen=True)
class Meant:
    """The age in months, or None: not said, and none or several of the parent's children would fit the lesson.

    `said_before`: taken from an earlier message, so that the parent is to be told.
    """

    age: int | None
    said_before: bool = False


def age_meant(tracker: Tracker, lesson: Lesson, profile: Profile | None) -> Meant:
    """Of the child that this message asks about."""
    said = age_said(tracker)
    if said is not None:
        return Meant(said)
    if profile:
        now = services.clock().now()
        one = Home.of(profile, now.astimezone(BEIJING).date()).meant(words(tracker))
        known = one.age if one else age_for(lesson.ages, profile, now)
        if known is not None:
            return Meant(known)
    before = _said_before(tracker, lesson)
    return Meant(before, said_before=before is not None and lesson.answer_for(before) != lesson.answer_for(None))


def say_whose(dispatcher: CollectingDispatcher, meant: Meant) -> None:
    """Tell the parent for which child was answered, where it was guessed."""
    if meant.said_before and meant.age is not None:
        dispatcher.utter_message(text=f"（这是按您刚才说的{age_in_words(meant.age)}答的。要是别的孩子，告诉我几岁。）")


def _said_before(tracker: Tracker, lesson: Lesson) -> int | None:
    """The one age of the last question that names any, where the lesson is for it and this message names no other child."""
    age = age_said_lately(tracker)
    return age if age is not None and lesson.ages[0] <= age < lesson.ages[1] else None
