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
# Questions without a subject, and the few that mean nothing by themselves, however sure the model is of them: 能洗澡吗, 要拍片吗, 多久能好.
_LEANS = re.compile(
    r"(?:那|那么|他|她|这个|现在|还|是不是)?(?:要不要|用不用|需不需要|该不该|能不能|可不可以|会不会|需要|可以|要|用|该|能|会|得)(?!怎么|咋|如何).{1,5}(?:吗|么|嘛|不|没|好|啊|呢)?"
    r"|.{2,5}(?:行吗|行不行|可以吗|可不可以|行不|中不|好不好)"
    r"|(?:那|这|还|得|要|大概)?(?:多久|几天|多长时间|几个小时|一天几次|几岁|啥时候|什么时候)(?:才|就)?(?:能|会|可以|算|要)?.{0,3}(?:呢|啊)?"
    r"|(?:那|该|要|能)?(?:吃|喝|涂|抹|挂|看|去|找|买)(?:点|些|个)?(?:什么|啥|哪个|哪种|谁)(?:好|药|科|医院|牌子)?(?:呢|啊)?"
    r"|.{0,4}谁(?:来)?(?:看|带|管|接|送|照顾|做饭).{0,2}"
    r"|(?:严不严重|严重|要紧|要不要紧|传染|危险|贵|疼|有用|管用|行得通)(?:吗|么|不|嘛)?"
)
_HOW_TO_SAY = re.compile(r"(?:那|那我|我|这)?(?:该|要|得)?(?:怎么|咋|咋个|如何|点)(?:样)?(?:去)?(?:跟|和|对|同|给|与)?(?:他|她|孩子|娃|娃儿|老人|爷爷|奶奶|爸妈|老师|他们)?(?:说|讲|开口|解释|张嘴|交代)(?:呢|啊|才好|好|嘛)?")
# Who names the child begins something new more often than not: 娃只认奶奶, 发现女儿写情书.
_NAMES_THE_CHILD = re.compile(r"孩|娃|儿子|女儿|闺女|崽|仔|宝|岁|个月")
_ASKS_HOW, _WHOLE_QUESTION = re.compile(r"(?:该|要|应该)?(?:怎样|怎么样|怎么|咋|如何|点样|啷个)(?!办|咯|弄$|整$)"), 9
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
    given = _given(tracker.events)
    if not given:
        return None
    last = services.library().lessons[list(given)[-1]]
    leans, of_others = leans_on_what_was_said(said), _is_of_others(tracker, last)
    alone = 0.0 if leans or of_others else _sureness(tracker)
    if alone >= _RATHER_UNSURE or (_NAMES_THE_CHILD.search(said) and (alone >= UNSURE or _asks_by_itself(said))):
        return None
    together = await understood(" ".join([*given.values(), said]))
    if together is None or together.get(DANGER) or together.get(POSSIBLE_DANGER):
        return None
    ranking = together.get(LESSON_RANKING) or []
    if (together.get("intent") or {}).get("name") != LESSON or not ranking:
        return None
    slug, sure = str(ranking[0]["lesson"]), ranking[0]["confidence"]
    lesson = services.library().lessons.get(slug)
    if of_others:
        # What is written for others is not what a parent means; what was spoken of a moment ago is.
        return Continued(lesson if lesson and slug in given else last, True)
    thought_of = [each for each, _ in lesson_ranking(tracker)[:_THOUGHT_OF]]
    # Another lesson only where the words alone thought of it, too: 白天谁看他, after whether he may come to the factory.
    if lesson is None or slug not in (*given, *thought_of):
        return None
    if sure < (_SURE if leans or (alone < UNSURE and slug in given) else _SURE_OF_MORE):
        return None
    return Continued(lesson, slug in given)


def _asks_by_itself(said: str) -> bool:
    """我该怎样跟仔仔讲电话: who asks how, and names the child, asks something new; 娃还不睡怎么办 is short enough to go on."""
    return bool(_ASKS_HOW.search(said)) and len(squash(said)) >= _WHOLE_QUESTION


def _is_of_others(tracker: Tracker, given: Lesson) -> bool:
    """Whether the words alone make one think of what is written for others: 会吵起来 of foremen's meetings, after a talk about grandmother."""
    lessons, ranking = services.library().lessons, lesson_ranking(tracker)
    best = lessons.get(ranking[0][0]) if ranking else None
    return best is not None and not set(best.audience) & set(given.audience)


def leans_on_what_was_said(said: str) -> bool:
    """Whether a message means nothing, or something else, without what was spoken of before: 能睡觉吗 after a fall is not about sleep."""
    return bool(_LEANS.fullmatch(squash(said))) and not _NAMES_THE_CHILD.search(said)


def asks_how_to_say(said: str) -> bool:
    """怎么跟孩子讲, with nothing that says what: the thing that was spoken of before."""
    return bool(_HOW_TO_SAY.fullmatch(squash(said)))


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
