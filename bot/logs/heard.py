"""A turn as Rasa's events tell it, put together for the log. Holds raw words: it lives in memory only, on its way to the scrubber."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.logs import outcomes
from bot.nlu_keys import CHILD_AGE, DANGER, LESSON_RANKING, POSSIBLE_DANGER

Event = Mapping[str, Any]

FEEDBACK_INTENT, AWAITED_SLOT = "give_feedback", "feedback_awaited"
# Found by, where it is doubtful: the question is answered, and what to do if it is happening now stands beside it.
POSSIBLE = "possible"
_RANKED = 3
_LESSON_ACTIONS = {"action_answer_lesson", "action_choose_lesson", "action_answer_other_age"}
# Their answers are the parent's own data; of the second kind the words are too ("证书写" and a name).
_PERSONAL_ANSWERS = {"action_show_my_data", "action_export_my_data", "action_give_certificate"}
_PERSONAL_WORDS = {"action_give_certificate"}
_OURS_NOT = ("action_listen", "action_session_start", "action_extract_slots", "action_unlikely_intent", "action_default_fallback")
_SPOKEN = ("text", "voice", "menu", "choice")


@dataclass(frozen=True)
class Heard:
    """One turn before it is anonymised. `filled`: the slot of a form that the words were the answer to, "*" for other personal words.

    `replies`: what was answered, buttons as numbered lines; `lesson_scored`, `score`: the parent's word on an answer.
    """

    key: str
    parent_key: str
    at: datetime
    kind: str
    text: str
    outcome: str
    intent: str
    confidence: float | None
    ranking: tuple[tuple[str, float], ...]
    age_months: int | None
    danger_script: str
    danger_by: str
    answered_with: str
    replies: tuple[str, ...]
    filled: str = ""
    lesson_scored: str = ""
    score: int | None = None


def turns_in(parent_key: str, events: Iterable[Event], at: datetime) -> list[Heard]:
    """The turns that begin in `events` (Rasa's, as dicts, in order); what comes before the first message belongs to none."""
    parts: list[list[Event]] = []
    for event in events:
        if event.get("event") == "user":
            parts.append([])
        if parts:
            parts[-1].append(event)
    return [_turn(parent_key, part, at) for part in parts]


def silent_turn(parent_key: str, user: Event, at: datetime) -> Heard:
    """A message that a human will answer; `user` as Rasa's event would be."""
    return _turn(parent_key, [user], at, outcome=outcomes.SILENT)


def key_of(parent_key: str, message_id: str) -> str:
    """The same for a message however often it is logged; leads back to nobody."""
    return hashlib.sha256(f"turn:{parent_key}:{message_id}".encode()).hexdigest()[:32]


def _turn(parent_key: str, events: Sequence[Event], at: datetime, outcome: str = "") -> Heard:
    user, data = events[0], events[0].get("parse_data") or {}
    actions = [str(event.get("name")) for event in events if event.get("event") == "action" and event.get("name") not in _OURS_NOT]
    kind = str((user.get("metadata") or {}).get("kind") or "text")
    intent = str((data.get("intent") or {}).get("name") or "")
    found = data.get(DANGER) or {**(data.get(POSSIBLE_DANGER) or {}), "by": POSSIBLE}
    filled = "" if outcome else _filled(events)
    came_to = outcome or _outcome(kind, intent, actions, events, filled)
    entities = {str(each.get("entity")): each.get("value") for each in data.get("entities") or []}
    return Heard(
        key=key_of(parent_key, str(user.get("message_id") or user.get("timestamp"))),
        parent_key=parent_key,
        at=at,
        kind=kind[:16],
        text=_said(str(user.get("text") or ""), kind, entities),
        outcome=came_to,
        intent=intent[:60],
        confidence=(data.get("intent") or {}).get("confidence"),
        ranking=tuple((each["lesson"], round(each["confidence"], 3)) for each in (data.get(LESSON_RANKING) or [])[:_RANKED]),
        age_months=_age(events, data),
        danger_script=str(found.get("script") or ""),
        danger_by=str(found.get("by") or "") if found.get("script") else "",
        answered_with=_answered_with(came_to, actions, events, found),
        replies=() if _PERSONAL_ANSWERS & set(actions) else _replies(events),
        filled=filled or ("*" if _PERSONAL_WORDS & set(actions) else ""),
        lesson_scored=str(entities.get("feedback_lesson") or "") if came_to == outcomes.FEEDBACK else "",
        score=_score(entities.get("feedback_score")) if came_to == outcomes.FEEDBACK else None,
    )


def _outcome(kind: str, intent: str, actions: Sequence[str], events: Sequence[Event], filled: str) -> str:
    rules: tuple[tuple[str, Callable[[], bool]], ...] = (
        (outcomes.DANGER, lambda: "action_answer_danger" in actions),
        (outcomes.EVENT, lambda: intent.startswith("EXTERNAL_") or kind not in _SPOKEN),
        (outcomes.MISSING, lambda: _is_taken_as_missing(events)),
        (outcomes.FEEDBACK, lambda: intent == FEEDBACK_INTENT),
        (outcomes.FORM, lambda: bool(filled)),
        (outcomes.FALLBACK, lambda: "action_offer_lessons" in actions),
        (outcomes.REJECTED, lambda: "action_offer_others" in actions),
        (outcomes.ALTERNATIVES, lambda: bool(_LESSON_ACTIONS & set(actions)) and _offers_lessons(events)),
        (outcomes.ANSWERED, lambda: bool(_LESSON_ACTIONS & set(actions))),
        (outcomes.OFF_TOPIC, lambda: intent == "off_topic"),
        # The first action is the answer; what comes after it is only added.
        (outcomes.TASK, lambda: bool(actions) and not actions[0].startswith("utter_")),
    )
    return next((name for name, holds in rules if holds()), outcomes.SMALL_TALK)


def _is_taken_as_missing(events: Sequence[Event]) -> bool:
    """actions/feedback.py empties the slot when it takes the words for what was missing in an answer, and only then."""
    return any(event.get("name") == AWAITED_SLOT and event.get("value") is None for event in events if event.get("event") == "slot")


def _filled(events: Sequence[Event]) -> str:
    """The slot that a form took the words for."""
    in_form = False
    for event in events:
        if event.get("event") == "action":
            in_form = str(event.get("name")).endswith("_form")
        slot = event.get("name") if event.get("event") == "slot" and event.get("value") is not None else None
        if in_form and slot and slot != "requested_slot":
            return str(slot)
    return ""


def _said(text: str, kind: str, entities: Mapping[str, Any]) -> str:
    if kind not in _SPOKEN:
        return ""  # a picture, a place: only what kind of thing it was
    if not text.startswith("/"):
        return text
    # A tap: what it stands for, not Rasa's notation of it.
    return f"/{text[1:].partition('{')[0]} {entities.get('lesson_slug') or ''}".strip()


def _age(events: Sequence[Event], data: Mapping[str, Any]) -> int | None:
    """The age that the answer was chosen for, or else the one that was said."""
    for event in events:
        if event.get("event") == "slot" and event.get("name") == "lesson_age":
            return None if event.get("value") is None else int(event["value"])
    said = {each["value"] for each in data.get("entities") or [] if each.get("entity") == CHILD_AGE}
    return int(said.pop()) if len(said) == 1 else None


def _answered_with(outcome: str, actions: Sequence[str], events: Sequence[Event], danger: Mapping[str, Any]) -> str:
    if outcome == outcomes.DANGER:
        return str(danger.get("script") or "")[:80]
    if outcome in (outcomes.ANSWERED, outcomes.ALTERNATIVES):
        given = [event["value"] for event in events if event.get("event") == "slot" and event.get("name") == "lesson_last"]
        return str(given[-1])[:80] if given and given[-1] else ""
    return actions[0][:80] if actions else ""


def _replies(events: Sequence[Event]) -> tuple[str, ...]:
    said = [_reply(event) for event in events if event.get("event") == "bot"]
    return tuple(text for text in said if text)


def _reply(event: Event) -> str:
    buttons = (event.get("data") or {}).get("buttons") or []
    lines = [str(event.get("text") or ""), *(f"{number}. {each.get('title')}" for number, each in enumerate(buttons, 1))]
    return "\n".join(line for line in lines if line)


def _offers_lessons(events: Sequence[Event]) -> bool:
    buttons = [each for event in events if event.get("event") == "bot" for each in (event.get("data") or {}).get("buttons") or []]
    return any(str(each.get("payload")).startswith("/choose_lesson") for each in buttons)


def _score(value: object) -> int | None:
    return int(str(value)) if str(value) in ("100", "50", "0") else None
