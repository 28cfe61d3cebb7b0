"""From a lesson to the table that belongs to it: one line to tap under the answer."""

from __future__ import annotations

import json

from rasa_sdk.executor import CollectingDispatcher

from actions.taps import tap
from bot.coach.wanted import Wanted, read_wanted
from bot.content.lessons import Lesson

GIFTS, ACTIVITIES, STARTERS, MILESTONES, PHOTOS = "gifts", "activities", "starters", "milestones", "photos"
# By slug; a slug that editors rename only loses its line.
TABLE_OF = {
    "gifts-by-age": GIFTS,
    "activities-together": ACTIVITIES,
    "play-by-age": ACTIVITIES,
    "play-with-things-at-home": ACTIVITIES,
    "what-to-talk-about": STARTERS,
    "open-questions": STARTERS,
    "toddler-on-video": STARTERS,
    "listening-first": STARTERS,
    "milestones-and-warning-signs": MILESTONES,
    "photos-and-voice-notes": PHOTOS,
}
_LINES = {
    GIFTS: ("想要现成的几样礼物，点一下：", "按年龄和价钱挑几样", "/ask_gifts"),
    ACTIVITIES: ("想要马上能玩的，点一下：", "挑几样一起玩的", "/ask_activities"),
    STARTERS: ("想要今晚照着念的，点一下：", "给我今晚的三个话头", "/ask_call_coach"),
    MILESTONES: ("想看这么大多数孩子会什么，点一下：", "看看这个月龄会什么", "/ask_milestones"),
    PHOTOS: ("想要这周的照片题目，点一下：", "这周拍什么", "/ask_photo_task"),
}


def offer_table(dispatcher: CollectingDispatcher, lesson: Lesson, age: int | None, asked: str) -> bool:
    """Offer the lesson's table, for the age in months and for what was `asked`, budget and place too; False when it has none."""
    table = TABLE_OF.get(lesson.slug)
    if table is None:
        return False
    text, title, intent = _LINES[table]
    wish = (Wanted() if asked.startswith("/") else read_wanted(asked, None)).and_then(Wanted(age=age)).as_slot()
    entities = json.dumps({"table_wish": json.dumps(wish)}) if wish and table != PHOTOS else ""
    dispatcher.utter_message(text=text, buttons=[tap(title, f"{intent}{entities}")])
    return True
