"""A second question is added only where it is another one and is understood without doubt."""

from __future__ import annotations

from typing import Any

from bot.assistant.two_questions import add_second_question
from bot.nlu_keys import DANGER, SECOND_QUESTION

BOTH = "孩子发烧了怎么办？还有春节的火车票几号能买"


def _parsed(lesson: str, sure: float = 0.9, intent: str = "lesson", **more: Any) -> dict[str, Any]:
    return {"intent": {"name": intent}, "lesson_ranking": [{"lesson": lesson, "confidence": sure}], **more}


async def _added(second: dict[str, Any], text: str = BOTH, **more: Any) -> Any:
    async def parse(words: str) -> dict[str, Any]:
        return second if "票" in words else _parsed("fever-by-age")

    return (await add_second_question(text, _parsed("fever-by-age", **more), parse)).get(SECOND_QUESTION)


async def test_the_other_lesson_is_added_with_its_words() -> None:
    assert await _added(_parsed("train-tickets")) == {"lesson": "train-tickets", "words": "还有春节的火车票几号能买"}


async def test_the_same_lesson_twice_is_one_question() -> None:
    assert await _added(_parsed("fever-by-age")) is None


async def test_what_is_doubtful_or_no_lesson_is_left_out() -> None:
    assert await _added(_parsed("train-tickets", sure=0.3)) is None
    assert await _added(_parsed("train-tickets", intent="off_topic")) is None


async def test_danger_is_never_put_beside_another_question() -> None:
    assert await _added(_parsed("train-tickets"), **{DANGER: {"script": "burn"}}) is None


async def test_one_question_is_left_alone() -> None:
    assert await _added(_parsed("train-tickets"), text="春节的火车票几号能买") is None
