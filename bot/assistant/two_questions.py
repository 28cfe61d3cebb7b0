"""Two questions in one message: the second is understood by itself, so that both can be answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.nlu_keys import DANGER, LESSON, LESSON_RANKING, POSSIBLE_DANGER, SECOND_QUESTION
from bot.text.questions import split_questions

Parsed = dict[str, Any]
Parse = Callable[[str], Awaitable[Parsed]]

# Only what is understood without doubt: a wrong second answer is worse than none. Above it 97 of 100 answers are right
# (the curve in docs/understanding.md).
_SURE = 0.5


async def add_second_question(text: str, parsed: Parsed, parse: Parse) -> Parsed:
    """`parsed` with `second_question` ({"lesson", "words"}) where the message asks for two lessons.

    The whole message is answered as ever; what is added is the lesson of a part that the whole one did not go to.
    """
    if parsed["intent"].get("name") != LESSON or parsed.get(DANGER) or parsed.get(POSSIBLE_DANGER):
        return parsed
    questions = split_questions(text)
    if len(questions) < 2:
        return parsed
    first = _lesson(parsed)[0]
    for words in questions:
        slug, sure = _lesson(await parse(words))
        if slug and slug != first and sure >= _SURE:
            return {**parsed, SECOND_QUESTION: {"lesson": slug, "words": words}}
    return parsed


def _lesson(parsed: Parsed) -> tuple[str, float]:
    """The likeliest lesson and its probability; an empty name where it is not a lesson that is asked for."""
    ranking = parsed.get(LESSON_RANKING) or []
    if parsed["intent"].get("name") != LESSON or not ranking:
        return "", 0.0
    return str(ranking[0]["lesson"]), float(ranking[0]["confidence"])
