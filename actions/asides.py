"""A question that was taken for something else: it is answered as the question that it is, and nothing is changed by it."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.lessons import ActionAnswerLesson
from actions.understood import lesson_ranking, words
from bot.text.plain import squash

_ASKS = re.compile(
    r"怎么|咋|如何|怎样|吗|为什么|为啥|要不要|能不能|可不可以|行不行|好不好|该不该|会不会|是不是|有没有办法|多少|哪里|哪个|跟谁|啷个|点算|点样|何解|该说什么|办法"
)


def is_question(tracker: Tracker, at_least: int = 0) -> bool:
    """Whether the message asks something and is at least so many characters long."""
    said = words(tracker)
    return not said.startswith("/") and len(squash(said)) >= at_least and bool(_ASKS.search(said))


async def answered_as_question(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict, at_least: int = 0
) -> list[EventType] | None:
    """The nearest lesson when the message is a question; None, and nothing said, when it is none."""
    if not is_question(tracker, at_least) or not lesson_ranking(tracker):
        return None
    return list(await ActionAnswerLesson().run(dispatcher, tracker, domain))
