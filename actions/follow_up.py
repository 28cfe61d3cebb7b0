"""A few words that only mean something after the question before them: 现在睡着了 after a fever, 能洗澡吗, 他死不承认."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from actions.understood import intent, lesson_ranking, possible_danger, words
from bot import services
from bot.assistant.understanding import understood
from bot.content.lessons import Lesson
from bot.nlu_keys import DANGER, LESSON, LESSON_RANKING, POSSIBLE_DANGER
from bot.text.plain import squash

# Longer messages say themselves what they are about, and so do those of which the model is surer. Of 79 short questions that were more of
# the lesson before (他就是不张嘴, 要拍片吗) 45 are recognised so, and of 218 that began something new 9 are taken for more of it; what those meant stands
# under the answer to be tapped. With 0.35 for all it was 32 and 6 (docs/understanding.md).
_LONGEST, UNSURE, _RATHER_UNSURE = 12, 0.35, 0.6
# Who names the child begins something new more often than not: 娃只认奶奶, 发现女儿写情书.
_NAMES_THE_CHILD = re.compile(r"孩|娃|儿子|女儿|闺女|崽|仔|宝|岁|个月")
# So many messages, and seconds, back a question is still what both are talking about, and of the lessons since then so many.
_MESSAGES, _SECONDS, _LESSONS = 3, 3600.0, 2
_SURE, _SURE_OF_MORE = 0.5, 0.7
_THOUGHT_OF = 5


@dataclass(frozen=True)
class Continued:
    """What a few words are about, with the question before them: a lesson, and whether it was given a moment ago."""

    lesson: Lesson
    given: bool


async def continued(tracker: Tracker) -> Continued | None:
    """The lesson that this message is about, when the question before it says so; None when it does not, or nobody can say.

    To be asked only where the words alone say little: with the question before them they are understood once more.
    """
    said = words(tracker)
    if said.startswith("/") or len(squash(said)) > _LONGEST or possible_danger(tracker) or tracker.active_loop.get("name"):
        return None
    alone = _sureness(tracker)
    if alone >= _RATHER_UNSURE or (alone >= UNSURE and _NAMES_THE_CHILD.search(said)):
        return None
    given = _given(tracker.events)
    if not given:
        return None
    together = await understood(" ".join([*given.values(), said]))
    if together is None or together.get(DANGER) or together.get(POSSIBLE_DANGER):
        return None
    ranking = together.get(LESSON_RANKING) or []
    if (together.get("intent") or {}).get("name") != LESSON or not ranking:
        return None
    slug, sure = str(ranking[0]["lesson"]), ranking[0]["confidence"]
    lesson = services.library().lessons.get(slug)
    thought_of = [each for each, _ in lesson_ranking(tracker)[:_THOUGHT_OF]]
    # Another lesson only where the words alone thought of it, too: 白天谁看他, after whether he may come to the factory.
    if lesson is None or slug not in (*given, *thought_of):
        return None
    if sure < (_SURE if alone < UNSURE and slug in given else _SURE_OF_MORE):
        return None
    return Continued(lesson, slug in given)


def _sureness(tracker: Tracker) -> float:
    """How sure the model is of a lesson for the words alone; 0 where it thought of none."""
    ranking = lesson_ranking(tracker)
    return ranking[0][1] if ranking and intent(tracker) == LESSON else 0.0


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
