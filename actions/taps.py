"""Lines that can be tapped, and what is spoken of after an answer that is no lesson."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import EventType, SlotSet

from bot import services


def tap(title: str, payload: str) -> dict[str, Any]:
    """A button: what it shows, and the intent (or the words) it stands for."""
    return {"title": title, "payload": payload}


def lesson_taps(*slugs: str) -> list[dict[str, Any]]:
    """A button for each of these lessons; editors may have taken one away, and then there is no button for it."""
    lessons = services.library().lessons
    return [tap(lessons[slug].title, f'/choose_lesson{{"lesson_slug": "{slug}"}}') for slug in slugs if slug in lessons]


def about(lesson: str) -> list[EventType]:
    """具体怎么说 and 还有呢 are from now on about this lesson (a slug), no longer about one of before."""
    return [SlotSet("lesson_last", lesson), SlotSet("lesson_shown", []), SlotSet("lesson_age", None)]
