"""A few words that only mean something after the question before them: 现在睡着了 after a fever, 能洗澡吗, 他死不承认."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Tracker

from actions.understood import possible_danger, words
from bot import services
from bot.assistant.understanding import understood
from bot.content.lessons import Lesson
from bot.nlu_keys import DANGER, LESSON, LESSON_RANKING, POSSIBLE_DANGER
from bot.text.plain import squash

# Longer messages say themselves what they are about, and so do those of which the model is surer. Of 69 questions of at most so many
# characters that began something new three were taken for more of the lesson before; of 60 that were more of it, 33 were recognised.
_LONGEST, UNSURE = 12, 0.35
# So many messages, and seconds, back a question is still what both are talking about, and of the lessons since then so many.
_MESSAGES, _SECONDS, _LESSONS = 3, 3600.0, 2
_SURE = 0.5


async def continued(tracker: Tracker) -> Lesson | None:
    """The lesson that was given last, when this message is about it; None when it is not, or nobody can say.

    To be asked only where the words alone say little: with the question before them they are understood once more.
    """
    said = words(tracker)
    if said.startswith("/") or len(squash(said)) > _LONGEST or possible_danger(tracker) or tracker.active_loop.get("name"):
        return None
    given = _given(tracker.events)
    if not given:
        return None
    together = await understood(" ".join([*given.values(), said]))
    if together is None or together.get(DANGER) or together.get(POSSIBLE_DANGER):
        return None
    ranking = together.get(LESSON_RANKING) or []
    if (together.get("intent") or {}).get("name") != LESSON or not ranking or ranking[0]["confidence"] < _SURE:
        return None
    return services.library().lessons.get(ranking[0]["lesson"]) if ranking[0]["lesson"] in given else None


def _given(events: list[dict[str, Any]]) -> dict[str, str]:
    """The one or two lessons that were given last, older first, and what was asked: the title where one was tapped, or went on already."""
    spoken = [number for number, event in enumerate(events) if event.get("event") == "user"][-1 - _MESSAGES :]
    found: dict[str, str] = {}
    for begin, end in zip(spoken[:-1], spoken[1:], strict=True):
        told = [event for event in events[begin + 1 : end] if event.get("event") == "slot" and event.get("name") == "lesson_last"]
        if not told or time.time() - float(events[begin].get("timestamp") or 0.0) > _SECONDS:
            continue
        lesson = services.library().lessons.get(str(told[-1].get("value")))
        if lesson is None:
            # Something else than a lesson was given: gifts, openers, a plan.
            found.clear()
            continue
        before = found.pop(lesson.slug, lesson.title)
        found[lesson.slug] = str(events[begin].get("text")) if _is_answered_by(events[begin], lesson) else before
    return dict(list(found.items())[-_LESSONS:])


def _is_answered_by(said: dict[str, Any], lesson: Lesson) -> bool:
    ranking = (said.get("parse_data") or {}).get(LESSON_RANKING) or [{}]
    return bool(ranking[0].get("lesson") == lesson.slug)
