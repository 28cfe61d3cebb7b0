"""Read what the pipeline found in the latest message."""

from __future__ import annotations

import re
from typing import Any, cast

from rasa_sdk import Tracker

from bot import services
from bot.nlu_keys import CHILD_AGE, DANGER, LESSON_RANKING, POSSIBLE_DANGER, SECOND_QUESTION

# Said inside a form, which asks its question again after it.
NOT_UNDERSTOOD = "这句我没看懂。"
# A parent who wrote 我娃6个月 does not say it again with the next question; after an hour it may be about another child.
_MESSAGES_BEFORE = 5
_SECONDS_BEFORE = 3600.0
_ANOTHER_CHILD = re.compile(
    r"老[大二三幺]|[大小另]的|另外?一个|还有一?个|[大二三小][娃宝]|[哥弟姐妹]|[大小][儿女]|侄|外甥|邻居|隔壁|同事|工友|老乡|别人|人家|朋友"
)


def lesson_ranking(tracker: Tracker) -> list[tuple[str, float]]:
    """Lessons and their probabilities, best first; empty for messages that are not sentences.

    While editors publish, a message may be understood by the model of before: a lesson that is gone meanwhile is left out.
    """
    ranking, lessons = tracker.latest_message.get(LESSON_RANKING) or [], services.library().lessons
    return [(each["lesson"], each["confidence"]) for each in ranking if each["lesson"] in lessons]


def danger_found(tracker: Tracker) -> tuple[str, str] | None:
    """The safety script to answer with and which net found it, or None."""
    found = tracker.latest_message.get(DANGER)
    return (found["script"], found["by"]) if found else None


def possible_danger(tracker: Tracker) -> str | None:
    """The safety script to add under the answer when it is doubtful whether somebody is in danger, or None."""
    found = tracker.latest_message.get(POSSIBLE_DANGER)
    return str(found["script"]) if found else None


def second_question(tracker: Tracker) -> str | None:
    """The slug of the lesson that answers a second question of the message, or None."""
    found = tracker.latest_message.get(SECOND_QUESTION)
    return str(found["lesson"]) if found else None


def age_said(tracker: Tracker) -> int | None:
    """The child's age in months when exactly one age stands in the message."""
    ages = {each["value"] for each in tracker.latest_message.get("entities") or [] if each["entity"] == CHILD_AGE}
    return cast(int, ages.pop()) if len(ages) == 1 else None


def age_said_lately(tracker: Tracker) -> int | None:
    """The one age, in months, of the last of some messages that names any; None where it, or this message, may be about another child."""
    said = [event for event in tracker.events if event.get("event") == "user"]
    if not said or _ANOTHER_CHILD.search(words(tracker)):
        return None
    for event in reversed(said[:-1][-_MESSAGES_BEFORE:]):
        if said[-1]["timestamp"] - event["timestamp"] > _SECONDS_BEFORE:
            return None
        parsed = event.get("parse_data") or {}
        # 50块以内 6岁女孩 may be about a present for anybody's child.
        if str((parsed.get("intent") or {}).get("name")).startswith("ask_"):
            continue
        found = {each["value"] for each in parsed.get("entities") or () if each["entity"] == CHILD_AGE}
        if found:
            age: int = found.pop()
            return None if found else age
    return None


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of the first entity of that name."""
    return next((str(each["value"]) for each in tracker.latest_message["entities"] if each["entity"] == name), None)


def intent(tracker: Tracker) -> str:
    """The name of the intent."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def confidence(tracker: Tracker) -> float:
    """How sure the model is of the intent, from 0 to 1."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def words(tracker: Tracker) -> str:
    """What the parent wrote, made plain: without faces, pinyin as characters."""
    return str(tracker.latest_message.get("text") or "")


def written(tracker: Tracker) -> str:
    """The message as it was typed, with the faces that the pipeline takes out of `words`."""
    typed = next((event for event in reversed(tracker.events) if event.get("event") == "user"), None)
    return str((typed or {}).get("text") or words(tracker))


def heard_last(tracker: Tracker, turns: int = 1) -> list[str]:
    """The texts that the parent got in answer to the message before this one, or to so many messages before it."""
    return [str(event.get("text") or "") for event in _answers(tracker, turns)]


def offered_last(tracker: Tracker, intent: str) -> bool:
    """Whether a line to tap with this intent stood under the answer to the message before this one."""
    taps = (tap for event in _answers(tracker, 1) for tap in (event.get("data") or {}).get("buttons") or [])
    return any(re.match(rf"/{intent}\b", str(tap["payload"])) for tap in taps)


def first_tap_last(tracker: Tracker) -> str:
    """What the first line to tap under the answer to the message before this one would have sent; "" where there was none."""
    taps = (tap for event in _answers(tracker, 1) for tap in (event.get("data") or {}).get("buttons") or [])
    return next((str(tap["payload"]) for tap in taps), "")


def response_last(tracker: Tracker, response: str) -> bool:
    """Whether this response of the domain was said in answer to the message before this one, in whichever of its wordings."""
    return any((event.get("metadata") or {}).get("utter_action") == response for event in _answers(tracker, 1))


def _answers(tracker: Tracker, turns: int) -> list[dict[str, Any]]:
    """What was said between this message and the one so many before it."""
    spoken = [number for number, event in enumerate(tracker.events) if event.get("event") == "user"]
    between = tracker.events[spoken[max(0, len(spoken) - 1 - turns)] : spoken[-1]] if len(spoken) > 1 else []
    return [event for event in between if event.get("event") == "bot"]
