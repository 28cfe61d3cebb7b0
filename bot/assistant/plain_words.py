"""What is said word for word needs no guess: the intent of such a message is set over the model's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.nlu_keys import DANGER, LESSON
from bot.people.shift_words import changed_work, is_only_of_a_shift, names_odd_hours, read_shift
from bot.people.wishes import plain_wish, speaks_of_a_child
from bot.reunion.going import going_intent
from bot.reunion.news import is_about_grown_ups, left_work, news_intent
from bot.reunion.plain import START, plain_intent

Parsed = dict[str, Any]
# Where the model heard nothing, or a lesson that it hardly believes in, a shift that can be read is one.
_HARDLY = 0.3
# The danger whose words are said of grown-ups, too; and what a journey that lies ahead is mistaken for.
_RUN_AWAY = ("runaway", "missing-child")
_MISHEARD = ("nlu_fallback", LESSON, "tell_child_came", "tell_child_left", "show_plan", "tell_arrival", "off_topic")
# With a shift given for a reason these are wishes all the same.
_WISHES = ("stop_kind", "stop_reminders", "resume_kind", "resume_reminders")
_LONGEST_SHIFT = 16
_TURNS = re.compile(r"(?:周|星期|礼拜|月|天)一?(?:换|倒|轮|转)")
# Which day it is does not matter to whether it is a shift.
_ANY_DAY = date(2026, 1, 5)


def with_plain_intent(parsed: Parsed) -> Parsed:
    """`parsed` with the intent that its words say plainly, where they do; a danger stays one.

    But who says 他爷爷走了 has lost somebody old: no child has run away.
    """
    text = str(parsed.get("text") or "")
    if text.startswith("/"):
        return parsed
    grown_up = is_about_grown_ups(text)
    danger = parsed.get(DANGER)
    if danger and not (grown_up and danger.get("script") in _RUN_AWAY):
        return parsed
    heard = parsed["intent"]
    said = grown_up or plain_intent(text) or news_intent(text) or plain_wish(text) or _going(text, heard) or _shift(text, heard)
    if said is None and heard.get("name") == "say_goodbye" and "睡着" in text:
        # 现在睡着了 is said of a child; who says good night is still awake.
        said = "nlu_fallback"
    calm = {DANGER: None} if danger else {}
    return {**parsed, **calm, "intent": {"name": said, "confidence": 1.0}} if said else parsed


def _going(text: str, heard: Parsed) -> str | None:
    """A journey that is told; one for which the model has a place of its own (a promise, a reply to a question) stays there."""
    said = going_intent(text)
    return said if said != START or heard.get("name") in _MISHEARD else None


def _shift(text: str, heard: Parsed) -> str | None:
    return "set_shift" if left_work(text) or changed_work(text) or names_odd_hours(text) or _is_shift(text, heard) else None


def _is_shift(text: str, heard: Parsed) -> bool:
    asks = speaks_of_a_child(text) or any(ask in text for ask in "怎咋吗么？?睡")
    if is_only_of_a_shift(text) and not asks and heard.get("name") not in _WISHES and read_shift(text, _ANY_DAY) is not None:
        return True
    doubted = heard.get("name") == "nlu_fallback" or (heard.get("name") == LESSON and heard.get("confidence", 0.0) < _HARDLY)
    if not doubted or len(text) > _LONGEST_SHIFT or asks:
        return False
    shift = read_shift(text, _ANY_DAY)
    # 倒班太累 is a sigh; who says until when, or how often, tells the shift.
    return shift is not None and (shift.until is not None or bool(_TURNS.search(text)))
