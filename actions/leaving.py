"""今晚就走 sounds like a goodbye to life, and to “哪天见面？” it is a day: taken as the day, with a hand held out all the same."""

from __future__ import annotations

import re
from datetime import timedelta

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reunion_talk import today
from actions.understood import danger_found, words
from bot.reunion import wording
from bot.text.dates import read_day
from bot.text.plain import squash

_LEAVES = re.compile(
    r"(?:我|我们|咱|咱们)?(?:今天|今晚|今夜|今早|明天|明早|明晚|后天)(?:下班|夜里|晚上|早上)?(?:我|就|要|马上|就要)*(?:走|动身|出发|上车|启程)(?:了|啦|咯|吧|的车)?"
)
_BY_NIGHT = re.compile(r"今(?:晚|夜)|晚上|夜里|下班")
_ASKED = "reunion_when"
# Only what the model of dangers heard in it: where a pattern of the script fires, it is a danger whatever was asked.
_HEARD_BY = "classifier"
_SCRIPT = "parent-suicidal"


def day_of_leaving(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType] | None:
    """The planner goes on with the day; None, and nothing said, when it did not ask for one or this is more than a day."""
    asked = tracker.active_loop.get("name") == "reunion_form" and tracker.get_slot("requested_slot") == _ASKED
    if not asked or danger_found(tracker) != (_SCRIPT, _HEARD_BY) or not _LEAVES.fullmatch(squash(words(tracker))):
        return None
    found = read_day(words(tracker), today())
    if found is None:
        return None
    # Who leaves in the evening is there the next day, or later: told as about when.
    start = found.start + timedelta(days=bool(_BY_NIGHT.search(words(tracker))))
    day = wording.day_in_words(start, today())
    dispatcher.utter_message(text=f"好，路上慢点，见面先按{day}算。要是“走”说的是心里撑不住了，马上打12356，我也在。")
    when = {"start": start.isoformat(), "end": None, "about": True, "past": False}
    return [SlotSet(_ASKED, when), FollowupAction("reunion_form")]
