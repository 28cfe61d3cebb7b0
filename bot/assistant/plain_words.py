"""What is said word for word needs no guess: the intent of such a message is set over the model's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.nlu_keys import DANGER, LESSON
from bot.people.wishes import read_shift, speaks_of_a_child
from bot.reunion.news import news_intent
from bot.reunion.plain import plain_intent

Parsed = dict[str, Any]
# Where the model heard nothing, or a lesson that it hardly believes in, a shift that can be read is one.
_HARDLY = 0.3
_LONGEST_SHIFT = 16
_TURNS = re.compile(r"(?:周|星期|礼拜|月|天)一?(?:换|倒|轮|转)")
# Which day it is does not matter to whether it is a shift.
_ANY_DAY = date(2026, 1, 5)


def with_plain_intent(parsed: Parsed) -> Parsed:
    """`parsed` with the intent that its words say plainly, where they do; a danger stays one."""
    text = str(parsed.get("text") or "")
    if parsed.get(DANGER) or text.startswith("/"):
        return parsed
    said = plain_intent(text) or news_intent(text) or ("set_shift" if _is_shift(text, parsed["intent"]) else None)
    return {**parsed, "intent": {"name": said, "confidence": 1.0}} if said else parsed


def _is_shift(text: str, heard: Parsed) -> bool:
    doubted = heard.get("name") == "nlu_fallback" or (heard.get("name") == LESSON and heard.get("confidence", 0.0) < _HARDLY)
    if not doubted or len(text) > _LONGEST_SHIFT or speaks_of_a_child(text) or any(ask in text for ask in "怎咋吗么？?睡"):
        return False
    shift = read_shift(text, _ANY_DAY)
    # 倒班太累 is a sigh; who says until when, or how often, tells the shift.
    return shift is not None and (shift.until is not None or bool(_TURNS.search(text)))
