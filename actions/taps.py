"""Lines that can be tapped."""

from __future__ import annotations

from typing import Any

from bot import services


def tap(title: str, payload: str) -> dict[str, Any]:
    """A button: what it shows, and the intent (or the words) it stands for."""
    return {"title": title, "payload": payload}


def lesson_taps(*slugs: str) -> list[dict[str, Any]]:
    """A button for each of these lessons; editors may have taken one away, and then there is no button for it."""
    lessons = services.library().lessons
    return [tap(lessons[slug].title, f'/choose_lesson{{"lesson_slug": "{slug}"}}') for slug in slugs if slug in lessons]
