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
# So many messages, and seconds, back the question is still what both are talking about.
_MESSAGES, _SECONDS = 3, 3600.0
_SURE = 0.5


async def continued(tracker: Tracker) -> Lesson | None:
    """The lesson that was given last, when this message is about it; None when it is not, or nobody can say.

    To be asked only where the words alone say little: with the question before them they are understood once more.
    """
    said = words(tracker)
    if said.startswith("/") or len(squash(said)) > _LONGEST or possible_danger(tracker) or tracker.active_loop.get("name"):
        return None
    lesson = services.library().lessons.get(tracker.get_slot("lesson_last") or "")
    question = _asked(tracker.events, lesson) if lesson else ""
    if lesson is None or not question:
        return None
    together = await understood(f"{question} {said}")
    if together is None or together.get(DANGER) or together.get(POSSIBLE_DANGER):
        return None
    ranking = together.get(LESSON_RANKING) or []
    about = (together.get("intent") or {}).get("name") == LESSON and ranking and ranking[0]["lesson"] == lesson.slug
    return lesson if about and ranking[0]["confidence"] >= _SURE else None


def _asked(events: list[dict[str, Any]], lesson: Lesson) -> str:
    """The question that this lesson answered; its title where it was tapped, or went on already; "" when it was given long ago."""
    spoken = [number for number, event in enumerate(events) if event.get("event") == "user"][-1 - _MESSAGES :]
    for begin, end in reversed(list(zip(spoken[:-1], spoken[1:], strict=True))):
        if any(event.get("event") == "slot" and event.get("name") == "lesson_last" for event in events[begin + 1 : end]):
            asked = events[begin]
            recent = time.time() - float(asked.get("timestamp") or 0.0) <= _SECONDS
            ranking = (asked.get("parse_data") or {}).get(LESSON_RANKING) or [{}]
            own = ranking[0].get("lesson") == lesson.slug
            return (str(asked.get("text")) if own else lesson.title) if recent else ""
    return ""
