"""Turns as Rasa tells them, and a writer on a real database."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

ALICE, BOB, CHARLIE = "palice", "pbob", "pcharlie"
KEY = "k" * 32
LESSON = "fever-by-age"

_numbers = itertools.count(1)


def user(
    text: str,
    intent: str = "lesson",
    confidence: float = 0.9,
    ranking: Sequence[tuple[str, float]] = ((LESSON, 0.9), ("sleep-regression", 0.05), ("picky-eater", 0.02), ("other", 0.01)),
    entities: Sequence[dict[str, Any]] = (),
    danger: dict[str, Any] | None = None,
    kind: str = "text",
    message_id: str = "",
) -> UserUttered:
    parsed = {
        "intent": {"name": intent, "confidence": confidence},
        "entities": list(entities),
        "text": text,
        "lesson_ranking": [{"lesson": slug, "confidence": sure} for slug, sure in ranking],
        "danger": danger,
    }
    said = UserUttered(text, parsed["intent"], list(entities), parse_data=parsed, metadata={"kind": kind})
    said.message_id = message_id or f"m:{next(_numbers)}:x"
    return said


def answered(text: str, reply: str = "【孩子发烧】\n先量体温。", slug: str = LESSON, more: Sequence[Any] = (), **about: Any) -> list[Any]:
    """A question and its lesson."""
    return [
        user(text, **about), ActionExecuted("action_answer_lesson"), BotUttered(reply, metadata={}), *more,
        SlotSet("lesson_last", slug), ActionExecuted("action_listen"),
    ]  # fmt: skip


def missed(text: str, **about: Any) -> list[Any]:
    """A question that was not understood."""
    buttons = [{"title": "孩子发烧", "payload": f'/choose_lesson{{"lesson_slug": "{LESSON}"}}'}]
    return [
        user(text, **{"intent": "nlu_fallback", **about}), ActionExecuted("action_offer_lessons"),
        BotUttered("您想问的是不是下面哪一个？", data={"buttons": buttons}), ActionExecuted("action_listen"),
    ]  # fmt: skip


def endangered(text: str, script: str = "choking") -> list[Any]:
    """A danger sign."""
    found = {"script": script, "confidence": 1.0, "by": "patterns"}
    return [
        user(text, intent="danger", danger=found), ActionExecuted("action_answer_danger"),
        BotUttered("马上打 120。"), ActionExecuted("action_listen"),
    ]  # fmt: skip


def scored(score: int, slug: str = LESSON) -> list[Any]:
    """A tap on how useful it was."""
    entities = [{"entity": "feedback_score", "value": str(score)}, {"entity": "feedback_lesson", "value": slug}]
    return [
        user("/give_feedback", intent="give_feedback", entities=entities, kind="choice", ranking=()),
        ActionExecuted("action_take_feedback"), BotUttered("谢谢。"), ActionExecuted("action_listen"),
    ]  # fmt: skip


def dicts(events: Sequence[Any]) -> list[dict[str, Any]]:
    return [event.as_dict() for event in events]
