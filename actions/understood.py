"""Read what the pipeline found in the latest message."""

from __future__ import annotations

from typing import cast

from rasa_sdk import Tracker

from bot.nlu_keys import CHILD_AGE, DANGER, LESSON_RANKING


def lesson_ranking(tracker: Tracker) -> list[tuple[str, float]]:
    """Lessons and their probabilities, best first; empty for messages that are not sentences."""
    ranking = tracker.latest_message.get(LESSON_RANKING) or []
    return [(each["lesson"], each["confidence"]) for each in ranking]


def danger_found(tracker: Tracker) -> tuple[str, str] | None:
    """The safety script to answer with and which net found it, or None."""
    found = tracker.latest_message.get(DANGER)
    return (found["script"], found["by"]) if found else None


def age_said(tracker: Tracker) -> int | None:
    """The child's age in months when exactly one age stands in the message."""
    ages = {each["value"] for each in tracker.latest_message.get("entities") or [] if each["entity"] == CHILD_AGE}
    return cast(int, ages.pop()) if len(ages) == 1 else None


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of the first entity of that name."""
    return next((str(each["value"]) for each in tracker.latest_message["entities"] if each["entity"] == name), None)


def intent(tracker: Tracker) -> str:
    """The name of the intent."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def words(tracker: Tracker) -> str:
    """What the parent wrote."""
    return str(tracker.latest_message.get("text") or "")
